"""
An outage does not multiply the load.

Why it matters: layers that each try again multiply: three times three times three is 27 requests
for one, at the moment at which the vendor can bear them least.
How it is seen: the requests of a job while all fails, against those of a job while all is well.
Limits: a program that stops at the first failure shows little of its layers.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["amplification_bounded"]


@judged(severity=Severity.MINOR, source="Google, Site Reliability Engineering, chapter 22")
def amplification_bounded(seen: Performance) -> Word:
    """Compare with the calm run."""
    during = len(seen.of(seen.first))
    most = seen.integration.expect.attempts
    if not during or not seen.usual:
        return idle("it asked for nothing")
    factor = during / seen.usual
    if factor > most:
        return broken(
            f"{during} requests while all failed, {seen.usual} while all was well:"
            f" {factor:.1f} times as many.",
            f"At most {most} times as many; better fewer, by a breaker or a budget for retries.",
        )
    return held(f"{factor:.1f} times the requests of a calm run.")
