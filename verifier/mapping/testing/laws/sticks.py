"""``fwd(back(s, t)) ~ t``: what was changed in the target stays changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from verifier.mapping.sameness import differences
from verifier.mapping.testing.court import Court
from verifier.mapping.testing.law import Asking, Law, Outward, Record, broken
from verifier.mapping.testing.trips import Trip
from verifier.mapping.testing.violation import Violation

__all__ = ["LAW"]

FORMULA = "fwd(back(s, t)) ~ t"


def _judge(
    trip: Trip, made: Record, outward: Outward, back: Asking, court: Court
) -> Iterator[Violation]:
    again = outward(dict(made)).value
    if not isinstance(again, dict):
        return
    kept = _kept_by_the_contract(trip, court)
    for where in differences(trip.edited, again):
        if where.path in kept and where.path in trip.edited:
            yield broken(FORMULA, where.path, where.kind, where.expected, where.actual)


def _kept_by_the_contract(trip: Trip, court: Court) -> frozenset[str]:
    """The fields for which the contract itself keeps the law; a loss by design is no fault."""
    done = court.executor.back(_dict(trip.source), trip.edited)
    again = court.executor.map(done.target).target if done.target is not None else None
    if again is None:
        return frozenset()
    lost = {where.path for where in differences(trip.edited, again)}
    return frozenset(str(rule.target) for rule in court.rules.values()) - lost


def _dict(record: Any) -> Any:
    return dict(record) if record is not None else None


LAW = Law(formula=FORMULA, judge=_judge)
