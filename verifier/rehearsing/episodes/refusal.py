"""
The vendor refuses one request for good: 400, 404, 409, 422.

Asking again unchanged is of no use; a human must hear of it; and the other records must not suffer
for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.rehearsing.episode import episode
from verifier.rehearsing.known import Known
from verifier.rehearsing.take import Take
from verifier.rehearsing.theatre import Theatre

__all__ = ["refusal"]

STATUSES = (400, 404, 409, 422)


@episode("not-repeated", "others-processed", "alert-raised", "exit-honest")
def refusal(known: Known, theatre: Theatre) -> Iterator[Take]:
    """One refusal at the operation that matters most."""
    if not known.target:
        return
    for status in STATUSES:
        script = {"operation": known.target, "fault": "status", "with": {"status": status}}
        yield Take(name=str(status), scripts=((script,),), facts={"status": status})
