"""
A failure that passes: 503 once, a reset, a refused connection, a burst of 502.

The next attempt would succeed. The 503 is repeated, for only many waits show whether they differ.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.rehearsing.episode import episode
from verifier.rehearsing.known import Known
from verifier.rehearsing.take import Take
from verifier.rehearsing.theatre import Theatre

__all__ = ["glitch"]

REPEATS = 6


@episode("retried", "same-key", "jitter", "effects-exact")
def glitch(known: Known, theatre: Theatre) -> Iterator[Take]:
    """Each failure at the operation that matters most, and a second run in peace."""
    if not known.target:
        return
    several = known.calm_requests(known.target) > 1
    once = {"operation": known.target, "fault": "status", "with": {"status": 503}}
    for number in range(1, REPEATS + 1):
        often = {"times": 0, "every": 2} if several else {"times": 1}
        yield Take(name=f"503 ({number})", scripts=(({**once, **often},), ()))
    reset = {"operation": known.target, "fault": "reset-before-commit"}
    yield Take(name="reset", scripts=((reset,), ()))
    refused = {"operation": known.target, "fault": "refuse", "with": {"seconds": 0.3}}
    yield Take(name="refused", scripts=((refused,), ()))
    burst = {**once, "with": {"status": 502}, "times": 2}
    yield Take(name="502 twice", scripts=((burst,), ()))
