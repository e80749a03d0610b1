"""The life of a thing: made, read, listed, changed, removed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from verifier.model import Contract, Resource
from verifier.scenarios.drafting.answers import gone, id_pointer, members_of_answer, quoted
from verifier.scenarios.drafting.arranging import Draftsman, UndraftableError
from verifier.scenarios.drafting.plots import Act, Condition, Plot, kebab

__all__ = ["life", "listing"]

# Members that may be changed without asking what a change of them would mean.
HARMLESS = ("name", "title", "description", "note", "notes", "comment", "label", "reference")


def life(contract: Contract, draftsman: Draftsman, resource: Resource) -> Plot:
    """
    All that the document offers to do with one item, in the order in which it can be done.

    Raises:
        UndraftableError: None can be made.
    """
    plot = Plot(id=f"life-of-{kebab(resource.name)}", summary="")
    draftsman.made(plot, resource.name)
    told = _Life(contract, draftsman, resource, plot, plot.acts[-1])
    deeds = ["made", *told.read(), *told.listed(), *told.changed(), *told.removed()]
    plot.summary = f"One of '{resource.name}' is {_enumerated(deeds)}"
    return plot


def listing(contract: Contract, draftsman: Draftsman, resource: Resource) -> Plot | None:
    """The list of what cannot be made; None where there is no list."""
    del contract
    if not resource.list or resource.parent:
        return None
    plot = Plot(id=f"list-of-{kebab(resource.name)}", summary=f"'{resource.name}' are listed")
    plot.acts.append(draftsman.step(plot, resource.list))
    return plot


class _Life:
    """Adds steps to a plot in which an item was made; each deed tells what it came to."""

    def __init__(
        self, contract: Contract, draftsman: Draftsman, resource: Resource, plot: Plot, made: Act
    ) -> None:
        self._contract = contract
        self._draftsman = draftsman
        self._resource = resource
        self._plot = plot
        self._made = made
        self._id = plot.known[resource.name]

    def read(self) -> Iterator[str]:
        """It is read, and is what was made."""
        if not self._resource.read:
            return
        act = self._draftsman.step(self._plot, self._resource.read)
        shown = members_of_answer(act.operation, self._resource)
        echoed = (name for name in self._made.outputs if name != "id" and name in shown)
        criteria = [_equals(f"/{name}", self._output(self._made, name)) for name in echoed]
        pointer = id_pointer(act.operation, self._resource)
        if pointer and shown:
            criteria.insert(0, _equals(pointer, self._id))
        self._plot.acts.append(replace(act, criteria=(*act.criteria, *criteria)))
        yield "read"

    def listed(self) -> Iterator[str]:
        """It is listed; where a list has pages, something is."""
        if not self._resource.list:
            return
        act = self._draftsman.step(self._plot, self._resource.list)
        convention = self._contract.convention("pagination")
        paged = convention is not None and act.operation.key in convention.operations
        wanted = self._sought(act, paged=paged)
        criteria = (Condition(text=wanted, context="$response.body", kind="jsonpath"),)
        self._plot.acts.append(
            replace(
                act,
                criteria=(*act.criteria, *(criteria if wanted else ())),
                description="It may stand on a later page." if paged else "",
            )
        )
        yield "listed"

    def changed(self) -> Iterator[str]:
        """A member is changed, and the change is read back."""
        key = self._resource.update or self._resource.replace
        if not key:
            return
        try:
            act = self._draftsman.step(self._plot, key)
        except UndraftableError:
            return
        if not isinstance(act.draft.body, Mapping):
            return  # a patch that is a list of operations, say: what it would mean is not known
        name = self._changeable(act)
        if name and act.operation.method == "PATCH":
            body = {name: act.draft.body[name]}
            act = replace(act, draft=replace(act.draft, body=body))
        if name:
            act = replace(act, outputs={name: f"$request.body#/{name}"})
        self._plot.acts.append(act)
        yield "changed"
        if name and self._resource.read:
            seen = self._draftsman.step(self._plot, self._resource.read, when="changed")
            criterion = _equals(f"/{name}", self._output(act, name))
            self._plot.acts.append(replace(seen, criteria=(*seen.criteria, criterion)))

    def removed(self) -> Iterator[str]:
        """It is removed, and is there no more."""
        if not self._resource.delete:
            return
        self._plot.acts.append(self._draftsman.step(self._plot, self._resource.delete))
        yield "removed"
        if self._resource.read:
            seen = self._draftsman.step(self._plot, self._resource.read, when="gone")
            self._plot.acts.append(replace(seen, criteria=(gone(),)))

    def _changeable(self, act: Act) -> str:
        """The member of a body that differs from what was made, and can be read back."""
        body, before = act.draft.body, self._made.draft.body
        if (
            not (isinstance(body, Mapping) and isinstance(before, Mapping))
            or not self._resource.read
        ):
            return ""
        reading = self._contract.operation(self._resource.read)
        shown = {} if self._resource.envelope else members_of_answer(reading, self._resource)
        differing = [
            name
            for name, value in act.draft.body.items()
            if name in shown and _is_free(value) and value != before.get(name)
        ]
        return min(differing, key=_harm, default="")

    def _sought(self, act: Act, *, paged: bool) -> str:
        """JSONPath of the item in a list; of any item where that has pages; empty where unsure."""
        if act.draft.query:
            return ""  # what it is narrowed to need not be what was made
        rows = f"$.{self._resource.list_member}" if self._resource.list_member else "$"
        if paged:
            return f"{rows}[0]"
        name = id_pointer(self._made.operation, self._resource).rpartition("/")[2]
        if not name.isidentifier() or self._resource.envelope:
            return ""
        members = members_of_answer(self._made.operation, self._resource)
        value = f"{{{self._id}}}"
        return f"{rows}[?@.{name} == {repr(value) if quoted(members.get(name)) else value}]"

    @staticmethod
    def _output(act: Act, name: str) -> str:
        return f"$steps.{act.id}.outputs.{name}"


def _is_free(value: Any) -> bool:
    return isinstance(value, str) and "$steps." not in value


def _harm(name: str) -> int:
    return HARMLESS.index(name) if name in HARMLESS else len(HARMLESS)


def _equals(pointer: str, expression: str) -> Condition:
    return Condition(text=f"$response.body#{pointer} == {expression}")


def _enumerated(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
