"""Counters that give back what was spent: all at once, or little by little."""

from __future__ import annotations

from msgspec import Struct

from verifier.mocking.limits.reading import Reading
from verifier.model import LimitRule

__all__ = ["Bucket", "Counter", "Window", "counter_of"]


class Window(Struct):
    """A fixed window; windows begin at whole multiples of their length since the epoch."""

    rule: LimitRule
    number: int = -1
    spent: int = 0

    def look(self, cost: int, now: float) -> Reading:
        """How it would stand after a cost, without counting it."""
        seconds = self.rule.window_seconds
        number = int(now // seconds)
        if number != self.number:
            self.number, self.spent = number, 0
        left, ends = self.rule.quota - self.spent, (number + 1) * seconds - now
        if cost > left:
            return Reading(
                rule=self.rule, remaining=max(0, left), reset_seconds=ends, retry_seconds=ends
            )
        return Reading(rule=self.rule, remaining=left - cost, reset_seconds=ends)

    def spend(self, cost: int) -> None:
        """Count a cost that was looked at."""
        self.spent += cost


class Bucket(Struct):
    """A bucket of tokens that fills up steadily: its quota in every window."""

    rule: LimitRule
    tokens: float = -1.0
    seen: float = 0.0

    def look(self, cost: int, now: float) -> Reading:
        """How it would stand after a cost, without counting it."""
        quota, rate = self.rule.quota, self.rule.quota / self.rule.window_seconds
        if self.tokens < 0:
            self.tokens = float(quota)
        else:
            self.tokens = min(float(quota), self.tokens + (now - self.seen) * rate)
        self.seen = now
        after = self.tokens - cost
        # A token that is there but for the rounding of a float is there.
        if after < -1e-9:
            left = int(self.tokens + 1e-9)
            return Reading(
                rule=self.rule,
                remaining=left,
                reset_seconds=(quota - self.tokens) / rate,
                retry_seconds=-after / rate,
            )
        left = max(0, int(after + 1e-9))
        return Reading(rule=self.rule, remaining=left, reset_seconds=(quota - after) / rate)

    def spend(self, cost: int) -> None:
        """Count a cost that was looked at."""
        self.tokens = max(0.0, self.tokens - cost)


Counter = Window | Bucket


def counter_of(rule: LimitRule) -> Counter:
    """A counter of a rule's kind, with nothing spent."""
    return Bucket(rule) if rule.kind == "bucket" else Window(rule)
