"""
Figures that a check hands to the report to be drawn: plain numbers, no coordinates.

A check puts a picture into a finding's ``detail``; ``Level.INFORMATION`` accuses nobody::

    Finding(
        says="It let through 20 a second, as documented.",
        signature="staircase",
        level=Level.INFORMATION,
        evidence=(...),
        detail=shown(RateStaircase(steps=(RateStep(per_second=5, sent=10, refused=0), ...))),
    )

The report draws it in the chapter of the check's question, the same figures as a table behind it.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from msgspec import Struct, to_builtins

from verifier.model.correspondence import Correspondence, EdgeCases, Losses

__all__ = [
    "Access",
    "AccessMatrix",
    "Attempt",
    "ChangeTimeline",
    "Dated",
    "Picture",
    "RateStaircase",
    "RateStep",
    "RetryTimeline",
    "Standing",
    "Wait",
    "picture_in",
    "shown",
]

KEY = "picture"
Noun = TypeVar("Noun", bound=Struct)


class Access(enum.Enum):
    """What a principal got from an operation: the first two as it should be, the next two not."""

    ALLOWED = "allowed"
    REFUSED = "refused"
    LET_IN = "let in"
    SHUT_OUT = "shut out"
    UNTESTED = "not tested"


class AccessMatrix(Struct, frozen=True, kw_only=True):
    """Who got through where: a row for each operation key, a cell for each principal."""

    principals: tuple[str, ...]
    rows: Mapping[str, tuple[Access, ...]]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> AccessMatrix:
        """From its JSON values."""
        principals = tuple(str(name) for name in data["principals"])
        rows = {str(k): tuple(Access(cell) for cell in row) for k, row in data["rows"].items()}
        if any(len(row) != len(principals) for row in rows.values()):
            raise ValueError("a row must have a cell for each principal")
        return cls(principals=principals, rows=rows)


class Attempt(Struct, frozen=True, kw_only=True):
    """
    One request of a story that is told over time.

    Args:
        at_seconds: Since the story began.
        lane: What it belongs to: a key, a principal, a client.
        answer: ``201``, ``503`` or ``no answer``.
        good: Whether that was as it should be.
        exchange: Id of the exchange; empty where none was recorded.
    """

    at_seconds: float
    took_seconds: float
    lane: str
    answer: str
    good: bool
    exchange: str = ""


class Wait(Struct, frozen=True, kw_only=True):
    """A time for which something was to be left alone: ``Retry-After: 2``."""

    lane: str
    from_seconds: float
    until_seconds: float
    says: str


class RetryTimeline(Struct, frozen=True, kw_only=True):
    """
    Attempts one after another, and the waits that were asked for between them.

    Args:
        during: What was played meanwhile, in words; empty where that goes without saying.
    """

    attempts: tuple[Attempt, ...]
    waits: tuple[Wait, ...] = ()
    during: str = ""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> RetryTimeline:
        """From its JSON values."""
        attempts = tuple(_read(Attempt, given) for given in data["attempts"])
        waits = tuple(_read(Wait, w) for w in data["waits"])
        return cls(attempts=attempts, waits=waits, during=str(data.get("during", "")))


class RateStep(Struct, frozen=True, kw_only=True):
    """What happened at one pace."""

    per_second: float
    sent: int
    refused: int


class RateStaircase(Struct, frozen=True, kw_only=True):
    """Paces in the order tried, and the documented limit where there is one."""

    steps: tuple[RateStep, ...]
    documented_per_second: float | None = None

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> RateStaircase:
        """From its JSON values."""
        limit = data["documented_per_second"]
        steps = tuple(_read(RateStep, given) for given in data["steps"])
        return cls(steps=steps, documented_per_second=None if limit is None else _number(limit))


class Dated(Struct, frozen=True, kw_only=True):
    """
    Something that happens on a day.

    Args:
        day: ``2027-01-31``.
        kind: ``release``, ``change``, ``deprecation`` or ``sunset``.
    """

    day: str
    kind: str
    says: str


class ChangeTimeline(Struct, frozen=True, kw_only=True):
    """What ends or changes, and when."""

    dates: tuple[Dated, ...]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> ChangeTimeline:
        """From its JSON values."""
        dates = tuple(_read(Dated, given) for given in data["dates"])
        for one in dates:
            date.fromisoformat(one.day)
        return cls(dates=dates)


class Standing(Struct, frozen=True, kw_only=True):
    """
    How an earlier run of the same vendor ended: a point of the trend.

    Args:
        at: Seconds since the epoch.
        score: Of behaviour, 0 to 100; None where nothing was observed.
        failed: How many checks failed somewhere.
    """

    run: str
    at: float
    letter: str
    score: float | None
    failed: int


Picture = (
    AccessMatrix
    | RetryTimeline
    | RateStaircase
    | ChangeTimeline
    | Correspondence
    | EdgeCases
    | Losses
)

KINDS: Mapping[str, Callable[[Mapping[str, Any]], Picture]] = {
    "access-matrix": AccessMatrix.of,
    "retry-timeline": RetryTimeline.of,
    "rate-staircase": RateStaircase.of,
    "change-timeline": ChangeTimeline.of,
    "correspondence": Correspondence.of,
    "edge-cases": EdgeCases.of,
    "losses": Losses.of,
}
NAMES = {
    AccessMatrix: "access-matrix",
    RetryTimeline: "retry-timeline",
    RateStaircase: "rate-staircase",
    ChangeTimeline: "change-timeline",
    Correspondence: "correspondence",
    EdgeCases: "edge-cases",
    Losses: "losses",
}


def shown(picture: Picture) -> dict[str, Any]:
    """A picture as the ``detail`` of a finding: JSON values under the key ``picture``."""
    return {KEY: {"kind": NAMES[type(picture)], **to_builtins(picture)}}


def picture_in(detail: Mapping[str, Any]) -> Picture | None:
    """The picture of a finding; None where there is none, or none that can be read."""
    data = detail.get(KEY)
    if not isinstance(data, Mapping) or data.get("kind") not in KINDS:
        return None
    try:
        return KINDS[data["kind"]](data)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _read(kind: type[Noun], data: Mapping[str, Any]) -> Noun:
    """A flat noun from JSON values, each made what its field says; numbers must be finite."""
    made = {}
    for name in kind.__struct_fields__:
        if name in data:
            made[name] = PLAIN[kind.__annotations__[name]](data[name])
    return kind(**made)


def _number(value: Any) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(value)
    return number


PLAIN: Mapping[str, Callable[[Any], Any]] = {"float": _number, "int": int, "str": str, "bool": bool}
