"""The order of a run: the most telling first; what stands against the rest is named."""

from __future__ import annotations

import fnmatch
from collections.abc import Collection, Iterable, Mapping

from verifier.errors import UsageError, nearest
from verifier.model import Check, Omitted, Plan, Planned, Question, Subject, Vendor
from verifier.planning.subjects import obstacle, subjects
from verifier.planning.worth import FEWEST_CASES, by_worth

__all__ = ["plan"]

MOST_CASES = 60


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
    items = by_worth(wanted, checks, vendor.contract)
    observed = (i.subject for i in items if checks[i.check].subject is Subject.EXCHANGE)
    return Plan(
        items=tuple(items),
        omitted=tuple(omitted),
        cases=dict.fromkeys(observed, FEWEST_CASES),
        deepest=MOST_CASES,
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
