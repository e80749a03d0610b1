"""Counts what callers spend, by rule and by whom the rule is for."""

from __future__ import annotations

from collections.abc import Sequence

from verifier.mocking.auth.caller import Caller
from verifier.mocking.limits.counters import Counter, counter_of
from verifier.mocking.limits.reading import Reading
from verifier.model import LimitRule, Operation

__all__ = ["Meter"]

MOST_COUNTERS = 10_000


class Meter:
    """Counters of all callers; beyond a bound the oldest begins anew."""

    def __init__(self, rules: Sequence[LimitRule]) -> None:
        self.rules = tuple(rules)
        self._counters: dict[tuple[str, ...], Counter] = {}

    def spend(self, operation: Operation, caller: Caller, now: float) -> tuple[Reading, ...]:
        """
        Count a request against every rule that it falls under.

        Where one of them has too little left, none is charged: what is refused costs nothing.
        """
        met = [
            (self._counter(number, rule, operation, caller), _cost(rule, operation))
            for number, rule in enumerate(self.rules)
            if _counts(rule, operation)
        ]
        readings = tuple(counter.look(cost, now) for counter, cost in met)
        if all(not reading.retry_seconds for reading in readings):
            for counter, cost in met:
                counter.spend(cost)
        return readings

    def forget(self) -> None:
        """Begin anew."""
        self._counters.clear()

    def _counter(
        self, number: int, rule: LimitRule, operation: Operation, caller: Caller
    ) -> Counter:
        parts = {"principal": caller.name, "tenant": caller.tenant, "operation": operation.key}
        key = (str(number), *(parts[part] for part in rule.per))
        if key not in self._counters:
            if len(self._counters) >= MOST_COUNTERS:
                del self._counters[next(iter(self._counters))]
            self._counters[key] = counter_of(rule)
        return self._counters[key]


def _counts(rule: LimitRule, operation: Operation) -> bool:
    return not rule.operations or not {operation.key, operation.id}.isdisjoint(rule.operations)


def _cost(rule: LimitRule, operation: Operation) -> int:
    return rule.costs.get(operation.key, rule.costs.get(operation.id, 1))
