"""
What a run asks first: that which could change the verdict most, for what it costs.

A blocker decides the ruling, a minor fault hardly moves the grade. The first thing that a check is
tried on tells most, each further one much less. So does a visit, the cases that are drawn for one
operation: all checks that read its answers gain by it together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from verifier.model import Check, Contract, Planned, Resource, Severity, Subject

__all__ = ["FEWEST_CASES", "by_worth"]

FEWEST_CASES = 6
WEIGHTS = {
    Severity.BLOCKER: 8.0,
    Severity.MAJOR: 4.0,
    Severity.MINOR: 1.0,
    Severity.NOTE: 0.25,
}
# What costs less than this is as good as free: there the weight alone decides.
LEAST_PRICE = 4
MONEY = 10


def by_worth(
    wanted: Sequence[Planned], checks: Mapping[str, Check], contract: Contract
) -> list[Planned]:
    """
    All items, those that could change the verdict most for what they cost first.

    Checks that judge what the run has seen come last of all.
    """
    telling = _Telling(contract)
    ordered = sorted(wanted, key=lambda item: telling.rank(item.subject))
    tried: dict[str, int] = {}
    visits: dict[tuple[str, ...], list[tuple[float, Planned]]] = {}
    for item in ordered:
        check, before = checks[item.check], tried.get(item.check, 0)
        tried[item.check] = before + 1
        seen = check.subject is Subject.EXCHANGE
        value = WEIGHTS[check.severity] / (1 + before) ** 2
        visits.setdefault((item.subject,) if seen else (item.subject, item.check), []).append(
            (value, item)
        )
    ranked = sorted(visits.values(), key=lambda visit: -_worth(visit, checks))
    items = [item for visit in ranked for _, item in visit]
    return sorted(items, key=lambda item: checks[item.check].last)


def _worth(visit: Iterable[tuple[float, Planned]], checks: Mapping[str, Check]) -> float:
    """Of what is asked together, for a request; without end where it costs none."""
    held = list(visit)
    observed = any(checks[item.check].subject is Subject.EXCHANGE for _, item in held)
    price = FEWEST_CASES if observed else held[0][1].price
    return sum(value for value, _ in held) / max(price, LEAST_PRICE) if price else float("inf")


class _Telling:
    """Which resources, and their operations, tell most: those that move money, and whole ones."""

    def __init__(self, contract: Contract) -> None:
        money = {key for c in contract.conventions_of("money") for key in c.operations}
        self._ranks: dict[str, int] = {"": 0}
        for resource in contract.resources:
            weight = _roles(resource) + MONEY * (not money.isdisjoint(resource.operations))
            for name in (resource.name, *resource.operations):
                self._ranks[name] = min(self._ranks.get(name, 0), -weight)

    def rank(self, subject: str) -> int:
        """The lower the better; what belongs to no resource comes last."""
        return self._ranks.get(subject, 1)


def _roles(resource: Resource) -> int:
    ways = (resource.create, resource.read, resource.list, resource.delete)
    return sum(map(bool, ways)) + bool(resource.update or resource.replace)
