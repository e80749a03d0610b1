"""
A write that is sent again carries the same idempotency key and the same body.

Why it matters: without a key, or with a new one, the vendor takes the retry for a second order.
With the same key and another body it must refuse (422), and the work is stuck.
How it is seen: on the wire, over all attempts for the same record, runs of the program included.
Limits: methods that are idempotent by themselves (PUT, DELETE) need no key. A program that never
sends again after a failure shows nothing of this.
"""

from __future__ import annotations

from verifier.mocking import Entry
from verifier.model import Severity
from verifier.rehearsing.deeds import Deed, deeds, succeeded
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["same_key"]

IDEMPOTENT = ("PUT", "DELETE")
EXPECTED = "The key is made once for each piece of work, kept, and sent with every attempt."


@judged(
    severity=Severity.BLOCKER,
    source="draft-ietf-httpapi-idempotency-key-header-07, 2.2; RFC 9110, 9.2.2",
)
def same_key(seen: Performance) -> Word:
    """Look at every write that was repeated after it failed."""
    repeated = [(d, failed, again) for d in deeds(seen) for failed, again in _repeats(d)]
    if not repeated:
        return idle("no write was sent again")
    for deed, failed, again in repeated:
        if not again.key:
            return broken(f"{deed.name} was sent again without a key.", EXPECTED, (failed, again))
        if failed.key != again.key:
            says = f"{deed.name} was sent again with another key."
            return broken(says, EXPECTED, (failed, again))
        if failed.digest != again.digest:
            says = f"{deed.name} was sent again with the same key and another body."
            return broken(says, "Attempts are equal to the byte.", (failed, again))
    first = repeated[0]
    return held("Repeated writes carry the same key and body.", first[0].attempts)


def _repeats(deed: Deed) -> list[tuple[Entry, Entry]]:
    if not deed.writes or deed.attempts[0].method in IDEMPOTENT:
        return []
    pairs = zip(deed.attempts, deed.attempts[1:], strict=False)
    return [(first, later) for first, later in pairs if not succeeded(first)]
