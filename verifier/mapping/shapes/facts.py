"""What a schema says about one value, all its pieces taken together."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from verifier.mapping.shapes.parts import Branch

__all__ = ["Facts", "facts_of"]

TYPES = frozenset({"string", "integer", "number", "boolean", "object", "array", "null"})


class Facts(Struct, frozen=True, kw_only=True):
    """
    What may stand in a field; bounds that no alternative names are None.

    Args:
        types: JSON types without ``null``; empty where anything may stand.
        enum: The values of a closed list, null left out; None where the list is open.
        open_enum: Values of a list that the author calls extensible.
        longest, shortest: Of a text, in code points.
        low, high: Of a number; ``low_open`` and ``high_open`` where the bound itself is excluded.
        step: What a number is a multiple of.
        variants: How many alternatives there are, null not counted.
    """

    types: frozenset[str]
    nullable: bool
    enum: tuple[Any, ...] | None = None
    open_enum: tuple[Any, ...] = ()
    formats: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    longest: int | None = None
    shortest: int = 0
    low: float | None = None
    high: float | None = None
    low_open: bool = False
    high_open: bool = False
    step: float | None = None
    fewest_items: int = 0
    most_items: int | None = None
    read_only: bool = False
    write_only: bool = False
    variants: int = 1

    @property
    def format(self) -> str:
        """The format, where there is exactly one."""
        return self.formats[0] if len(self.formats) == 1 else ""

    @property
    def only(self) -> str:
        """The type, where there is exactly one."""
        return next(iter(self.types)) if len(self.types) == 1 else ""

    def allows(self, kind: str) -> bool:
        """Whether a value of a JSON type may stand there; an integer is a number."""
        if not self.types:
            return True
        return kind in self.types or (kind == "integer" and "number" in self.types)


def facts_of(branches: tuple[Branch, ...]) -> Facts:
    """The facts of a schema's alternatives: the widest of them, each as narrow as its parts."""
    each = [_branch_facts(branch) for branch in branches]
    real = [facts for facts in each if facts.types != frozenset({"null"})]
    nullable = any(facts.nullable for facts in each)
    if not real:
        return Facts(types=frozenset(), nullable=True)
    if len(real) == 1:
        return _with(real[0], nullable=nullable)
    typed = all(facts.types for facts in real)
    closed = all(facts.enum is not None for facts in real)
    return Facts(
        types=frozenset().union(*(f.types for f in real)) - {"null"} if typed else frozenset(),
        nullable=nullable,
        enum=_union(f.enum or () for f in real) if closed else None,
        open_enum=() if closed else _union((*(f.enum or ()), *f.open_enum) for f in real),
        formats=_all_or_none(f.formats for f in real),
        patterns=_all_or_none(f.patterns for f in real),
        longest=_widest(max, (f.longest for f in real)),
        shortest=min(f.shortest for f in real),
        low=_widest(min, (f.low for f in real)),
        high=_widest(max, (f.high for f in real)),
        low_open=all(f.low_open for f in real),
        high_open=all(f.high_open for f in real),
        fewest_items=min(f.fewest_items for f in real),
        most_items=_widest(max, (f.most_items for f in real)),
        read_only=any(f.read_only for f in real),
        write_only=any(f.write_only for f in real),
        variants=len(real),
    )


