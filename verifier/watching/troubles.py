"""News of what cannot be had: the document, the API, a calendar; and that it can be had again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from verifier.errors import VerifierError
from verifier.model import Announcement, Impact, Watched, announcement_id
from verifier.watching.looks import Found

__all__ = ["news"]

FAILURES_TOLD = 2  # a single failure is a hiccup
PARTS = {
    "document": ("the document cannot be had", "the document can be had again"),
    "api": ("the API cannot be asked", "the API can be asked again"),
    "calendar": ("the calendar of versions cannot be read", "the calendar can be read again"),
}


def news(found: Found, state: dict[str, Any]) -> Iterator[Announcement]:
    """
    What fails for the second time, and what does so no more; each once.

    While the document cannot be had, nothing else is asked for: the others stay as they were.
    """
    failing: dict[str, dict[str, float]] = state.setdefault("failing", {})
    parts = ("document",) if found.error is not None else tuple(PARTS)
    for part in parts:
        error = found.error if part == "document" else found.troubles.get(part)
        if error is not None:
            since = failing.setdefault(part, {"count": 0, "since": found.now})
            since["count"] += 1
            if since["count"] == FAILURES_TOLD:
                yield _unreachable(found.subject, part, error, since["since"], found.now)
        elif part in failing:
            past = failing.pop(part)
            if past["count"] >= FAILURES_TOLD:
                yield _recovered(found.subject, part, past["since"], found.now)


def _unreachable(
    subject: Watched, part: str, error: VerifierError, since: float, now: float
) -> Announcement:
    return Announcement(
        id=announcement_id(subject.name, "unreachable", part, since),
        vendor=subject.name,
        kind="unreachable",
        severity=Impact.WARNING,
        title=f"{subject.name}: {PARTS[part][0]}: {error.says}",
        lines=tuple(line for line in (error.where, error.mend) if line),
        noticed=now,
        detail={"since": since, "part": part},
    )


def _recovered(subject: Watched, part: str, since: float, now: float) -> Announcement:
    hours = max((now - since) / 3600, 0)
    return Announcement(
        id=announcement_id(subject.name, "recovered", part, since),
        vendor=subject.name,
        kind="recovered",
        severity=Impact.INFO,
        title=f"{subject.name}: {PARTS[part][1]}, {_after(hours)}",
        noticed=now,
        detail={"since": since, "part": part},
    )


def _after(hours: float) -> str:
    count = round(hours)
    if count < 1:
        return "within the hour"
    return f"after {count} hour{'' if count == 1 else 's'}"
