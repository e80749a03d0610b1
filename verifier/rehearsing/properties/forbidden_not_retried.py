"""
What its credential may not do is not asked for again.

Why it matters: 403 does not pass. A retry is of no use, and neither is a fresh token: both only
hide that somebody must grant a scope.
How it is seen: after 403 the same work is not sent again in the job, and no token is fetched for
it.
Limits: vendors that say 403 where they mean 429 (GitHub) need a skip.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.deeds import deeds
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["forbidden_not_retried"]


@judged(severity=Severity.MAJOR, source="RFC 9110, 15.5.4; RFC 6750, 3.1")
def forbidden_not_retried(seen: Performance) -> Word:
    """Look for an attempt after a 403."""
    work = [d for d in deeds(seen, seen.of(seen.first)) if d.attempts[0].status == 403]
    if not work:
        return idle("nothing was forbidden")
    for deed in work:
        if len(deed.attempts) > 1:
            says = f"{deed.name} was forbidden (403), and asked for {len(deed.attempts)} times."
            return broken(says, "It is asked for once, and a human is told.", deed.attempts)
    return held("What was forbidden was asked for once.", work[0].attempts)
