"""What of all that a run sends is answered."""

from __future__ import annotations

from collections import Counter

from verifier.model import Exchange, FailureKind, Tallied

__all__ = ["Counting"]

# What says nothing of the vendor: we cut it ourselves, or took no more of it.
OURS = frozenset({FailureKind.ABANDONED, FailureKind.TOO_LARGE, FailureKind.OTHER})
MOST_KEPT = 1_000


class Counting:
    """Counts requests by operation, and keeps those that got no answer."""

    def __init__(self) -> None:
        self._asked: Counter[str] = Counter()
        self._lost: list[Exchange] = []

    def noted(self, exchange: Exchange, *, staged: bool) -> Exchange:
        """
        Take note of an exchange.

        Args:
            staged: Whether a failure was asked for: then it says nothing of the vendor.
        """
        if staged:
            return exchange
        self._asked[exchange.request.operation] += 1
        failure = exchange.failure
        if failure is not None and failure.kind not in OURS and len(self._lost) < MOST_KEPT:
            self._lost.append(exchange)
        return exchange

    def tallied(self) -> Tallied:
        """What there is by now."""
        return Tallied(asked=dict(self._asked), lost=tuple(self._lost))
