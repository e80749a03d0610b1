"""
Redirects that go in a circle do not hold it for ever.

Why it matters: two addresses that lead to each other become a million requests of ours.
How it is seen: every request is sent to where it came from; the program ends by itself, and sends
no request more than 204 times: four attempts of curl, which follows fifty redirects where others
follow five to thirty.
Limits: a program that repeats the whole circle a few times is let pass while it stays below that.
"""

from __future__ import annotations

from collections import Counter

from verifier.model import Severity
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, judged

__all__ = ["redirects_end"]

MOST = 204


@judged(severity=Severity.MINOR, source="RFC 9110, 15.4")
def redirects_end(seen: Performance) -> Word:
    """Count how often the same request is sent."""
    sent = Counter((e.method, e.target, e.digest) for e in seen.of(seen.first))
    most = max(sent.values(), default=0)
    if seen.first.ending.why or most > MOST:
        says = f"It sent the same request {most} times in a circle (it {seen.first.ending})."
        return broken(says, "After a handful of redirects it gives up, and says so.")
    return held(f"It sent the same request {'once' if most == 1 else f'at most {most} times'}.")
