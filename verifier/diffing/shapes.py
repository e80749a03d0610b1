"""What a schema says, whatever it is composed of."""

from __future__ import annotations

from collections.abc import KeysView, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import orjson

from verifier.model import Pointer

__all__ = ["FREE", "Bound", "Part", "Shape", "Union", "canonical", "free_part", "written_place"]


class Part(NamedTuple):
    """A schema as written, and where; ``null`` where what encloses it lets null through."""

    node: Any
    at: Pointer
    null: bool = False


FREE = "*"  # below the place that says nothing: no schema of a document stands there


def free_part(at: Pointer) -> Part:
    """Where one document has a schema and the other none: anything goes, said at this place."""
    return Part(True, at / FREE)


def written_place(at: Pointer) -> Pointer:
    """Where a person finds it: what is not written stands where it would be."""
    return Pointer(at.file, at.path.removesuffix(f"/{FREE}")) if at.path.endswith(FREE) else at


class Bound(NamedTuple):
    """The end of a range."""

    value: float
    exclusive: bool = False


class Union(NamedTuple):
    """The branches of a oneOf or anyOf, a null branch taken out of them."""

    branches: tuple[tuple[Part, ...], ...]


@dataclass(slots=True)
class Shape:
    """
    The conjunction of all parts of a schema.

    Args:
        types: Without ``null``; None where any is allowed.
        null: Whether null is accepted.
        options: Canonical JSON to value, for enum and const, without null; None where free.
        open: Whether the document says that further values may come.
        named: What a list names that only says what is usual (``x-extensible-enum``).
        lower: Keyword (``minimum``, ``minLength`` ...) to the highest lower end.
        upper: Keyword to the lowest upper end.
        listings: Each ``properties`` object among the parts, and where it stands.
        additional: The conjunction for further members; a False part closes the object.
        demands: Member to the members that it demands beside it.
        mapping: Value of the discriminator to the name of what it means.
        marks: Its ``x-`` members.
        rest: The rarer asserting keywords, as written.
        unresolved: Why a reference could not be followed; empty where all could.
        leaves: The parts that it was put together from, where they are several.
    """

    at: Pointer
    types: frozenset[str] | None = None
    null: bool = True
    options: dict[bytes, Any] | None = None
    open: bool = False
    named: dict[bytes, Any] | None = None
    lower: dict[str, Bound] = field(default_factory=dict)
    upper: dict[str, Bound] = field(default_factory=dict)
    steps: set[float] = field(default_factory=set)
    unique: bool = False
    formats: set[str] = field(default_factory=set)
    patterns: set[str] = field(default_factory=set)
    listings: list[tuple[Mapping[str, Any], Pointer]] = field(default_factory=list)
    required: set[str] = field(default_factory=set)
    additional: tuple[Part, ...] = ()
    items: tuple[Part, ...] = ()
    unions: list[Union] = field(default_factory=list)
    negated: tuple[Part, ...] = ()
    demands: dict[str, frozenset[str]] = field(default_factory=dict)
    mapping: dict[str, str] = field(default_factory=dict)
    rest: dict[str, tuple[Part, ...]] = field(default_factory=dict)
    deprecated: bool = False
    marks: dict[str, Any] = field(default_factory=dict, compare=False)
    default: bytes | None = None
    discriminator: str = ""
    unresolved: str = ""
    leaves: list[Part] = field(default_factory=list, compare=False)

    @property
    def free(self) -> bool:
        """Whether it says nothing at all."""
        return self == Shape(at=self.at)

    @property
    def kinds(self) -> frozenset[str] | None:
        """The types, or those that the other keywords are plainly written for."""
        if self.types is not None:
            return self.types
        if self.options is not None:
            return frozenset(_kind(value) for value in self.options.values())
        if self.listings or self.required or self.additional:
            return frozenset({"object"})
        return frozenset({"array"}) if self.items else None

    @property
    def properties(self) -> KeysView[str]:
        """Names of the members that are listed, in the document's order."""
        if len(self.listings) == 1:
            return self.listings[0][0].keys()
        return {name: None for listing, _ in self.listings for name in listing}.keys()

    def member(self, name: str) -> tuple[Part, ...]:
        """The conjunction that a member must obey; empty where it is not listed."""
        if len(self.listings) == 1:
            listing, at = self.listings[0]
            return (Part(listing[name], at / name),) if name in listing else ()
        return tuple(
            Part(listing[name], at / name) for listing, at in self.listings if name in listing
        )

    @property
    def closed(self) -> bool:
        """Whether members that are not listed are refused."""
        return any(part.node is False for part in self.additional)


def canonical(value: Any) -> bytes:
    """A value as JSON with sorted keys; 1 and 1.0 are one number."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        value = int(value)
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS)
    except (TypeError, orjson.JSONEncodeError):  # too deep, or a number that JSON has no word for
        return repr(value)[:1000].encode()


def _kind(value: Any) -> str:
    """The JSON type of a value."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, float):
        return "integer" if value.is_integer() else "number"
    known = {int: "integer", str: "string", list: "array", dict: "object"}
    return known.get(type(value), "null")
