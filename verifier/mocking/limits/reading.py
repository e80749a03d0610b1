"""How much of a quota is left."""

from __future__ import annotations

import math

from msgspec import Struct

from verifier.model import LimitRule

__all__ = ["Reading"]


class Reading(Struct, frozen=True, kw_only=True):
    """
    One quota of one caller, after a request was counted.

    Args:
        remaining: Whole units that are left.
        reset_seconds: Until the quota is whole again.
        retry_seconds: Until a request such as this one is possible; 0 where it was.
    """

    rule: LimitRule
    remaining: int
    reset_seconds: float
    retry_seconds: float = 0.0

    @property
    def quota(self) -> int:
        """Units in all."""
        return self.rule.quota

    @property
    def used(self) -> int:
        """Units that are spent."""
        return self.rule.quota - self.remaining

    @property
    def window(self) -> int:
        """Whole seconds of the window."""
        return math.ceil(self.rule.window_seconds)

    @property
    def resets_in(self) -> int:
        """Whole seconds until the quota is whole again; never too few."""
        return math.ceil(self.reset_seconds)
