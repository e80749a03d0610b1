"""An answer to each of the twelve questions, in words that a buyer reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from verifier.judging.grading import severity_of
from verifier.model import (
    Answer,
    Finding,
    Level,
    Outcome,
    Question,
    Run,
    Severity,
    Status,
)

__all__ = ["answers"]

MOST_LINES = 6
TESTED = frozenset({Status.PASS, Status.FAIL, Status.WARNING, Status.REVIEW})
NOT_YET = {
    Question.MEANING: "a mapping contract between the two systems",
    Question.OWNERSHIP: "the vendor's answers to the questionnaire",
    Question.TOPOLOGY: "how many systems and links there are, now and planned",
    Question.INTEGRATION: "our own integration, run against the mock",
}


def answers(run: Run) -> tuple[Answer, ...]:
    """One answer a question, in their order."""
    by_question: dict[str, list[Outcome]] = {}
    for outcome in run.outcomes:
        card = run.cards.get(outcome.check)
        if card is not None:
            by_question.setdefault(card.question, []).append(outcome)
    return tuple(_answer(run, q, by_question.get(q.value, [])) for q in Question)


def _answer(run: Run, question: Question, outcomes: Sequence[Outcome]) -> Answer:
    counts = Counter(outcome.status.value for outcome in outcomes)
    tested = [o for o in outcomes if o.status in TESTED]
    found = _by_weight(run, outcomes)
    answer, standing = _word(run, outcomes, tested)
    supply = [o.supply for o in outcomes if o.supply]
    if not outcomes:
        supply = [NOT_YET.get(question, "")]
    return Answer(
        question=question,
        answer=answer,
        standing=standing,
        says=_says(question, answer, tested, found, outcomes),
        counts=dict(counts),
        ask=_distinct(f.ask for f in found),
        build=_distinct(f.build for f in found),
        supply=_distinct(text for text, _ in Counter(supply).most_common() if text),
    )


def _word(run: Run, outcomes: Sequence[Outcome], tested: Sequence[Outcome]) -> tuple[str, str]:
    if not tested:
        return "unknown", "unproven"
    failed = [o for o in tested if o.status is Status.FAIL]
    if any(severity_of(run, o) is Severity.BLOCKER for o in failed):
        return "no", "failed"
    if failed:
        return "partly", "failed"
    critical = [o for o in outcomes if severity_of(run, o) >= Severity.MAJOR]
    untested = {o.check for o in critical if o.status is Status.NOT_TESTED} - {
        o.check for o in tested
    }
    seen = any(o.requests or o.samples for o in tested)
    asks = any(o.status is Status.NOT_TESTED for o in outcomes)
    if untested or (asks and not seen):
        return "unknown", "unproven"
    warned = any(o.status is not Status.PASS for o in tested)
    return ("partly" if warned else "yes"), ("proven" if seen else "declared")


def _says(
    question: Question,
    answer: str,
    tested: Sequence[Outcome],
    found: Sequence[Finding],
    outcomes: Sequence[Outcome],
) -> str:
    if not outcomes:
        return f"Not tested in this version: it needs {NOT_YET.get(question, 'more evidence')}."
    checks = len({o.check for o in tested})
    if not tested:
        return "Nothing could be tested."
    if found:
        return found[0].says
    scope = f"{checks} check{'s' if checks != 1 else ''}"
    if answer == "unknown":
        return f"Nothing wrong in {scope}, but what matters most could not be tested."
    return f"Nothing wrong in {scope}."


def _by_weight(run: Run, outcomes: Iterable[Outcome]) -> list[Finding]:
    """Findings that are more than information, worst first."""
    ranked = [
        (-(f.severity or severity_of(run, o)), f.level is not Level.FAIL, index, f)
        for index, o in enumerate(outcomes)
        if o.status in TESTED
        for f in o.findings
        if f.level is not Level.INFORMATION
    ]
    return [entry[-1] for entry in sorted(ranked, key=lambda entry: entry[:3])]


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))[:MOST_LINES]
