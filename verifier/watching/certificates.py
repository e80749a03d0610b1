"""
Certificates of the API's servers, which end like anything else and are mostly renewed in time.

That one was renewed is no news; that one is about to end is, and so is one that is not trusted.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from verifier.model import (
    Announcement,
    Certificate,
    Deadline,
    Impact,
    Medium,
    Milestone,
    Watched,
    announcement_id,
)
from verifier.watching.looks import Found
from verifier.watching.store import Store

__all__ = ["THRESHOLDS", "ends", "news"]

THRESHOLDS = (14, 7, 1)  # by then whoever renews by machine has done so
MOST_REMEMBERED = 6


def news(found: Found, state: dict[str, Any], store: Store) -> Iterator[Announcement]:
    """Remember what servers showed; that one is not trusted is told once for each reason."""
    today = found.day.isoformat()
    known = state.setdefault("certificates", {})
    for one in found.certificates:
        if one.ends is not None:
            days = known.setdefault(one.host, [])
            if not days or days[-1][0] != str(one.ends):
                days.append([str(one.ends), today, today])
            days[-1][2] = today
            del days[:-MOST_REMEMBERED]
        told = f"certificate {one.host} {one.ends} {one.flaw}"
        if one.flaw and store.tell_once(found.subject.name, told):
            yield _untrusted(found.subject, one, found.now)


def ends(state: Mapping[str, Any]) -> list[Deadline]:
    """The certificates that are known, as ends among others."""
    return [
        _end(host, [tuple(map(datetime.date.fromisoformat, day)) for day in days])
        for host, days in state.get("certificates", {}).items()
        if days
    ]


def _end(host: str, days: list[tuple[datetime.date, ...]]) -> Deadline:
    return Deadline(
        scope=f"certificate {host}",
        milestone=Milestone.ENDS,
        date=days[-1][0],
        medium=Medium.CERTIFICATE,
        agreed=True,
        history=tuple((day, Medium.CERTIFICATE, first, last) for day, first, last in days),
        first_seen=days[0][1],
        last_seen=days[-1][2],
    )


def _untrusted(subject: Watched, one: Certificate, now: float) -> Announcement:
    return Announcement(
        id=announcement_id(subject.name, "certificate", one.host, one.ends, one.flaw),
        vendor=subject.name,
        kind="certificate-untrusted",
        severity=Impact.BREAKING,
        title=f"{subject.name}: the certificate of {one.host} is not trusted: {one.flaw}",
        noticed=now,
        due=one.ends,
        detail={"host": one.host, "ends": str(one.ends or "")},
    )
