"""The parts of a request that values are drawn for, and which of them only the vendor can fill."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from verifier.encoding import DecodeError, Decoder, EncodeError, encode
from verifier.model import Contract, Draft, Media, Need, Operation, Parameter, Resource
from verifier.validating import judge_request

__all__ = [
    "LOCATIONS",
    "Holes",
    "breaks_on_the_wire",
    "is_valid",
    "media_of",
    "values_in",
    "with_parameter",
    "with_values",
]

BODILESS = frozenset({"GET", "HEAD", "DELETE"})
LOCATIONS = ("query", "header", "cookie")


def with_parameter(draft: Draft, parameter: Parameter, value: Any) -> Draft:
    """The draft with one parameter set."""
    held = values_in(draft, parameter.location)
    return with_values(draft, parameter.location, {**held, parameter.name: value})


def values_in(draft: Draft, location: str) -> Mapping[str, Any]:
    """The values of one location."""
    places = {"path": draft.path, "header": draft.headers, "cookie": draft.cookies}
    return places.get(location, draft.query)


def with_values(draft: Draft, location: str, values: Mapping[str, Any]) -> Draft:
    """The draft with all values of one location replaced."""
    match location:
        case "path":
            return replace(draft, path=values)
        case "header":
            return replace(draft, headers=values)
        case "cookie":
            return replace(draft, cookies=values)
        case _:
            return replace(draft, query=values)


def media_of(operation: Operation) -> Media | None:
    """
    The media type that bodies are drawn for: JSON, else a form, else the first.

    An optional body of a GET, HEAD or DELETE is left out: it has no meaning (RFC 9110, 9.3.1).
    """
    if operation.body is None or (operation.method in BODILESS and not operation.body.required):
        return None
    media = operation.body.media
    for word in ("json", "form", ""):
        for one in media:
            if word in one.type:
                return one
    return None


def is_valid(operation: Operation, draft: Draft) -> bool:
    """Whether the document allows a draft, as it will be read at the other end."""
    return not judge_request(operation, draft) and not breaks_on_the_wire(operation, draft)


def breaks_on_the_wire(operation: Operation, draft: Draft) -> bool:
    """
    Whether a draft is still wrong when it is read back from the request that it makes.

    A number in place of text in a query is text again on the wire, and so not wrong there.
    """
    try:
        request = encode(operation, draft)
        path = {k: str(v) for k, v in draft.path.items()}
        read = Decoder.of(operation).read(path, request.query, request.headers, request.body)
    except EncodeError:
        return False
    except DecodeError:
        return True
    return bool(judge_request(operation, replace(read, path=draft.path)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Holes:
    """
    What of a request names things that must exist at the vendor's.

    Args:
        fixtures: What the user supplied: parameter or resource name to value.
    """

    contract: Contract
    fixtures: Mapping[str, Any]

    def of_path(self, operation: Operation) -> Iterator[tuple[Parameter, Need | None, Any]]:
        """Each path parameter with its need, or with the value that a fixture gives it."""
        for parameter in operation.parameters_in("path"):
            resource = self._owner(operation, parameter.name)
            names = (parameter.name, resource.name if resource else "")
            given = next((self.fixtures[n] for n in names if n in self.fixtures), None)
            if given is not None and not isinstance(given, Mapping):
                yield parameter, None, given
            elif resource is not None:
                need = Need(resource=resource.name, location="path", name=parameter.name)
                yield parameter, need, None
            else:
                yield parameter, None, None

    def of_body(self, operation: Operation, body: Any) -> dict[Need, Any]:
        """Fields of a body that hold another resource's id; fixtures give the value."""
        resource = self.contract.resource_of(operation.key)
        if resource is None or not isinstance(body, Mapping):
            return {}
        found: dict[Need, Any] = {}
        for reference in resource.references:
            pointer = "/" + reference.field.strip("/").replace(".", "/")
            held = _at(body, pointer)
            if isinstance(held, (str, int)) and not isinstance(held, bool):
                need = Need(resource=reference.resource, location="body", name=pointer)
                found[need] = self.fixtures.get(reference.resource)
        return found

    def _owner(self, operation: Operation, name: str) -> Resource | None:
        """The resource whose item path ends with a parameter, where the operation's begins."""
        marked = f"{{{name}}}"
        before = operation.path.partition(marked)[0] + marked
        for resource in self.contract.resources:
            if resource.id_parameter and _same_path(resource.item, before):
                return resource
        return None


def _same_path(item: str, before: str) -> bool:
    """Whether two templates are one but for the names of their parameters and a suffix."""
    mine, theirs = item.split("/"), before.split("/")
    if len(mine) != len(theirs):
        return False
    return all(("{" in a and "{" in b) or a == b for a, b in zip(mine, theirs, strict=True))


def _at(body: Any, pointer: str) -> Any:
    for token in pointer.split("/")[1:]:
        if isinstance(body, list):
            body = body[0] if body else None
        body = body.get(token) if isinstance(body, Mapping) else None
    return body
