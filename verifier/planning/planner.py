"""The order of a run: the most telling first, within the budget, the rest named."""

from __future__ import annotations

import fnmatch
from collections.abc import Collection, Iterable, Mapping

from verifier.errors import UsageError, nearest
from verifier.model import Check, Omitted, Plan, Planned, Question, Subject, Vendor
from verifier.planning.subjects import obstacle, subjects

__all__ = ["plan"]

FEWEST_CASES = 6
MOST_CASES = 60
OBSERVED_SHARE = 0.5


def plan(
    vendor: Vendor,
    checks: Mapping[str, Check],
    *,
    budget: int | None = None,
    seed: int = 0,
    questions: Collection[Question] = (),
    only: Collection[str] = (),
) -> Plan:
    """
    Choose, order and price what will be asked.

    Args:
        budget: The most requests of the run, clean-up excepted; None takes the vendor's limit.
        questions: Only checks of these; empty is all.
        only: Only checks whose id matches one of these (``*`` and ``?`` allowed); empty is all.

    Raises:
        UsageError: ``only`` names a check that does not exist, or the budget is not positive.
    """
    most = vendor.limits.requests if budget is None else budget
    if most < 0:
        raise UsageError(f"a budget of {most} requests is no budget", mend="Give a number above 0.")
    chosen = _select(checks, questions, only)
    wanted, omitted = _applicable(chosen, vendor)
    items, beyond = _afford(_by_worth(wanted, checks), checks, most)
    return Plan(
        items=items,
        omitted=(*omitted, *beyond),
        cases=_cases(items, checks, most),
        budget=most,
        per_second=vendor.limits.per_second,
        seed=seed,
    )


def _select(
    checks: Mapping[str, Check], questions: Collection[Question], only: Collection[str]
) -> tuple[Check, ...]:
    for pattern in only:
        if not fnmatch.filter(checks, pattern):
            mend = nearest(pattern, checks, "'verifier checks' lists them all.")
            raise UsageError(f"no check is called '{pattern}'", mend=mend)
    return tuple(
        check
        for check in checks.values()
        if (not questions or check.question in questions)
        and (not only or any(fnmatch.fnmatch(check.id, pattern) for pattern in only))
    )


def _applicable(chosen: Iterable[Check], vendor: Vendor) -> tuple[list[Planned], list[Omitted]]:
    wanted: list[Planned] = []
    omitted: list[Omitted] = []
    for check in chosen:
        found = False
        for key, subject in subjects(check, vendor):
            found = True
            against = obstacle(check, key, subject, vendor)
            if against:
                omitted.append(against)
            else:
                wanted.append(Planned(check=check.id, subject=key, price=check.price))
        if not found:
            omitted.append(_no_subject(check))
    return wanted, omitted


def _no_subject(check: Check) -> Omitted:
    what = "resource was recognised" if check.subject is Subject.RESOURCE else "operation exists"
    return Omitted(
        check=check.id,
        subject="",
        status="not applicable",
        reason=f"no {what} that it could be run for",
    )


def _by_worth(wanted: list[Planned], checks: Mapping[str, Check]) -> list[Planned]:
    """Every check's first subject before any check's second; the severest, then the cheapest."""
    seen: dict[str, int] = {}
    ranked = []
    for item in wanted:
        rank = seen.get(item.check, 0)
        seen[item.check] = rank + 1
        ranked.append((rank, -checks[item.check].severity, item.price, item.check, item))
    ranked.sort(key=lambda entry: entry[:4])
    return [entry[-1] for entry in ranked]


def _afford(
    ordered: list[Planned], checks: Mapping[str, Check], budget: int
) -> tuple[tuple[Planned, ...], list[Omitted]]:
    observed = {item.subject for item in ordered if _is_observation(item, checks)}
    reserve = min(budget * OBSERVED_SHARE, len(observed) * FEWEST_CASES)
    left = budget - reserve
    kept, beyond = [], []
    for item in ordered:
        if item.price <= left:
            left -= item.price
            kept.append(item)
        else:
            beyond.append(_too_dear(item, budget))
    return tuple(kept), beyond


def _too_dear(item: Planned, budget: int) -> Omitted:
    return Omitted(
        check=item.check,
        subject=item.subject,
        status="not tested",
        reason=f"it did not fit into the budget of {budget} requests",
        supply="--budget with a higher number",
    )


def _cases(items: Iterable[Planned], checks: Mapping[str, Check], budget: int) -> dict[str, int]:
    """Operation to number of drawn cases: an equal share of what the flows leave over."""
    flows = sum(item.price for item in items)
    observed = dict.fromkeys(item.subject for item in items if _is_observation(item, checks))
    if not observed:
        return {}
    share, extra = divmod(max(0, budget - flows), len(observed))
    return {
        key: min(MOST_CASES, share + (1 if index < extra else 0))
        for index, key in enumerate(observed)
    }


def _is_observation(item: Planned, checks: Mapping[str, Check]) -> bool:
    return checks[item.check].subject is Subject.EXCHANGE
