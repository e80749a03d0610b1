"""What rules find: differences, and pairs of schemas that are still to be compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

from msgspec import Struct

from verifier.diffing.rule import Rule
from verifier.diffing.shapes import Part
from verifier.model import Pointer, Side
from verifier.walk import modules

__all__ = ["Carrier", "Descent", "Family", "Label", "Shift", "families", "family"]

LONGEST_NAME = 80
Carrier = str  # "json": types are told apart; "text": a parameter, a header, a form; "xml"


class Label(Struct, frozen=True):
    """
    What a sentence calls a place.

    Args:
        root: The whole: ``schema Item``, ``the request body``.
        path: The part of it: ``data[].price``; empty for the whole.
    """

    root: str
    path: str = ""

    def member(self, name: str) -> Label:
        """One property of it."""
        name = name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME] + "…"
        return Label(self.root, f"{self.path}.{name}" if self.path else name)

    def step(self, mark: str) -> Label:
        """A part of it that has no name of its own, such as the items of a list: ``[]``."""
        return Label(self.root, self.path + mark)

    def __str__(self) -> str:
        return f"'{self.path}' in {self.root}" if self.path else self.root

    @property
    def start(self) -> str:
        """The same at the beginning of a sentence."""
        text = str(self)
        return text[:1].upper() + text[1:]


class Shift(Struct, frozen=True, kw_only=True):
    """
    One difference as a rule sees it, before it is known which operations it reaches.

    Args:
        words: The values that make it this difference and no other, for the fingerprint.
        member: The member concerned, from the named schema.
        operations: Where the rule itself knows whom it reaches, such as what is gone.
        negated: Whether it was found inside ``not``.
        parts: The two schemas, where a value can show the difference.
        hints: Values that are likely to show it.
        likely: Parts of one of the documents, whose values are.
        rooted: Whether ``says`` calls it by a named schema: best told so, of several uses.
        tentative: See ``Descent``.
        seen: Where it was met first, in both documents, of what has no place of its own.
    """

    rule: Rule
    says: str
    side: Side
    old: Pointer | None = None
    new: Pointer | None = None
    words: str = ""
    member: str = ""
    operations: tuple[str, ...] = ()
    negated: bool = False
    carrier: Carrier = "json"
    parts: tuple[tuple[Part, ...], tuple[Part, ...]] | None = None
    hints: tuple[Any, ...] = ()
    likely: tuple[Part, ...] = ()
    rooted: bool = False
    tentative: bool = False
    seen: tuple[Pointer | None, Pointer | None] = (None, None)


class Descent(Struct, frozen=True, kw_only=True):
    """
    Two schemas that a rule wants compared, each a conjunction of parts.

    Args:
        negated: Inside ``not``, where what widens the inside narrows the outside.
        carrier: How the values are written down.
        sites: Where they stand as a person sees it; None for where they are.
        use: What the place is called that lets null through to a schema with a name of its own, or
            did, and where that is; None where both do, or neither.
        tentative: Whether what breaks here need not break: the value may fit another alternative.
    """

    old: tuple[Part, ...]
    new: tuple[Part, ...]
    side: Side
    label: Label
    negated: bool = False
    carrier: Carrier = "json"
    sites: tuple[Pointer, Pointer] | None = None
    use: tuple[Label, Pointer, Pointer] | None = None
    tentative: bool = False


class Family(Struct, frozen=True, kw_only=True):
    """
    The rules of one file.

    Args:
        name: The file's name.
        of: What it compares: ``contract``, ``operation``, ``schema``, or ``outcome`` (the
            contracts, and whether anything that the others found breaks).
        area: What its differences are a part of.
        find: A pair of those -> shifts, and descents into schemas.
        audience: The least demanding profile in which it pays to ask it.
        reads: Of two schemas: what they must differ in, or hold, for it to be asked; of two
            operations: the members of their definitions; empty for always.
    """

    name: str
    of: str
    area: str
    find: Callable[[Any], Iterator[Shift | Descent]]
    audience: str = "wire"
    reads: tuple[str, ...] = ()


def family(
    of: str, *, area: str, audience: str = "wire", reads: tuple[str, ...] = ()
) -> Callable[[Callable[[Any], Iterator[Shift | Descent]]], Family]:
    """Turn a function into the family of rules that its file is named after."""

    def declare(find: Callable[[Any], Iterator[Shift | Descent]]) -> Family:
        name = find.__module__.rpartition(".")[2]
        return Family(name=name, of=of, area=area, find=find, audience=audience, reads=reads)

    return declare


def families(package: ModuleType) -> tuple[tuple[Family, tuple[Rule, ...]], ...]:
    """Every family of a folder with the rules of its file; one file more is one family more."""
    found = []
    for module in modules(package):
        values = vars(module).values()
        rules = tuple(value for value in values if isinstance(value, Rule))
        found += [(value, rules) for value in values if isinstance(value, Family)]
    return tuple(found)
