"""What comes of creating things: whether to ask with less, and when to ask no more."""

from __future__ import annotations

from collections import Counter

from verifier.model import Exchange
from verifier.probing.obstacles import NotTestable

__all__ = ["Attempts"]

PATIENCE = 3
# What a vendor answers to a body that it does not take, or that names what it does not know.
REFUSED = frozenset({400, 404, 422, 500})
# What says nothing of the body.
PASSING = frozenset({0, 401, 429, 503})


class Attempts:
    """Remembers for each operation that creates something what the vendor made of it."""

    def __init__(self) -> None:
        self._sparing: dict[str, bool] = {}
        self._refused: Counter[str] = Counter()
        self._obstacles: dict[str, NotTestable] = {}

    def sparing(self, key: str) -> bool:
        """Whether it is asked for with no more than what is required."""
        return self._sparing.get(key, False)

    def begin_sparing(self, key: str, exchange: Exchange) -> bool:
        """
        Whether a refusal is a reason to try once with less.

        Rules that no schema states are mostly about what may be left out.
        """
        begins = exchange.status in REFUSED and key not in self._sparing
        if begins:
            self._sparing[key] = True
        return begins

    def spared(self, key: str, exchange: Exchange) -> None:
        """Take note of whether less was taken."""
        self._sparing[key] = exchange.succeeded

    def permit(self, key: str) -> None:
        """NotTestable, as the last time, where it was refused so often that it is left alone."""
        if self._refused[key] >= PATIENCE:
            raise self._obstacles[key]

    def created(self, key: str) -> None:
        """Take note that something was created."""
        self._refused[key] = 0

    def refused(self, key: str, exchange: Exchange, obstacle: NotTestable) -> None:
        """Take note of a refusal, and of what it stands in the way of."""
        if exchange.status not in PASSING:
            self._refused[key] += 1
            self._obstacles[key] = obstacle