def _branch_facts(branch: Branch) -> Facts:
    nodes = [part.node for part in branch]
    allowed = [types for types in map(_types, nodes) if types]
    types = frozenset.intersection(*map(_widened, allowed)) if allowed else frozenset()
    lists = [_values(node) for node in nodes if _values(node) is not None]
    enum = _intersection(lists) if lists else None
    types = types - {"number" if _narrowed(allowed) else "integer"} if "number" in types else types
    low, low_open = _bound(nodes, "minimum", "exclusiveMinimum", max)
    high, high_open = _bound(nodes, "maximum", "exclusiveMaximum", min)
    return Facts(
        types=types - {"null"} if types != {"null"} else types,
        nullable="null" in types or (not types and _takes_null(enum, lists)),
        enum=None if enum is None else tuple(v for v in enum if v is not None),
        open_enum=tuple(v for node in nodes for v in _list(node.get("x-extensible-enum"))),
        formats=_texts(nodes, "format"),
        patterns=_texts(nodes, "pattern"),
        longest=_whole(nodes, "maxLength", min),
        shortest=_whole(nodes, "minLength", max) or 0,
        low=low,
        high=high,
        low_open=low_open,
        high_open=high_open,
        step=next((n["multipleOf"] for n in nodes if _number(n.get("multipleOf"))), None),
        fewest_items=_whole(nodes, "minItems", max) or 0,
        most_items=_whole(nodes, "maxItems", min),
        read_only=any(node.get("readOnly") is True for node in nodes),
        write_only=any(node.get("writeOnly") is True for node in nodes),
    )


def _types(node: Mapping[str, Any]) -> frozenset[str]:
    given = node.get("type")
    kinds = {given} if isinstance(given, str) else set(_list(given))
    found = {kind for kind in kinds if isinstance(kind, str) and kind in TYPES}
    if not found and isinstance(node.get("properties"), Mapping):
        found = {"object"}
    if found and node.get("nullable") is True:
        found.add("null")
    return frozenset(found)


def _widened(types: frozenset[str]) -> frozenset[str]:
    return types | {"integer"} if "number" in types else types


def _narrowed(allowed: list[frozenset[str]]) -> bool:
    """Whether some part says integer where others say number."""
    return any("integer" in types and "number" not in types for types in allowed)


def _takes_null(enum: tuple[Any, ...] | None, lists: list[Any]) -> bool:
    return not lists or (enum is not None and None in enum)


def _values(node: Mapping[str, Any]) -> tuple[Any, ...] | None:
    if "const" in node:
        return (node["const"],)
    values = node.get("enum")
    return tuple(values) if isinstance(values, list) else None


def _intersection(lists: list[Any]) -> tuple[Any, ...]:
    first, *others = lists
    return tuple(v for v in first if all(_holds(other, v) for other in others))


def _holds(values: Iterable[Any], value: Any) -> bool:
    return any(type(one) is type(value) and one == value for one in values)


def _union(lists: Iterable[Iterable[Any]]) -> tuple[Any, ...]:
    found: list[Any] = []
    for values in lists:
        found.extend(value for value in values if not _holds(found, value))
    return tuple(found)


def _texts(nodes: list[Mapping[str, Any]], keyword: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(n[keyword] for n in nodes if isinstance(n.get(keyword), str)))


def _all_or_none(each: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """What every alternative asks for; none where they differ."""
    found = set(each)
    return found.pop() if len(found) == 1 else ()


def _whole(
    nodes: list[Mapping[str, Any]], keyword: str, choose: Callable[[Iterable[int]], int]
) -> int | None:
    found = [n[keyword] for n in nodes if _number(n.get(keyword)) and n[keyword] >= 0]
    return int(choose(found)) if found else None


def _bound(
    nodes: list[Mapping[str, Any]], closed: str, opened: str, choose: Callable[[Iterable[Any]], Any]
) -> tuple[float | None, bool]:
    found = list(_bounds(nodes, closed, opened))
    if not found:
        return None, False
    value = choose(bound for bound, _ in found)
    return value, any(is_open for bound, is_open in found if bound == value)


def _bounds(
    nodes: list[Mapping[str, Any]], closed: str, opened: str
) -> Iterator[tuple[float, bool]]:
    for node in nodes:
        if _number(node.get(closed)):
            yield node[closed], node.get(opened) is True
        if _number(node.get(opened)):
            yield node[opened], True


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _widest(choose: Callable[..., Any], values: Iterable[Any]) -> Any:
    found = list(values)
    return None if any(value is None for value in found) else choose(found)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _with(facts: Facts, *, nullable: bool) -> Facts:
    return facts if facts.nullable == nullable else replace(facts, nullable=nullable)
