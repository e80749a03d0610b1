"""A key is remembered once its answer was delivered; where that is lost, a retry does it again.

Imitates keys that are written by a hook on the response.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from verifier.mocking.insight import Insight
from verifier.mocking.turn import Turn
from verifier.wire import Delivered, Delivery

__all__ = ["begin"]

LATE_SECONDS = 0.02


class Forgetter(Struct, frozen=True):
    """Takes back the keys of answers that did not arrive."""

    vendor: Insight

    def after_complete(self, turn: Turn) -> None:
        """The answer takes a moment, so that a client who is gone is noticed."""
        claim, answer = turn.claim, turn.answer
        if claim is None or not claim.fresh or answer is None:
            return

        def told(what: Delivered) -> None:
            if what.left_seconds >= 0 or not what.whole:
                self.vendor.keys.release(claim)

        delivery = answer.delivery or Delivery(wait_seconds=LATE_SECONDS)
        turn.answer = replace(answer, delivery=replace(delivery, told=told))


def begin(vendor: Insight) -> Forgetter:
    """With a hand on the vendor's keys."""
    return Forgetter(vendor)
