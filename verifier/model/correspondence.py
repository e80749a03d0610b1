"""
What two systems mean by their fields, as pictures: plain words, no coordinates.

Handed over in a finding's ``detail`` like every picture (``verifier.model.picture``).
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

__all__ = [
    "Correspondence",
    "EdgeCase",
    "EdgeCases",
    "FieldState",
    "Link",
    "LinkState",
    "Loss",
    "Losses",
    "MappedField",
]


class FieldState(enum.Enum):
    """Whether a field has its place: used, left out on purpose, or forgotten so far."""

    USED = "used"
    LEFT = "left out on purpose"
    OPEN = "undecided"


class LinkState(enum.Enum):
    """How it stands with a rule; the worst that is true of it."""

    SOUND = "decided"
    LOSSY = "loses something by design"
    OPEN = "undecided"
    WRONG = "cannot be right"


class MappedField(Struct, frozen=True, kw_only=True):
    """A field of one side; the path is its author's."""

    path: str
    state: FieldState
    required: bool = False

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> MappedField:
        """From its JSON values."""
        return cls(
            path=str(data["path"]),
            state=FieldState(data["state"]),
            required=data["required"] is True,
        )


class Link(Struct, frozen=True, kw_only=True):
    """
    A rule: which fields of the source make one of the target.

    Args:
        how: The steps between, in the contract's own words.
        says: What is open or wrong about it; empty where nothing is.
        place: ``file:line`` of the rule.
    """

    target: str
    sources: tuple[str, ...]
    state: LinkState
    how: str = ""
    says: str = ""
    place: str = ""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Link:
        """From its JSON values."""
        return cls(
            target=str(data["target"]),
            sources=tuple(map(str, data["sources"])),
            state=LinkState(data["state"]),
            how=str(data["how"]),
            says=str(data["says"]),
            place=str(data["place"]),
        )


class Correspondence(Struct, frozen=True, kw_only=True):
    """
    The fields of two systems and the rules between them.

    Args:
        systems: What both are called, the source first.
        open_policies: Troubles that may come up, and that are left to the defaults.
    """

    systems: tuple[str, str]
    two_way: bool
    source: tuple[MappedField, ...]
    target: tuple[MappedField, ...]
    links: tuple[Link, ...]
    open_policies: int = 0

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Correspondence:
        """From its JSON values."""
        source, target = map(str, data["systems"])
        return cls(
            systems=(source, target),
            two_way=data["two_way"] is True,
            source=tuple(map(MappedField.of, data["source"])),
            target=tuple(map(MappedField.of, data["target"])),
            links=tuple(map(Link.of, data["links"])),
            open_policies=int(data["open_policies"]),
        )


class Loss(Struct, frozen=True, kw_only=True):
    """Something that is lost by design: what, why, and who has agreed to it (empty: nobody)."""

    field: str
    says: str
    because: str = ""
    signed: str = ""
    needs_signature: bool = True
    place: str = ""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Loss:
        """From its JSON values."""
        texts = {name: str(data[name]) for name in ("field", "says", "because", "signed", "place")}
        return cls(**texts, needs_signature=data["needs_signature"] is True)


class Losses(Struct, frozen=True, kw_only=True):
    """Everything that a mapping loses by design."""

    rows: tuple[Loss, ...]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Losses:
        """From its JSON values."""
        return cls(rows=tuple(map(Loss.of, data["rows"])))


class EdgeCase(Struct, frozen=True, kw_only=True):
    """
    One case of the catalogue.

    Args:
        state: ``covered``, ``found``, ``not applicable`` or ``not exercised``.
        asked: How many records and batches.
    """

    number: int
    title: str
    state: str
    because: str = ""
    asked: int = 0

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> EdgeCase:
        """From its JSON values."""
        if data["state"] not in ("covered", "found", "not applicable", "not exercised"):
            raise ValueError(data["state"])
        return cls(
            number=int(data["number"]),
            title=str(data["title"]),
            state=str(data["state"]),
            because=str(data["because"]),
            asked=int(data["asked"]),
        )


class EdgeCases(Struct, frozen=True, kw_only=True):
    """All cases of the catalogue, in their order."""

    cases: tuple[EdgeCase, ...]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> EdgeCases:
        """From its JSON values."""
        return cls(cases=tuple(map(EdgeCase.of, data["cases"])))
