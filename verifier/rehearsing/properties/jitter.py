"""
Pauses differ, so that many do not come back at the same moment.

Why it matters: a thousand workers that failed together and wait alike come back together.
How it is seen: the pause before the second attempt, over many repeats. The machine only ever makes
a pause longer, so half of them standing close above the shortest means that they are meant to be
equal; and they differ only where that cannot be what the machine held up. Pauses with which it
did not meddle are preferred.
Limits: fewer than eight samples say nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from verifier.model import Severity
from verifier.rehearsing.deeds import Gap, deeds
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, hidden, idle, judged

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
    gaps = sorted(_telling(list(_firsts(shown))), key=lambda gap: gap.most)
    if len(gaps) < LEAST_SAMPLES:
        return idle(f"{LEAST_SAMPLES} pauses would tell something; {len(gaps) or 'none'} were seen")
    half = gaps[: len(gaps) // 2 + 1]
    shortest, middle = half[0].most, half[-1].most
    noise = max(NOISE_SECONDS, NOISE_SHARE * shortest)
    says = f"{len(gaps)} first pauses, from {shortest:.3f} s to {gaps[-1].most:.3f} s"
    if middle - shortest < noise:
        return broken(
            f"{says}; half of them within {(middle - shortest) * 1000:.0f} ms of the shortest.",
            "Each pause is lengthened or shortened at random.",
        )
    if max(gap.least for gap in half) - shortest < noise:
        return hidden()
    return held(f"{says}.")


def _telling(gaps: Sequence[Gap]) -> Sequence[Gap]:
    """Those with which the machine did not meddle, where they are enough."""
    quiet = [gap for gap in gaps if gap.most - gap.least < NOISE_SECONDS]
    return quiet if len(quiet) >= LEAST_SAMPLES else gaps


def _firsts(shown: Sequence[Performance]) -> Iterator[Gap]:
    for seen in shown:
        if seen.runs and seen.take.name.startswith("503"):
            for deed in deeds(seen, seen.of(seen.first)):
                if len(deed.attempts) > 1 and deed.attempts[0].fault:
                    yield deed.gaps(seen)[0]
