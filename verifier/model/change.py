"""What became different between two editions of a document, and whom it breaks."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from verifier.model.place import Pointer

__all__ = ["Change", "Impact", "Side"]


class Impact(enum.Enum):
    """What a change does to a program that obeyed the earlier document."""

    BREAKING = "breaking"
    WARNING = "warning"
    INFO = "info"


class Side(enum.Enum):
    """Who sends the values that a change is about: the client, the vendor, or nobody."""

    REQUEST = "request"
    RESPONSE = "response"
    NONE = "none"

    @property
    def other(self) -> Side:
        """The opposite side: of traffic that the vendor starts, and inside ``not``."""
        return {Side.REQUEST: Side.RESPONSE, Side.RESPONSE: Side.REQUEST}.get(self, self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """
    One difference between an earlier and a later document, told once wherever it is felt.

    Args:
        rule: File and name of the rule: ``properties.removed``.
        says: What became different, in one sentence that a vendor manager could read.
        direction: Whose values it is about.
        operations: Keys of operations that it reaches, in the document's order, at most fifty.
        reach: How many operations it reaches in all.
        old: Where it stands in the earlier document; None where there is no such place.
        new: Where it stands in the later document; None where there is no such place.
        fingerprint: Sixteen hexadecimal digits that rest on rule, place and values, not on prose.
    """

    rule: str
    severity: Impact
    says: str
    direction: Side
    operations: tuple[str, ...] = ()
    reach: int = 0
    old: Pointer | None = None
    new: Pointer | None = None
    fingerprint: str = ""
