"""Shorthand for dialects: signals from values that may be anything."""

from __future__ import annotations

from typing import Any

from verifier.lifecycle.dates import day_of
from verifier.model import Confidence, Milestone, Signal

__all__ = ["Examples", "deprecated", "ends", "first", "short"]

LONGEST = 300
Examples = tuple[tuple[str, Any, list[tuple[str, str | None]]], ...]


def deprecated(value: Any = None, **more: Any) -> Signal:
    """Given up, on a day where the value names one."""
    return _signal(Milestone.DEPRECATED, value, **more)


def ends(value: Any, **more: Any) -> Signal:
    """Stops on the day that the value names."""
    return _signal(Milestone.ENDS, value, **more)


def _signal(
    milestone: Milestone,
    value: Any,
    *,
    said: Any = "",
    successor: Any = "",
    link: Any = "",
    flaw: str = "",
    confidence: Confidence = Confidence.HIGH,
) -> Signal:
    day = day_of(value)
    told = value is not None and value is not True and str(value).strip() != ""
    if told and day is None and not flaw:
        flaw = f"'{short(value)[:60]}' is no day"
    return Signal(
        milestone=milestone,
        date=day,
        said=short(said) or (short(value) if told else ""),
        successor=short(successor),
        link=short(link),
        flaw=flaw,
        confidence=confidence,
    )


def short(value: Any) -> str:
    """A value as text on one line, cut where it is long."""
    return " ".join(str(value).split())[:LONGEST] if value else ""


def first(values: list[str]) -> str:
    """The first of several, empty where there is none."""
    return values[0] if values else ""
