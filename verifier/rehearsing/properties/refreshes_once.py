"""
When its token expires it fetches one fresh token, and goes on.

Why it matters: tokens expire in mid-run. A refresh for each worker locks accounts and, where
refresh tokens rotate, revokes them all.
How it is seen: 401 in mid-run; then exactly one request to the token endpoint, the refused request
again, and all work done in the same job.
Limits: only for programs that fetch their tokens from the mock's token endpoint.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["refreshes_once"]

EXPECTED = "One fresh token, the refused request once more, and on."


@judged(severity=Severity.MAJOR, source="RFC 6750, 3.1; RFC 6749, 1.5")
def refreshes_once(seen: Performance) -> Word:
    """Follow what happens after the expiry."""
    entries = seen.of(seen.first)
    fetched = [e for e in entries if e.path == seen.token_path]
    expired = [e for e in entries if e.fault == "expired-credential"]
    if not fetched or not expired:
        return idle("it fetches no tokens")
    after = [e for e in fetched if e.serial > expired[0].serial]
    shown = tuple(e for e in entries if e.serial >= expired[0].serial)
    if not after:
        return broken("Its token expired, and it fetched no other.", EXPECTED, shown)
    if len(after) > 1:
        return broken(f"Its token expired once, and it fetched {len(after)}.", EXPECTED, shown)
    if seen.outcome_of(seen.first).amiss:
        amiss = seen.outcome_of(seen.first).amiss
        return broken(f"It fetched a fresh token, but: {amiss}.", EXPECTED, shown)
    return held("It fetched one fresh token, and went on.", shown)
