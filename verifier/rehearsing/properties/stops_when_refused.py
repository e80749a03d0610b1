"""
A credential that stays refused is not tried again and again.

Why it matters: accounts are locked after a few refusals, and then nobody gets in.
How it is seen: every request is answered 401; none is sent more than twice (the second with a fresh
token).
Limits: whether other work is begun meanwhile is not judged here.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.deeds import deeds
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["stops_when_refused"]


MOST = 2


@judged(severity=Severity.MAJOR, source="RFC 6750, 3.1; RFC 9110, 15.5.2")
def stops_when_refused(seen: Performance) -> Word:
    """Count attempts under 401."""
    work = [d for d in deeds(seen, seen.of(seen.first)) if d.attempts[0].status == 401]
    if not work or seen.take.name == "expired":
        return idle("no credential stayed refused")
    worst = max(work, key=lambda deed: len(deed.attempts))
    if len(worst.attempts) > MOST:
        says = f"{worst.name} was sent {len(worst.attempts)} times with a refused credential."
        return broken(says, "Once more with a fresh token, then a human.", worst.attempts)
    return held("It asked no more than twice.", worst.attempts)
