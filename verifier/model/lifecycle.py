"""What is on its way out: who said so, when it ends, and every date that was ever seen."""

from __future__ import annotations

import datetime
import enum

from msgspec import Struct

from verifier.model.finding import Confidence
from verifier.model.place import Pointer

__all__ = ["Deadline", "Medium", "Milestone", "Sighting", "Signal"]


class Milestone(enum.StrEnum):
    """What happens on the day: it is given up, or it stops."""

    DEPRECATED = "deprecated"
    ENDS = "ends"


class Medium(enum.StrEnum):
    """By which way it was said, the most trustworthy first; a certificate speaks for itself."""

    STATUS = "status"
    HEADER = "header"
    BODY = "body"
    DOCUMENT = "document"
    CALENDAR = "calendar"
    PROSE = "prose"
    CERTIFICATE = "certificate"

    @property
    def rank(self) -> int:
        """0 is trusted most."""
        return list(Medium).index(self)


class Signal(Struct, frozen=True, kw_only=True):
    """
    What one dialect reads in one place.

    Args:
        date: The day; None where only the fact is told.
        said: The vendor's own words, at most 300 characters.
        successor: What comes after it; empty where it is not told.
        link: Where more is told.
        flaw: What is wrong with how it is told, such as a date that cannot be read.
    """

    milestone: Milestone
    date: datetime.date | None = None
    said: str = ""
    successor: str = ""
    link: str = ""
    flaw: str = ""
    confidence: Confidence = Confidence.HIGH


class Sighting(Struct, frozen=True, kw_only=True):
    """
    A signal with its scope and its source.

    Args:
        scope: Key of an operation (``GET /items``), a parameter of one (``GET /items query q``),
            a field (``Item.price``), a version (``version 2010-04-01``), or ``""`` for all.
        dialect: Which of the dialects read it; its file's name.
        at: The place in the document, where it stands in one.
        evidence: Id of the exchange, where it was seen in one.
        seen: The day.
    """

    scope: str
    signal: Signal
    medium: Medium
    dialect: str
    seen: datetime.date
    at: Pointer | None = None
    evidence: str = ""


class Deadline(Struct, frozen=True, kw_only=True):
    """
    When something is given up or stops, by the most trustworthy word, with all others kept.

    Args:
        date: The day that counts; None where none was ever told.
        medium: Who says so.
        agreed: Whether all that is said at present names one day.
        history: Every day that was ever told: day, medium, first and last time it was seen.
        first_seen: When anything was heard of it at all.
        last_seen: When it was last said.
        withdrawn: Whether it is not said any more, by anybody.
    """

    scope: str
    milestone: Milestone
    date: datetime.date | None
    medium: Medium
    agreed: bool
    history: tuple[tuple[datetime.date | None, Medium, datetime.date, datetime.date], ...]
    first_seen: datetime.date
    last_seen: datetime.date
    said: str = ""
    successor: str = ""
    link: str = ""
    withdrawn: bool = False
    confidence: Confidence = Confidence.HIGH

    @property
    def moves(self) -> int:
        """How often the day that counts was moved."""
        days = [day for day, _, _, _ in self.history if day is not None]
        return max(len(dict.fromkeys(days)) - 1, 0)

    def days_left(self, today: datetime.date) -> int | None:
        """Days until then, negative when it has passed; None where no day was told."""
        return (self.date - today).days if self.date else None
