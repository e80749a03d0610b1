"""Which operation a path and a method mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from verifier.encoding.paths import expression, names_in
from verifier.model import Operation

__all__ = ["Route", "Router"]

LONGEST_MET = 200
MOST_MET = 4096  # requests whose routes are remembered: most clients ask the same few again


class Route(Struct, frozen=True, kw_only=True):
    """
    What a path led to.

    Args:
        operation: None where the path is known, but not under this method.
        path: Variable to its text as it stands in the path, still percent-encoded.
        allowed: The methods that the path answers to, for ``Allow`` (RFC 9110, 15.5.6).
        rivals: Routes whose templates are alike in all but their variables' names
            (``/files/{id}``, ``/files/{name}``): only what the document asks of those can decide.
    """

    operation: Operation | None
    path: Mapping[str, str]
    allowed: tuple[str, ...]
    rivals: tuple[Route, ...] = ()


class _Meant(Struct, frozen=True):
    """An operation, with what its template says of the query (``/v1/messages?beta=true``)."""

    operation: Operation
    names: tuple[str, ...]
    query: frozenset[str]


class _Node(Struct):
    fixed: dict[str, _Node] = field(default_factory=dict)
    mixed: dict[str, tuple[int, re.Pattern[str], _Node]] = field(default_factory=dict)
    whole: _Node | None = None
    operations: dict[str, list[_Meant]] = field(default_factory=dict)


class Router:
    """
    Finds operations by path, a step a segment.

    Fixed segments win over mixed ones (``{id}.json``, ``{id}:cancel``), those with more fixed text
    first, and mixed ones over whole variables; where the winner lacks the method, the next does.
    Of templates that differ in their query alone, the one wins of which most is there.
    """

    def __init__(self, operations: Iterable[Operation]) -> None:
        self._root = _Node()
        for operation in operations:
            self._add(operation)
        self._met: dict[tuple[str, str, str], Route] = {}

    def find(self, method: str, path: str, query: str = "") -> Route | None:
        """
        The route of a request; None where no template fits the path.

        Args:
            path: Percent-encoded, from ``/``, without query.
            query: Percent-encoded, without ``?``.
        """
        asked = (method, path, query)
        known = self._met.get(asked)
        if known is None:
            known = self._found(method, path, query)
            short = len(path) + len(query) <= LONGEST_MET
            if short and known is not None and known.operation is not None:
                if len(self._met) >= MOST_MET:
                    self._met.clear()
                self._met[asked] = known
        return known

    def _found(self, method: str, path: str, query: str) -> Route | None:
        allowed: dict[str, None] = {}
        for node, values in _leaves(self._root, path.split("/"), 0, ()):
            candidates = node.operations.get(method, ())
            found = _meant(candidates, query)
            if found is not None:
                rivals = [o for o in candidates if o is not found and o.query == found.query]
                return Route(
                    operation=found.operation,
                    path=dict(zip(found.names, values, strict=True)),
                    allowed=tuple(node.operations),
                    rivals=tuple(_rival(rival, values) for rival in rivals),
                )
            allowed.update(dict.fromkeys(node.operations))
        return Route(operation=None, path={}, allowed=tuple(allowed)) if allowed else None

    def _add(self, operation: Operation) -> None:
        node = self._root
        template, _, query = operation.path.partition("?")
        for segment in template.split("/"):
            node = _child(node, segment)
        fixed = frozenset(part for part in query.split("&") if part)
        meant = _Meant(operation, names_in(template), fixed)
        node.operations.setdefault(operation.method, []).append(meant)


def _rival(meant: _Meant, values: Sequence[str]) -> Route:
    path = dict(zip(meant.names, values, strict=True))
    return Route(operation=meant.operation, path=path, allowed=())


def _meant(candidates: Sequence[_Meant], query: str) -> _Meant | None:
    """The operation that asks for most of a query; the first, where none asks for what is there."""
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    sent = set(query.split("&"))
    fitting = [one for one in candidates if one.query <= sent]
    return max(fitting or candidates[:1], key=lambda one: len(one.query))


def _child(node: _Node, segment: str) -> _Node:
    names = names_in(segment)
    if not names:
        return node.fixed.setdefault(segment, _Node())
    if segment == f"{{{names[0]}}}":
        node.whole = node.whole or _Node()
        return node.whole
    compiled = expression(segment)[1]
    if compiled.pattern not in node.mixed:
        fixed_size = len(segment) - sum(len(name) + 2 for name in names)
        node.mixed[compiled.pattern] = (fixed_size, compiled, _Node())
        ordered = sorted(node.mixed.items(), key=lambda item: (-item[1][0], item[0]))
        node.mixed = dict(ordered)
    return node.mixed[compiled.pattern][2]


def _leaves(
    node: _Node, segments: list[str], index: int, values: tuple[str, ...]
) -> Iterator[tuple[_Node, tuple[str, ...]]]:
    if index == len(segments):
        if node.operations:
            yield node, values
        return
    segment = segments[index]
    fixed = node.fixed.get(segment)
    if fixed is not None:
        yield from _leaves(fixed, segments, index + 1, values)
    for _, compiled, inner in node.mixed.values():
        found = compiled.fullmatch(segment)
        if found:
            yield from _leaves(inner, segments, index + 1, values + found.groups())
    if node.whole is not None and segment:
        yield from _leaves(node.whole, segments, index + 1, (*values, segment))
