"""What holds a grade down, and why, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from verifier.catalogue import Catalogue
from verifier.judging.method import Ceiling, Method
from verifier.judging.phrases import where
from verifier.judging.weighing import failures, is_tested
from verifier.model import Cap, Finding, Outcome, fingerprint

__all__ = ["LETTERS", "caps"]

LETTERS = "ABCDEF"


def caps(outcomes: Sequence[Outcome], rules: Method, say: Catalogue) -> tuple[Cap, ...]:
    """Every cap that applies, the lowest letter first."""
    found = [cap for ceiling in rules.ceilings for cap in _cap(ceiling, outcomes, rules, say)]
    return tuple(sorted(found, key=lambda cap: -LETTERS.index(cap.letter)))


def _cap(
    ceiling: Ceiling, outcomes: Sequence[Outcome], rules: Method, say: Catalogue
) -> Iterator[Cap]:
    found = [
        (outcome, finding)
        for outcome in outcomes
        if outcome.check in ceiling.checks
        for finding in failures(outcome)
        if ceiling.concerns(finding)
    ]
    if not found:
        return
    share = ""
    if ceiling.share:
        against, judged = _contradictions(outcomes, ceiling.checks)
        if against <= rules.contradictions_allowed * judged:
            return
        share = say.percent(against / judged) if judged else say.percent(1)
    operations = tuple(dict.fromkeys(f.operation for _, f in found if f.operation))
    outcome, first = found[0]
    yield Cap(
        letter=ceiling.letter,
        because=say(f"cap.{ceiling.because}", where=where(say, operations), share=share),
        fingerprint=fingerprint(outcome.check, first),
    )


def _contradictions(outcomes: Sequence[Outcome], checks: Sequence[str]) -> tuple[int, int]:
    """
    At least how many answers failed one of these checks, of how many that were looked at.

    The same answer is looked at by each of the checks, so that an operation's count is the
    largest of any kind of failure: the least that it can be.
    """
    least: dict[str, int] = {}
    looked: dict[str, int] = {}
    for outcome in outcomes:
        if outcome.check not in checks or not is_tested(outcome):
            continue
        subject = outcome.subject
        looked[subject] = max(looked.get(subject, 0), outcome.samples)
        for finding in failures(outcome):
            least[subject] = max(least.get(subject, 0), _seen(finding))
    return sum(min(count, looked[key]) for key, count in least.items()), sum(looked.values())


def _seen(finding: Finding) -> int:
    seen = finding.detail.get("seen", 1)
    return seen if isinstance(seen, int) else 1
