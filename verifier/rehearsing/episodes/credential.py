"""
The credential is refused: expired in mid-run, refused for good, or short of a scope.

401 once calls for a fresh token, 401 twice for a human; 403 says that no retry and no fresh token
will help (RFC 6750, 3.1).
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.rehearsing.episode import episode
from verifier.rehearsing.known import Known
from verifier.rehearsing.take import Take
from verifier.rehearsing.theatre import Theatre

__all__ = ["credential"]


@episode(
    "refreshes-once", "stops-when-refused", "forbidden-not-retried", "alert-raised", "token-private"
)
def credential(known: Known, theatre: Theatre) -> Iterator[Take]:
    """An expiry in mid-run, then refusals without end."""
    if not known.target:
        return
    later = 1 if known.calm_requests(known.target) > 1 else 0
    expired = {"operation": known.target, "fault": "expired-credential", "after": later}
    yield Take(name="expired", scripts=((expired,), ()))
    refused = {"operation": known.target, "fault": "status", "times": 0, "with": {"status": 401}}
    yield Take(name="refused", scripts=((refused,), ()))
    forbidden = {"operation": known.target, "fault": "insufficient-scope", "times": 0}
    yield Take(name="forbidden", scripts=((forbidden,), ()))
