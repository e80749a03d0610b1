"""
The attempts for one piece of work have an end.

Why it matters: whoever tries for ever keeps a vendor down that is trying to get up.
How it is seen: the requests for one record (or key, or body) in one job, against `expect:
attempts`.
Limits: a service that keeps work and tries it again an hour later is not seen doing so.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.deeds import deeds
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["attempts_bounded"]


@judged(severity=Severity.MAJOR, source="RFC 9110, 9.2.2")
def attempts_bounded(seen: Performance) -> Word:
    """Count the attempts of each piece of work."""
    most = seen.integration.expect.attempts
    work = [d for run in seen.runs for d in deeds(seen, seen.of(run))]
    if not work:
        return idle("it asked for nothing")
    worst = max(work, key=lambda deed: len(deed.attempts))
    number = len(worst.attempts)
    if number > most:
        return broken(
            f"{worst.name} was sent {number} times.",
            f"At most {most} attempts, then a human is told.",
            worst.attempts,
        )
    most_sent = "one request" if number == 1 else f"at most {number} requests"
    return held(f"It sent {most_sent} for one piece of work.", worst.attempts)
