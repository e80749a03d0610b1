"""What of all that a run sent was answered."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from verifier.model.evidence import Exchange

__all__ = ["Tallied", "Tally"]


class Tally(Struct, frozen=True):
    """Count what this run has sent by now, for whatever reason. -> Tallied."""


class Tallied(Struct, frozen=True, kw_only=True):
    """
    How many requests were sent, and which got no answer.

    Left out is what was to get none or is judged elsewhere: requests that we cut ourselves, bursts,
    and what went to an authorization server.

    Args:
        asked: Key of the operation (empty where it is none of the document's) to the requests.
        lost: Those without a whole answer, in the order sent.
    """

    asked: Mapping[str, int]
    lost: tuple[Exchange, ...]

    @property
    def total(self) -> int:
        """All requests that were sent."""
        return sum(self.asked.values())
