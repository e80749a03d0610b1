"""Which parts of a request name things that must exist at the vendor's."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from verifier.generating.opaque import Opaque
from verifier.model import Contract, Need, Operation, Parameter, Resource, alters, escape

__all__ = ["NEED", "Holes"]

# Stands in a draft until the driver knows better, wherever the schema takes any text.
NEED: Final = "«need»"
MOST_NEEDS = 20
SURE = 0.5
Owner = tuple[Resource | None, bool]


class Holes:
    """
    Finds the needs of a contract's requests.

    Args:
        fixtures: What the user supplied: parameter or resource name to value.
        changeable: Those of their names whose things may be changed.
    """

    def __init__(
        self,
        contract: Contract,
        fixtures: Mapping[str, Any],
        changeable: Collection[str] = (),
    ) -> None:
        self.contract = contract
        self._changeable = changeable
        self.opaque = Opaque(contract)
        self._fixtures = fixtures
        self._by_item: dict[tuple[str, ...], Resource] = {}
        self._by_parameter: dict[str, Resource] = {}
        self._by_operation: dict[str, Resource] = {}
        self._owners: dict[tuple[str, str], Owner] = {}
        for resource in contract.resources:
            if resource.item and resource.id_parameter:
                self._by_item.setdefault(_bare(resource.item), resource)
        for resource in contract.resources:
            if resource.item and resource.id_parameter:
                # ``/accounts/{id}.json`` is where ``/accounts/{id}/calls.json`` begins, too.
                *above, last = _bare(resource.item)
                self._by_item.setdefault((*above, last.partition("{}")[0] + "{}"), resource)
                self._by_parameter.setdefault(resource.id_parameter, resource)
            for key in resource.operations:
                self._by_operation.setdefault(key, resource)

    def given(self, *names: str) -> Any:
        """What the user supplied under the first of these names; None where nothing."""
        for name in names:
            value = self._fixtures.get(name) if name else None
            if value is not None and not isinstance(value, Mapping):
                return value
        return None

    def creates(self, operation: Operation) -> bool:
        """Whether an operation makes a new thing."""
        resource = self._by_operation.get(operation.key)
        return resource is not None and resource.create == operation.key

    def chooses(self, operation: Operation, parameter: Parameter) -> bool:
        """Whether a path variable is the id of what is made: PUT to its own address."""
        if parameter.location != "path":
            return False
        resource, whole = self._owner(operation, parameter.name)
        return whole and resource is not None and resource.create == operation.key

    def of_parameter(self, operation: Operation, parameter: Parameter) -> Need | None:
        """What a parameter needs; None where it is free or the user supplied it."""
        resource = None
        if parameter.location == "path":
            resource, _ = self._owner(operation, parameter.name)
            if self.chooses(operation, parameter):
                return None
        elif parameter.location == "query":
            resource = self._filtered(operation, parameter.name)
        if resource is None or self.supplied(operation, parameter) is not None:
            return None
        return Need(resource=resource.name, location=parameter.location, name=parameter.name)

    def supplied(self, operation: Operation, parameter: Parameter) -> Any:
        """
        What the user supplied for a parameter, by its own name or its resource's; None where it
        would be changed, and nobody said that it may be.
        """
        name = ""
        if parameter.location == "path":
            owner, whole = self._owner(operation, parameter.name)
            name = owner.name if owner is not None and whole else ""
            if owner is not None and alters(self.contract, operation, parameter.name, owner):
                names = (parameter.name, name)
                return self.given(*(one for one in names if one in self._changeable))
        elif parameter.location == "query":
            named = self._filtered(operation, parameter.name)
            name = named.name if named is not None else ""
        return self.given(parameter.name, name)

    def of_body(self, operation: Operation, body: Any) -> dict[Need, Any]:
        """The members of a body that hold another's id, each with what the user supplied."""
        resource = self._by_operation.get(operation.key)
        found: dict[Need, Any] = {}
        for reference in resource.references if resource else ():
            if reference.confidence < SURE:
                continue
            names = [name for name in reference.field.replace(".", "/").split("/") if name]
            for pointer in _places(body, names, ""):
                need = Need(resource=reference.resource, location="body", name=pointer)
                found[need] = self.given(names[-1], reference.resource)
                if len(found) >= MOST_NEEDS:
                    return found
        return found

    def _owner(self, operation: Operation, name: str) -> Owner:
        key = (operation.path, name)
        if key not in self._owners:
            self._owners[key] = self._found_owner(operation, name)
        return self._owners[key]

    def _found_owner(self, operation: Operation, name: str) -> Owner:
        """
        The resource that a path variable belongs to, and whether the variable is its id.

        That is the one whose item path ends with it, else the nearest that goes on from there:
        ``{owner}`` in ``/repos/{owner}/{repo}`` belongs to the repository.
        """
        segments = _bare(operation.path)
        written = operation.path.partition("?")[0].strip("/").split("/")
        start = next((i for i, segment in enumerate(written) if f"{{{name}}}" in segment), None)
        if start is None:
            return None, False
        for end in range(start + 1, len(segments) + 1):
            resource = self._by_item.get(segments[:end])
            if resource is not None:
                return resource, end == start + 1
            if end < len(segments) and "{}" not in segments[end]:
                break
        return None, False

    def _filtered(self, operation: Operation, name: str) -> Resource | None:
        """The resource that a query parameter names: as a reference of ours, or by its id."""
        own = self._by_operation.get(operation.key)
        for reference in own.references if own else ():
            if reference.field == name:
                return next(
                    (r for r in self.contract.resources if r.name == reference.resource), None
                )
        parts = name.lower().replace("-", "_").removesuffix("id").removesuffix("_")
        if not parts or parts == name.lower():
            return None
        found = self._by_parameter.get(name)
        return found if found is not own else None


def _bare(template: str) -> tuple[str, ...]:
    """The segments of a path template, every variable of any name alike."""
    segments = template.partition("?")[0].strip("/").split("/")
    return tuple(_unnamed(segment) for segment in segments)


def _unnamed(segment: str) -> str:
    before, opened, rest = segment.partition("{")
    if not opened:
        return segment
    return f"{before}{{}}{_unnamed(rest.partition('}')[2])}"


def _places(value: Any, names: list[str], pointer: str) -> Iterator[str]:
    """Where a body holds a member, lists walked through; only texts and whole numbers count."""
    if isinstance(value, list):
        for index, item in enumerate(value[:MOST_NEEDS]):
            yield from _places(item, names, f"{pointer}/{index}")
    elif not names:
        if isinstance(value, (str, int)) and not isinstance(value, bool):
            yield pointer
    elif isinstance(value, Mapping) and names[0] in value:
        yield from _places(value[names[0]], names[1:], f"{pointer}/{escape(names[0])}")
