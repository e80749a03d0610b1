"""What became different between two editions of a document, and whom it breaks."""

from __future__ import annotations

import enum
import json
from collections.abc import Iterator, Mapping
from typing import Any, overload

from msgspec import Struct, field

from verifier.model.contract import Contract
from verifier.model.finding import Confidence
from verifier.model.place import Place, Pointer

__all__ = ["Change", "Comparison", "Doubt", "Edit", "Impact", "Movement", "Side", "Witness"]


class Impact(enum.StrEnum):
    """What a change does to a program that obeyed the earlier document."""

    BREAKING = "breaking"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 is the worst."""
        return _RANKS[self]

    def reaches(self, other: Impact) -> bool:
        """Whether it is at least as bad as another."""
        return self.rank <= other.rank


_RANKS = {Impact.BREAKING: 0, Impact.WARNING: 1, Impact.INFO: 2}


class Side(enum.StrEnum):
    """Who sends the values that a change is about: the client, the vendor, or nobody."""

    REQUEST = "request"
    RESPONSE = "response"
    NONE = "none"

    @property
    def other(self) -> Side:
        """The opposite side: of traffic that the vendor starts."""
        return {Side.REQUEST: Side.RESPONSE, Side.RESPONSE: Side.REQUEST}.get(self, self)


class Movement(enum.StrEnum):
    """How the set of accepted values moved from the earlier document to the later one."""

    NARROWER = "narrower"
    WIDER = "wider"
    INCOMPARABLE = "incomparable"
    EQUAL = "equal"

    @property
    def inverse(self) -> Movement:
        """What it does to the outside of a ``not``."""
        flipped = {Movement.NARROWER: Movement.WIDER, Movement.WIDER: Movement.NARROWER}
        return flipped.get(self, self)


class Edit(enum.StrEnum):
    """Whether something came, went, or became another."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Witness(Struct, frozen=True, kw_only=True):
    """
    A value on which the two editions disagree; both were asked.

    Args:
        value: JSON.
        before: Whether the earlier document allows it.
        after: Whether the later one does.
        at: The schema of the earlier document that it is a value of.
    """

    value: Any
    before: bool
    after: bool
    at: Pointer

    def shown(self, longest: int = 200) -> str:
        """The value as JSON, cut where it is long."""
        text = json.dumps(self.value, ensure_ascii=False, default=str)
        return text if len(text) <= longest else text[: longest - 1] + "…"


class Change(Struct, frozen=True, kw_only=True):
    """
    One difference between an earlier and a later document, told once wherever it is felt.

    Args:
        rule: File and name of the rule: ``properties.removed``.
        says: What became different, in one sentence that a vendor manager could read.
        severity: Whom it breaks, for the profile that was asked for.
        reason: Why it is as severe as that, in one sentence.
        direction: Whose values it is about.
        edit: Whether something came, went, or became another.
        area: What it is a part of: ``operation``, ``parameter``, ``schema``, ``security`` ...
        movement: How the set of accepted values moved.
        operations: Keys of operations that it reaches, in the document's order, at most fifty.
        reach: How many operations it reaches in all.
        member: The member concerned, from the schema that ``says`` names: ``data[].price``.
        gist: The values that changed, without names or places: ``string -> integer``.
        old: Where it stands in the earlier document; None where there is no such place.
        new: Where it stands in the later document; None where there is no such place.
        verdicts: Profile to severity, for every profile in which it counts.
        by_vendor: What the vendor's own published policy calls it; None where none was asked for
            or where it says nothing about such changes.
        confidence: Lower where the verdict rests on a guess, or no witness was found.
        witness: A value that shows it; None where none was looked for or found.
        touches: Whether it concerns what is used; None where that is not known.
        waived: Why it is accepted; empty where it is not.
        fingerprint: Sixteen hexadecimal digits that rest on rule, place and values, not on prose.
    """

    rule: str
    says: str
    severity: Impact
    reason: str = ""
    direction: Side = Side.NONE
    edit: Edit = Edit.CHANGED
    area: str = ""
    movement: Movement = Movement.EQUAL
    operations: tuple[str, ...] = ()
    reach: int = 0
    member: str = ""
    gist: str = ""
    old: Pointer | None = None
    new: Pointer | None = None
    verdicts: Mapping[str, Impact] = field(default_factory=dict)
    by_vendor: Impact | None = None
    confidence: Confidence = Confidence.HIGH
    witness: Witness | None = None
    touches: bool | None = None
    waived: str = ""
    fingerprint: str = ""


class Doubt(Struct, frozen=True, kw_only=True):
    """
    Something that could not be compared, or makes the comparison hard to believe.

    Args:
        says: What, in one sentence.
        mend: What to do about it.
        fatal: Whether the whole comparison says nothing: *could not check*.
    """

    says: str
    mend: str = ""
    fatal: bool = False


class Comparison(Struct, frozen=True, kw_only=True):
    """
    The changes between two editions, the worst first, and what could not be compared.

    It can be looped over, counted and indexed like the tuple of its changes. It is true where
    something changed *or* where that could not be told, so that ``not comparison`` is never said
    of documents that were not compared.
    """

    old: Contract
    new: Contract
    changes: tuple[Change, ...]
    doubts: tuple[Doubt, ...] = ()
    profile: str = "wire"
    policy: str = ""

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    def __bool__(self) -> bool:
        return bool(self.changes or self.doubts)

    @overload
    def __getitem__(self, index: int) -> Change: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Change, ...]: ...
    def __getitem__(self, index: int | slice) -> Change | tuple[Change, ...]:
        return self.changes[index]

    @property
    def conclusive(self) -> bool:
        """Whether the comparison says anything at all."""
        return not any(doubt.fatal for doubt in self.doubts)

    def of(self, severity: Impact) -> tuple[Change, ...]:
        """The changes of one severity, waived ones left out."""
        return tuple(c for c in self.changes if c.severity is severity and not c.waived)

    @property
    def breaking(self) -> tuple[Change, ...]:
        """The changes that break, waived ones left out."""
        return self.of(Impact.BREAKING)

    @property
    def warnings(self) -> tuple[Change, ...]:
        """The changes that may break, waived ones left out."""
        return self.of(Impact.WARNING)

    def places(self, change: Change) -> tuple[Place | None, Place | None]:
        """File, line and pointer of a change in both documents."""
        return (
            self.old.document.place(change.old) if change.old is not None else None,
            self.new.document.place(change.new) if change.new is not None else None,
        )
