"""News of a vendor's document: it changed, it cannot be had, it can be had again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from verifier.errors import VerifierError
from verifier.model import (
    Announcement,
    Change,
    Comparison,
    Impact,
    Watched,
    announcement_id,
)

__all__ = ["changed", "doubtful", "recovered", "unreachable"]

MOST_TOLD = 12
MOST_KEPT = 500


def changed(
    subject: Watched, comparison: Comparison, revision: int, now: float
) -> Announcement | None:
    """
    That the document changed; None where nothing in it is worth telling.

    Args:
        revision: The how manieth edition it is: the same change later is news again.
    """
    live = [change for change in comparison if not change.waived]
    counts = Counter(change.severity for change in live)
    worst = min((change.severity for change in live), key=lambda s: s.rank, default=Impact.INFO)
    if not live or not worst.reaches(subject.least):
        return None
    told = sorted(live, key=_weight)
    old, new = comparison.old, comparison.new
    words = ", ".join(
        f"{counts[severity]} {word}"
        for severity, word in (
            (Impact.BREAKING, "breaking"),
            (Impact.WARNING, "that may break"),
            (Impact.INFO, "harmless"),
        )
        if counts[severity]
    )
    versions = f" ({old.version} to {new.version})" if old.version != new.version else ""
    return Announcement(
        id=announcement_id(subject.name, "document-changed", revision),
        vendor=subject.name,
        kind="document-changed",
        severity=worst,
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
    worth = [change for change in changes if change.severity.reaches(subject.least)]
    for change in worth[:MOST_TOLD]:
        touch = " Touches us." if change.touches else ""
        yield f"{change.severity.value}: {change.says}{touch}"
    if len(worth) > MOST_TOLD:
        yield f"and {len(worth) - MOST_TOLD} more"
    if subject.owner:
        yield f"For {subject.owner}."


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


def doubtful(subject: Watched, doubt: str, digest: str, revision: int, now: float) -> Announcement:
    """That the new document cannot be believed: it is not taken for the vendor's word yet."""
    return Announcement(
        id=announcement_id(subject.name, "could-not-check", revision, digest),
        vendor=subject.name,
        kind="could-not-check",
        severity=Impact.WARNING,
        title=f"{subject.name}: could not check: {doubt}",
        lines=(
            "It is not taken for the vendor's word; an earlier edition stays the one to compare"
            " with.",
            f"If it is right: verifier watch --accept {subject.name}",
        ),
        noticed=now,
        detail={"digest": digest},
    )


def unreachable(subject: Watched, error: VerifierError, since: float, now: float) -> Announcement:
    """That the document cannot be had or read, once for as long as that lasts."""
    return Announcement(
        id=announcement_id(subject.name, "unreachable", since),
        vendor=subject.name,
        kind="unreachable",
        severity=Impact.WARNING,
        title=f"{subject.name}: the document cannot be had: {error.says}",
        lines=tuple(line for line in (error.where, error.mend) if line),
        noticed=now,
        detail={"since": since},
    )


def recovered(subject: Watched, since: float, now: float) -> Announcement:
    """That it can be had again."""
    hours = max((now - since) / 3600, 0)
    return Announcement(
        id=announcement_id(subject.name, "recovered", since),
        vendor=subject.name,
        kind="recovered",
        severity=Impact.INFO,
        title=f"{subject.name}: the document can be had again, after {hours:.0f} hours",
        noticed=now,
        detail={"since": since},
    )
