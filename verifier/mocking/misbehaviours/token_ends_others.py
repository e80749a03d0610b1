"""A token that is given out ends those that its client was given before.

Imitates vendors that keep one token for each client: two workers log each other out.
"""

from __future__ import annotations

import orjson
from msgspec import Struct

from verifier.mocking.insight import Insight
from verifier.mocking.turn import Turn

__all__ = ["begin"]


class OnlyOne(Struct, frozen=True):
    """Keeps the last token of each client."""

    vendor: Insight

    def after_complete(self, turn: Turn) -> None:
        """The new one is the only one."""
        answer = turn.answer
        if answer is not None and b'"access_token"' in answer.body:
            self.vendor.vault.revoke_before(orjson.loads(answer.body)["access_token"])


def begin(vendor: Insight) -> OnlyOne:
    """With a hand on the vendor's tokens."""
    return OnlyOne(vendor)
