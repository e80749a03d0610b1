"""A letter for what was observed, and every reason why it is not a better one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from verifier.catalogue import Catalogue
from verifier.judging.capping import LETTERS, caps
from verifier.judging.method import Method, method
from verifier.judging.weighing import (
    critical,
    evident,
    is_narrowed,
    is_tested,
    observed,
    severity_of,
)
from verifier.model import Grade, Level, Outcome, Run, Status

__all__ = ["WITHHELD", "grade"]

WITHHELD = "NR"
PERFECT = 99.5
DOUBTFUL = frozenset({Status.FAIL, Status.WARNING, Status.REVIEW})


def grade(run: Run, outcomes: Sequence[Outcome], say: Catalogue) -> Grade:
    """The grade of a run; withheld where too little had evidence, or the run is not whole."""
    made = _grade(run, outcomes, say)
    strict = [_unwaived(outcome) for outcome in outcomes]
    unwaived = _grade(run, strict, say).letter if strict != list(outcomes) else ""
    return replace(made, unwaived="" if unwaived == made.letter else unwaived)


def _unwaived(outcome: Outcome) -> Outcome:
    """The outcome without the waiver that it was given."""
    if outcome.status is not Status.WAIVED:
        return outcome
    failed = any(finding.level is Level.FAIL for finding in outcome.findings)
    return replace(outcome, status=Status.FAIL if failed else Status.WARNING)


def _grade(run: Run, outcomes: Sequence[Outcome], say: Catalogue) -> Grade:
    rules = method()
    seen = [outcome for outcome in outcomes if observed(outcome)]
    score = _score(run, seen, rules)
    tested, applicable = _evidence(run, outcomes)
    held = caps(outcomes, rules, say)
    uncapped = rules.letter(score) if score is not None else WITHHELD
    # A document without operations promises nothing that could be kept.
    promises = applicable and run.contract.operations
    enough = promises and tested >= rules.evidence_needed * applicable
    if score is None or not enough or run.unfinished or is_narrowed(run):
        letter = WITHHELD
    else:
        letter = max((uncapped, *(cap.letter for cap in held)), key=LETTERS.index)
        flawless = not any(o.status in DOUBTFUL for o in outcomes)
        if score >= PERFECT and flawless and tested == applicable:
            letter = uncapped = "A+"
    return Grade(
        letter=letter,
        score=score,
        document=_score(run, [o for o in outcomes if not observed(o)], rules),
        uncapped=uncapped,
        caps=held,
        tested=tested,
        critical=applicable,
        needed=rules.evidence_needed,
        method=rules.version,
    )


def _score(run: Run, outcomes: Iterable[Outcome], rules: Method) -> float | None:
    """The weighted share of what holds, each check as one; None where nothing was tested."""
    by_check: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        if is_tested(outcome):
            by_check.setdefault(outcome.check, []).append(outcome)
    total = got = 0.0
    for found in by_check.values():
        weight = rules.weights[severity_of(run, found[0])]
        total += weight
        got += weight * sum(rules.worth[o.status] for o in found) / len(found)
    return round(100 * got / total, 1) if total else None


def _evidence(run: Run, outcomes: Sequence[Outcome]) -> tuple[int, int]:
    """How many critical checks had evidence somewhere, of how many that apply somewhere."""
    heavy = list(critical(run, outcomes))
    applicable = {o.check for o in heavy if o.status is not Status.NOT_APPLICABLE}
    return len({o.check for o in heavy if evident(o)}), len(applicable)
