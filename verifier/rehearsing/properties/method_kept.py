"""
What is sent on by 307 or 308 is sent again as it was.

Why it matters: a POST that becomes a GET on its way is answered 200, and did nothing.
How it is seen: the request that follows to the new address has the method of the first, and a body
that is equal to the byte.
Limits: a program that follows no redirects is not judged here; whether it says so is.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["method_kept"]


@judged(severity=Severity.MAJOR, source="RFC 9110, 15.4.8 and 15.4.9")
def method_kept(seen: Performance) -> Word:
    """Hold what followed against what was sent on."""
    moved, mark = seen.faulty[0], str(seen.take.facts["mark"])
    after = [e for e in seen.entries if mark in e.target]
    if not after:
        return idle("it follows no redirect")
    again = after[0]
    if again.method != moved.method:
        says = f"It was sent on with {moved.status}, and its {moved.method} became {again.method}."
        return broken(says, "The same method and body at the new address.", (moved, again))
    if again.digest != moved.digest:
        says = f"It was sent on with {moved.status}, and sent another body to the new address."
        return broken(says, "The same method and body at the new address.", (moved, again))
    return held(f"Its {moved.method} came to the new address as it was.", (moved, again))
