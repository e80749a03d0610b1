"""
What is said to remain of the limit goes down as it is spent, and is whole again when that is said.

Why it matters
    A client that paces itself by these numbers trusts them blindly. If they do not move, it runs
    into the limit; if milliseconds are told for seconds, it sleeps for days.

How it asks
    Three reads of one operation, and one more two seconds later: what remains must become less, or
    begin anew with a new window; the reset must come nearer by the time that has passed, and lie
    no further away than the window is long.

Limits
    Others who spend from the same limit make it go down faster, which is no fault. Where several
    limits are told, it is enough that one of them moves: the others may count something else. Reads
    further apart than the reset that was told are of two windows, and are not compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from verifier.checks.meeting import reachable
from verifier.checks.metered import METERED, Metered
from verifier.checks.provoking import readable
from verifier.checks.windows import Reading, nearer, one_window, too_far
from verifier.dialects.quotas import readings_in
from verifier.model import (
    Draw,
    Effect,
    Finding,
    Flow,
    Missing,
    Pause,
    Question,
    Send,
    Severity,
    Vendor,
    check,
)

READS, PAUSE_SECONDS = 3, 2.0


@check(
    question=Question.LIMITS,
    severity=Severity.MAJOR,
    effect=Effect.READ,
    source="draft-ietf-httpapi-ratelimit-headers-11, 4; the vendor's own headers",
    catches=("remaining-frozen", "reset-in-milliseconds"),
    price=READS + 1,
    applies=reachable,
)
def remaining_is_true(vendor: Vendor) -> Flow:
    operation = next(readable(vendor))
    request = (yield Draw(operation=operation.key)).request
    seen = []
    for number in range(READS + 1):
        if number == READS:
            yield Pause(PAUSE_SECONDS)
        seen.append((yield Send(request)))
    series = readings_in(seen)
    if not series:
        yield Missing(reason="its answers tell no limit", supply="a vendor that tells one")
    found = [f for readings in series.values() for f in _implausible(operation.key, readings)]
    still = [readings for readings in series.values() if _stands_still(readings)]
    compared = [readings for readings in still if any(map(one_window, readings, readings[1:]))]
    if len(still) == len(series) and compared:
        found.append(_frozen(operation.key, compared[0]))
    elif len(still) == len(series) and not found:
        yield Missing(
            reason="each window was over before the next answer: what remains was always the same",
            supply="a quieter machine, nearer to the vendor",
        )
    return found


def _stands_still(readings: Sequence[Reading]) -> bool:
    left = {quota.remaining for _, quota in readings}
    return len(readings) > READS and len(left) == 1 and not left & {None, 0}


def _frozen(key: str, readings: Sequence[Reading]) -> Finding:
    left = ", ".join(str(quota.remaining) for _, quota in readings)
    says = "What it says to remain stays the same, however much is spent."
    return _finding(key, says, "remaining-frozen", "less after each request", left, readings)


def _implausible(key: str, readings: Sequence[Reading]) -> Iterator[Finding]:
    wrong = next((r for r in readings if too_far(r[1])), None)
    if wrong is None and len(readings) > 1 and not nearer(readings[-2], readings[-1]):
        wrong = readings[-1]
    if wrong is not None:
        told = wrong[1].reset_seconds or 0.0
        says = f"The reset that it tells is in no unit that makes sense: {told:.0f} seconds."
        expected = "seconds until the reset, within the window, nearer as time passes"
        yield _finding(key, says, "reset-implausible", expected, f"{told:.0f}", readings)


def _finding(
    key: str, says: str, signature: str, expected: str, seen: str, readings: Sequence[Reading]
) -> Finding:
    return Finding(
        says=says,
        signature=f"{signature}:{readings[0][1].name}",
        operation=key,
        evidence=tuple(exchange.id for exchange, _ in readings),
        expected=expected,
        seen=seen,
        ask=f"What do {', '.join(readings[0][1].headers)} mean, and in which units?",
        build="Do not pace by these headers; obey 429 and Retry-After, with a longest wait.",
    )


remaining_is_true.healthy(Metered, document=METERED)


@remaining_is_true.broken(document=METERED)
class Frozen(Metered):
    """Tells what was configured."""

    def told(self, left: int) -> tuple[tuple[str, str], ...]:
        """There is always as much left."""
        return super().told(20)


@remaining_is_true.broken(document=METERED)
class Milliseconds(Metered):
    """Has JavaScript's clock."""

    def resets_in(self) -> int:
        """A thousand times as much."""
        return super().resets_in() * 1000
