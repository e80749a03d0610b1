"""The ruling: what follows from a run for whoever would depend on the vendor."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence

from verifier.catalogue import Catalogue, catalogue
from verifier.judging.answering import answers
from verifier.judging.claiming import settled, stated
from verifier.judging.conditions import conditions
from verifier.judging.grading import WITHHELD, grade
from verifier.judging.method import PACKAGE
from verifier.judging.topology import advised
from verifier.judging.weighing import failures, is_narrowed, is_tested, observed, weight_of
from verifier.model import (
    Answer,
    Claims,
    Condition,
    Grade,
    Outcome,
    Question,
    Ruling,
    Run,
    Severity,
    Stated,
    Status,
    Verdict,
)
from verifier.phrasebook import accounted, spoken

__all__ = ["judge"]

FATAL = frozenset("FD")


def judge(
    run: Run,
    *,
    language: str = "en",
    claims: Claims | None = None,
    today: datetime.date | None = None,
) -> Verdict:
    """
    The verdict on a run.

    Args:
        claims: What the vendor says; None where nobody asked it.
        today: The day on which claims must hold; None is the run's.
        language: ``en`` or ``de``; what was recorded of the vendor's stays as it was.

    Raises:
        UsageError: There is no such language.
    """
    say = catalogue(PACKAGE, language)
    run = spoken(run, language)
    outcomes = accounted(run, language)
    mark = grade(run, outcomes, say)
    known = mark.letter != WITHHELD
    named = conditions(run, outcomes, say, untested=known)
    day = today or datetime.datetime.fromtimestamp(run.facts.started, datetime.UTC).date()
    told = stated(outcomes, claims, day, language) if claims and claims.given else ()
    ruling = _ruling(run, outcomes, mark, named)
    return Verdict(
        ruling=ruling,
        says=_says(run, outcomes, ruling, mark, say),
        conditions=named,
        grade=mark,
        answers=tuple(_heard(answer, told, claims, say) for answer in answers(run, outcomes, say)),
        counts=dict(Counter(outcome.status.value for outcome in outcomes)),
        language=language,
        stated=told,
    )


def _heard(answer: Answer, told: Sequence[Stated], claims: Claims | None, say: Catalogue) -> Answer:
    """The answer after the vendor, and we ourselves, were heard."""
    if answer.question is Question.TOPOLOGY:
        return advised(answer, claims.landscape if claims else None, say)
    return settled(answer, told, say)


def _ruling(
    run: Run, outcomes: Sequence[Outcome], mark: Grade, named: Sequence[Condition]
) -> Ruling:
    if run.facts.mode == "desk":
        return Ruling.UNKNOWN
    seen = [(o, f) for o in outcomes if observed(o) for f in failures(o)]
    blocked = any(weight_of(run, *pair) is Severity.BLOCKER for pair in seen)
    if blocked or any(cap.letter in FATAL for cap in mark.caps):
        return Ruling.NOT_READY
    if mark.letter == WITHHELD and not _rehearsed(run):
        return Ruling.UNKNOWN
    return Ruling.CONDITIONS if named else Ruling.READY


def _rehearsed(run: Run) -> bool:
    """Whether an integration was judged, and not a vendor: a profile has no grade."""
    return "rehearsal" in run.facts.settings


def _says(
    run: Run, outcomes: Sequence[Outcome], ruling: Ruling, mark: Grade, say: Catalogue
) -> str:
    if _rehearsed(run) and ruling is not Ruling.UNKNOWN:
        return f"{say(f'ruling.rehearsed-{SENTENCES[ruling]}')} {say('ruling.rehearsal')}"
    if ruling is not Ruling.UNKNOWN:
        parts = [say(f"ruling.{SENTENCES[ruling]}")]
    else:
        parts = [_too_little(run, mark, say), *_step(outcomes, say)]
    if run.facts.mode == "mock":
        parts.append(say("ruling.mock"))
    return " ".join(parts)


SENTENCES = {
    Ruling.READY: "ready",
    Ruling.CONDITIONS: "conditions",
    Ruling.NOT_READY: "not-ready",
}


def _too_little(run: Run, mark: Grade, say: Catalogue) -> str:
    """Why there is no verdict."""
    if run.facts.mode == "desk":
        return say("ruling.desk")
    if run.unfinished:
        return say("ruling.unfinished")
    if is_narrowed(run):
        return say("ruling.narrowed")
    if not run.contract.operations:
        return say("ruling.bare")
    if not mark.critical:
        return say("ruling.nothing")
    return say("ruling.uncovered", critical=mark.critical, tested=mark.tested)


def _step(outcomes: Sequence[Outcome], say: Catalogue) -> list[str]:
    """How many checks wait for something that can be given."""
    waiting = {o.check for o in outcomes if o.status is Status.NOT_TESTED and o.supply}
    tested = {o.check for o in outcomes if is_tested(o)}
    count = len(waiting - tested)
    return [say("ruling.supply", checks=say("count.more-check", n=count))] if count else []
