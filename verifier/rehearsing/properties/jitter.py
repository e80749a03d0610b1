"""
Pauses differ, so that many do not come back at the same moment.

Why it matters: a thousand workers that failed together and wait alike come back together.
How it is seen: the pause before the second attempt, over many repeats. The machine only ever makes
a pause longer, so half of them standing close above the shortest means that they are meant to be
equal.
Limits: fewer than eight samples say nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from verifier.model import Severity
from verifier.rehearsing.deeds import deeds
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["jitter"]

LEAST_SAMPLES = 8
NOISE_SECONDS = 0.015
NOISE_SHARE = 0.05


@judged(
    severity=Severity.MINOR,
    source="AWS Architecture Blog, Exponential backoff and jitter",
    together=True,
)
def jitter(shown: Sequence[Performance]) -> Word:
    """Look at how close the shorter half of the first pauses are."""
    gaps = sorted(
        deed.gaps[0]
        for seen in shown
        if seen.runs and seen.take.name.startswith("503")
        for deed in deeds(seen, seen.of(seen.first))
        if len(deed.attempts) > 1 and deed.attempts[0].fault
    )
    if len(gaps) < LEAST_SAMPLES:
        return idle(f"{LEAST_SAMPLES} pauses would tell something; {len(gaps) or 'none'} were seen")
    shortest, middle = gaps[0], gaps[len(gaps) // 2]
    says = f"{len(gaps)} first pauses, from {shortest:.3f} s to {gaps[-1]:.3f} s"
    if middle - shortest < max(NOISE_SECONDS, NOISE_SHARE * shortest):
        return broken(
            f"{says}; half of them within {(middle - shortest) * 1000:.0f} ms of the shortest.",
            "Each pause is lengthened or shortened at random.",
        )
    return held(f"{says}.")
