"""News of a vendor's document: it changed, or what it says now cannot be believed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from verifier.diffing.telling import Entry, grouped, reached
from verifier.model import Announcement, Change, Impact, Watched, announcement_id
from verifier.watching.looks import Difference, Found

__all__ = ["changed", "doubtful"]

MOST_TOLD = 12
MOST_KEPT = 500


def changed(
    subject: Watched, difference: Difference, revision: int, now: float
) -> Iterator[Announcement]:
    """
    That the document changed; nothing where nothing in it is worth telling.

    Args:
        revision: The how manieth edition it is: the same change later is news again.
    """
    if difference.lost:
        yield _lost(subject, difference.lost, revision, now)
        return
    live = [change for change in difference.changes if not change.waived]
    worst = min((change.severity for change in live), key=lambda s: s.rank, default=Impact.INFO)
    if live and worst.reaches(subject.least):
        yield _told(subject, difference, sorted(live, key=_weight), revision, now)


def _told(
    subject: Watched, difference: Difference, told: list[Change], revision: int, now: float
) -> Announcement:
    counts = Counter(change.severity for change in told)
    old, new = difference.old, difference.new
    words = ", ".join(
        f"{counts[severity]} {word}"
        for severity, word in (
            (Impact.BREAKING, "breaking"),
            (Impact.WARNING, "that may break"),
            (Impact.INFO, "harmless"),
        )
        if counts[severity]
    )
    versions = f" ({old} to {new})" if old != new else ""
    return Announcement(
        id=announcement_id(subject.name, "document-changed", revision),
        vendor=subject.name,
        kind="document-changed",
        severity=told[0].severity,
        title=f"{subject.name}: the document changed{versions}: {words}",
        lines=tuple(_lines(told, subject)),
        noticed=now,
        detail={
            "revision": revision,
            "counts": {severity.value: count for severity, count in counts.items()},
            "changes": [_fact(change) for change in told[:MOST_KEPT]],
        },
    )


def _weight(change: Change) -> tuple[int, int, int]:
    touched = {True: 0, None: 1, False: 2}[change.touches]
    return change.severity.rank, touched, -change.reach


def _lines(changes: list[Change], subject: Watched) -> Iterator[str]:
    worth = grouped(change for change in changes if change.severity.reaches(subject.least))
    for entry in worth[:MOST_TOLD]:
        yield _line(entry)
    more = sum(1 + len(entry.also) for entry in worth[MOST_TOLD:])
    if more:
        yield f"and {more} more"
    if subject.owner:
        yield f"For {subject.owner}."


def _line(entry: Entry) -> str:
    """One change: what, where, how often, and whether it is ours to worry about."""
    change = entry.change
    where = reached(change)
    words = (
        f"{change.severity.value}: {change.says}",
        f"({where})" if where else "",
        f"And {len(entry.also)} more like it." if entry.also else "",
        "Touches us." if change.touches else "",
    )
    return " ".join(word for word in words if word)


def _fact(change: Change) -> dict[str, object]:
    return {
        "fingerprint": change.fingerprint,
        "rule": change.rule,
        "severity": change.severity.value,
        "says": change.says,
        "reach": change.reach,
        "operations": list(change.operations[:10]),
        "touches": change.touches,
    }


def _lost(subject: Watched, why: str, revision: int, now: float) -> Announcement:
    """That it changed, and that nobody can say how."""
    return Announcement(
        id=announcement_id(subject.name, "could-not-check", revision, "lost"),
        vendor=subject.name,
        kind="could-not-check",
        severity=Impact.WARNING,
        title=f"{subject.name}: the document changed, and what changed could not be told",
        lines=(
            f"Our copy of the edition before cannot be used: {why}.",
            "The new edition is the one to compare with from now on; please look at it yourself.",
        ),
        noticed=now,
        detail={"revision": revision},
    )


def doubtful(subject: Watched, found: Found, doubts: int) -> Announcement:
    """
    That the new document cannot be believed: it is not taken for the vendor's word yet.

    Args:
        doubts: The how manieth doubt it is: the same document later is news again.
    """
    return Announcement(
        id=announcement_id(subject.name, "could-not-check", doubts, found.digest),
        vendor=subject.name,
        kind="could-not-check",
        severity=Impact.WARNING,
        title=f"{subject.name}: could not check: {found.doubt}",
        lines=(
            "It is not taken for the vendor's word; an earlier edition stays the one to compare"
            " with.",
            f"If it is right: verifier watch --accept {subject.name}",
        ),
        noticed=found.now,
        detail={"digest": found.digest},
    )
