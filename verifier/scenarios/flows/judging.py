"""Whether a step did what its author demands, and what to say where it did not."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from verifier.model import Exchange
from verifier.scenarios.description import Criterion
from verifier.scenarios.expressions import Scope

__all__ = ["Demand", "all_hold", "judge", "unmet"]

SUCCESS = "a status of 2xx or 3xx"


class Demand(Struct, frozen=True):
    """
    One demand that was not met.

    Args:
        mark: Which one, without values.
        expected, seen: In words.
    """

    mark: str
    expected: str
    seen: str


def judge(criteria: Sequence[Criterion], scope: Scope, exchange: Exchange) -> list[Demand]:
    """
    The demands that an answer does not meet.

    Without criteria an answer succeeds that is neither a client's nor a server's error; the
    standard leaves that open.
    """
    if exchange.failure is not None:
        wanted = criteria[0].text if criteria else SUCCESS
        return [Demand("silence", wanted, f"it {exchange.answer}")]
    if criteria:
        return unmet(criteria, scope)
    if 200 <= exchange.status < 400:
        return []
    return [Demand("status", SUCCESS, f"it {exchange.answer}")]


def unmet(criteria: Sequence[Criterion], scope: Scope, prefix: str = "criterion") -> list[Demand]:
    """The criteria that do not hold."""
    found = []
    for index, criterion in enumerate(criteria):
        judged = criterion.assertion.judge(scope)
        if not judged.holds:
            found.append(Demand(f"{prefix}-{index}", criterion.text, judged.says))
    return found


def all_hold(criteria: Sequence[Criterion], scope: Scope) -> bool:
    """Whether every criterion holds; none at all do."""
    return all(criterion.assertion.judge(scope).holds for criterion in criteria)
