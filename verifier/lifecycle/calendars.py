"""
Calendars of versions that vendors publish: which version lives from when to when.

A calendar is a small file, filled by hand, by a feed, or by rule:

    vendor: shopify
    source: https://shopify.dev/docs/api/usage/versioning
    seen: 2026-11-01
    rule: {release: quarterly, supported_months: 12}   # 2026-10 lives until 2027-10-01
    versions:
      "2026-10": {released: 2026-10-01}
      "2024-01": {released: 2024-01-01, sunset: 2025-01-01}
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from verifier.lifecycle.dates import day_of
from verifier.lifecycle.signs import deprecated, ends
from verifier.model import Medium, Sighting

__all__ = ["of_calendar"]


def of_calendar(calendar: Mapping[str, Any], seen: datetime.date) -> Iterator[Sighting]:
    """
    Every day that a calendar names or implies; its scopes are ``version 2026-10``.

    Args:
        seen: The day on which the calendar was last held against its source.
    """
    rule = calendar.get("rule")
    months = rule.get("supported_months") if isinstance(rule, Mapping) else None
    source = str(calendar.get("source", ""))
    versions = calendar.get("versions")
    for name, facts in versions.items() if isinstance(versions, Mapping) else ():
        facts = facts if isinstance(facts, Mapping) else {}
        scope = f"version {name}"
        if facts.get("deprecated"):
            yield _sighting(scope, deprecated(facts["deprecated"], link=source), seen)
        end = facts.get("sunset") or _implied(facts.get("released") or name, months)
        if end:
            yield _sighting(scope, ends(end, link=source), seen)


def _sighting(scope: str, signal: Any, seen: datetime.date) -> Sighting:
    return Sighting(
        scope=scope, signal=signal, medium=Medium.CALENDAR, dialect="calendar", seen=seen
    )


def _implied(released: Any, months: Any) -> str:
    """The end that follows from a release and from how long versions are supported."""
    text = f"{released}-01" if len(str(released)) == 7 else str(released)
    day = day_of(text)
    if day is None or not isinstance(months, int) or not 0 < months < 600:
        return ""
    count = day.month - 1 + months
    return f"{day.year + count // 12:04}-{count % 12 + 1:02}-01"
