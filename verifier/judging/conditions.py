"""The few sentences under which a verdict holds, the worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from verifier.catalogue import Catalogue
from verifier.judging.phrases import Seen, reach_of, said
from verifier.judging.weighing import critical, failures, severity_of, warnings, weight_of
from verifier.model import (
    Condition,
    Outcome,
    Question,
    Run,
    Severity,
    Status,
    fingerprint,
)

__all__ = ["causes", "conditions"]

MOST = 5


def conditions(
    run: Run, outcomes: Sequence[Outcome], say: Catalogue, *, untested: bool
) -> tuple[Condition, ...]:
    """
    At most five: what failed, then what warned, then what of weight was not shown.

    One check is one cause, wherever it was seen.

    Args:
        untested: Whether to name what was not shown; a run that showed next to nothing says that
            in its verdict instead.
    """
    found = causes(run, outcomes)
    made = [_condition(run, cause, say) for cause in found[:MOST]]
    if untested and len(made) < MOST:
        made += _unshown(run, outcomes, say)
    return tuple(made[:MOST])


def causes(run: Run, outcomes: Iterable[Outcome]) -> list[list[Seen]]:
    """
    Failures by check, then the warnings of other checks; the worst and widest come first.

    A scenario that only tells again what a check of its question told comes last.
    """
    outcomes = tuple(outcomes)
    failed = _by_check(run, ((o, f) for o in outcomes for f in failures(o)))
    warned = _by_check(run, ((o, f) for o in outcomes for f in warnings(o)))
    known = {cause[0][0].check for cause in failed}
    others = (cause for cause in warned if cause[0][0].check not in known)
    return _first_hand(run, [*failed, *others])


def _by_check(run: Run, seen: Iterable[Seen]) -> list[list[Seen]]:
    grouped: dict[str, list[Seen]] = {}
    for outcome, finding in seen:
        grouped.setdefault(outcome.check, []).append((outcome, finding))
    for found in grouped.values():
        kinds = Counter(finding.signature for _, finding in found)
        found.sort(key=lambda pair: (-weight_of(run, *pair), -kinds[pair[1].signature]))
    return sorted(grouped.values(), key=lambda found: -weight_of(run, *found[0]))


def _first_hand(run: Run, found: Sequence[list[Seen]]) -> list[list[Seen]]:
    """The same causes; those that only tell again what a check told come last."""
    told: dict[str, Severity] = {}
    for cause in found:
        if not cause[0][0].of_scenario:
            told.setdefault(_asked(run, cause), weight_of(run, *cause[0]))

    def again(cause: list[Seen]) -> bool:
        told_of = told.get(_asked(run, cause))
        return (
            cause[0][0].of_scenario and told_of is not None and told_of >= weight_of(run, *cause[0])
        )

    return sorted(found, key=again)


def _asked(run: Run, cause: Sequence[Seen]) -> str:
    return run.cards[cause[0][0].check].question


def _condition(run: Run, cause: Sequence[Seen], say: Catalogue) -> Condition:
    outcome, worst = cause[0]
    return Condition(
        says=said(worst),
        where=reach_of(say, cause),
        question=Question(run.cards[outcome.check].question),
        fingerprint=fingerprint(outcome.check, worst),
        ask=worst.ask,
        build=worst.build,
    )


def _unshown(run: Run, outcomes: Sequence[Outcome], say: Catalogue) -> Iterator[Condition]:
    """Critical checks without any evidence, together where the same thing would open them."""
    asked = {o.check for o in outcomes if o.status is not Status.NOT_TESTED}
    grouped: dict[tuple[str, str], dict[str, Severity]] = {}
    reach: Counter[tuple[str, str]] = Counter()
    for outcome in critical(run, outcomes):
        if outcome.check in asked:
            continue
        key = (outcome.reason, outcome.supply)
        grouped.setdefault(key, {})[outcome.check] = severity_of(run, outcome)
        reach[key] += 1
    ranked = sorted(grouped.items(), key=lambda kv: (-max(kv[1].values()), -reach[kv[0]]))
    for (reason, supply), checks in ranked:
        worst = max(checks, key=lambda check: (checks[check], check))
        form = "condition.shown" if len(checks) == 1 else "condition.others"
        count = say("count.check", n=len(checks))
        title = run.cards[worst].title
        yield Condition(
            says=say(form, title=title, checks=count, reason=reason),
            where=say("condition.give", what=supply) if supply else say("condition.give-nothing"),
            question=Question(run.cards[worst].question),
        )
