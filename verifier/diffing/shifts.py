"""How a set of values moved, and whom that breaks."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from verifier.diffing.shapes import Part
from verifier.model import Impact, Pointer, Side
from verifier.walk import modules

__all__ = ["Descent", "Family", "Label", "Movement", "Shift", "families", "family", "impact_of"]

LONGEST_NAME = 80


class Movement(enum.Enum):
    """How the set of accepted values moved from the earlier document to the later one."""

    NARROWER = "narrower"
    WIDER = "wider"
    OTHER = "other"


def impact_of(movement: Movement, side: Side) -> Impact:
    """
    Whom a movement breaks: nothing here is opinion, exceptions stand in the rules with a reason.

    A client breaks where it may no longer send what it sends (requests narrower) and where it is
    sent what it never had to expect (answers wider). Sets of which neither holds the other break
    both ways.
    """
    harmless = {Side.REQUEST: Movement.WIDER, Side.RESPONSE: Movement.NARROWER}
    return Impact.INFO if harmless.get(side) is movement else Impact.BREAKING


@dataclass(frozen=True, slots=True)
class Label:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """
    One difference as a rule sees it, before it is known which operations it reaches.

    Args:
        name: The rule's name within its family.
        words: The values that make it this difference and no other, for the fingerprint.
        operations: Where the rule itself knows whom it reaches, such as what is gone.
    """

    name: str
    says: str
    side: Side
    impact: Impact
    old: Pointer | None = None
    new: Pointer | None = None
    words: str = ""
    operations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Descent:
    """
    Two schemas that a rule wants compared, each a conjunction of parts.

    Args:
        negated: Inside ``not``, where what widens the inside narrows the outside.
    """

    old: tuple[Part, ...]
    new: tuple[Part, ...]
    side: Side
    label: Label
    negated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """
    The rules of one file.

    Args:
        name: The file's name.
        of: What it compares: ``contract``, ``operation`` or ``schema``.
        find: A pair of those -> shifts, and descents into schemas.
    """

    name: str
    of: str
    find: Callable[[Any], Iterator[Shift | Descent]]


def family(of: str) -> Callable[[Callable[[Any], Iterator[Shift | Descent]]], Family]:
    """Turn a function into the family of rules that its file is named after."""

    def declare(find: Callable[[Any], Iterator[Shift | Descent]]) -> Family:
        return Family(name=find.__module__.rpartition(".")[2], of=of, find=find)

    return declare


def families(package: ModuleType, of: str) -> tuple[Family, ...]:
    """All families of one kind in a folder; one file more is one family more."""
    found = (value for module in modules(package) for value in vars(module).values())
    return tuple(value for value in found if isinstance(value, Family) and value.of == of)
