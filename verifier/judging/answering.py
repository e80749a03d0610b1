"""An answer to each of the twelve questions, in words that a buyer reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from verifier.catalogue import Catalogue
from verifier.judging.conditions import causes
from verifier.judging.phrases import Seen, reach_of, said
from verifier.judging.weighing import (
    critical,
    failures,
    is_narrowed,
    is_tested,
    observed,
    severity_of,
    weight_of,
)
from verifier.model import Answer, Outcome, Question, Run, Severity, Status

__all__ = ["answers"]

MOST_LINES = 6
# What is announced or agreed stands on paper: there the document itself is the evidence.
ON_PAPER = frozenset({Question.CHANGE, Question.MEANING, Question.OWNERSHIP, Question.TOPOLOGY})


def answers(run: Run, outcomes: Sequence[Outcome], say: Catalogue) -> tuple[Answer, ...]:
    """One answer a question, in their order."""
    by_question: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        card = run.cards.get(outcome.check)
        if card is not None:
            by_question.setdefault(card.question, []).append(outcome)
    return tuple(_answer(run, q, by_question.get(q.value, []), say) for q in Question)


def _answer(run: Run, question: Question, outcomes: Sequence[Outcome], say: Catalogue) -> Answer:
    tested = [outcome for outcome in outcomes if is_tested(outcome)]
    found = causes(run, outcomes)
    untested = _untested(run, outcomes)
    answer, standing = _word(run, question, outcomes, found, untested)
    wanted = Counter(outcome.supply for outcome in outcomes if outcome.supply)
    open_still = standing in ("unproven", "declared")
    return Answer(
        question=question,
        answer=answer,
        standing=standing,
        says=_says(run, question, outcomes, say),
        counts=dict(Counter(outcome.status.value for outcome in outcomes)),
        ask=_lines((cause[0][1].ask for cause in found), say(f"ask.{question.value}"), open_still),
        build=_lines(
            (cause[0][1].build for cause in found), say(f"build.{question.value}"), open_still
        ),
        supply=_lines((text for text, _ in wanted.most_common()), say(f"takes.{question.value}"))
        if untested or not tested
        else (),
    )


def _untested(run: Run, outcomes: Sequence[Outcome]) -> set[str]:
    """Critical checks that had evidence nowhere and lacked something."""
    heavy = list(critical(run, outcomes))
    missing = {o.check for o in heavy if o.status is Status.NOT_TESTED}
    return missing - {o.check for o in heavy if is_tested(o)}


def _word(
    run: Run,
    question: Question,
    outcomes: Sequence[Outcome],
    found: Sequence[Sequence[Seen]],
    untested: set[str],
) -> tuple[str, str]:
    """The answer, and on what it stands; what a document lacks proves nothing about the vendor."""
    tested = [outcome for outcome in outcomes if is_tested(outcome)]
    seen = _seen(outcomes, tested)
    failed = [
        (outcome, finding)
        for outcome in tested
        if observed(outcome) or question in ON_PAPER
        for finding in failures(outcome)
    ]
    if failed:
        blocked = any(weight_of(run, *pair) is Severity.BLOCKER for pair in failed)
        return ("no" if blocked else "partly"), "failed"
    if not tested or (found and not seen):
        return "unknown", "unproven"
    if untested:
        return ("partly" if seen else "unknown"), "unproven"
    return ("partly" if found else "yes"), ("proven" if seen else "declared")


def _seen(outcomes: Sequence[Outcome], tested: Sequence[Outcome]) -> bool:
    """Whether something was seen: answers, or what every implementation of a mapping does."""
    ran = [outcome for outcome in outcomes if outcome.of_implementation]
    return any(map(observed, tested)) or (bool(ran) and all(map(is_tested, ran)))


def _says(run: Run, question: Question, outcomes: Sequence[Outcome], say: Catalogue) -> str:
    tested = [outcome for outcome in outcomes if is_tested(outcome)]
    if not tested:
        return _silence(run, question, outcomes, say)
    found = causes(run, outcomes)
    if not _seen(outcomes, tested):
        return _on_paper(run, question, found, tested, say)
    parts = [_tally(tested, say)]
    if found:
        parts.append(_told("answer.worst" if _failed(tested) else "answer.note", found[0], say))
    untested = _untested(run, outcomes)
    if untested:
        parts.append(say("answer.untested", checks=say("count.check", n=len(untested))))
    return " ".join(parts)


def _silence(run: Run, question: Question, outcomes: Sequence[Outcome], say: Catalogue) -> str:
    """Why there is nothing to say."""
    if not outcomes:
        if is_narrowed(run):
            return say("answer.unasked")
        return say("answer.absent", what=say(f"takes.{question.value}"))
    statuses = Counter(outcome.status for outcome in outcomes)
    if set(statuses) == {Status.NOT_APPLICABLE}:
        return say("answer.inapplicable")
    reasons = Counter(o.reason for o in outcomes if o.status is Status.NOT_TESTED and o.reason)
    if not reasons:
        return say("answer.unsure")
    return say("answer.nothing", reason=reasons.most_common(1)[0][0])


def _on_paper(
    run: Run,
    question: Question,
    found: Sequence[Sequence[Seen]],
    tested: Sequence[Outcome],
    say: Catalogue,
) -> str:
    """What the document alone says."""
    if not found:
        heaviest = max(tested, key=lambda outcome: severity_of(run, outcome))
        return say("answer.declared", title=run.cards[heaviest.check].title)
    broken = question in ON_PAPER and _failed(tested)
    return _told("answer.documented" if broken else "answer.undeclared", found[0], say)


def _tally(tested: Sequence[Outcome], say: Catalogue) -> str:
    """How many of the checks hold everywhere."""
    checks = {outcome.check for outcome in tested}
    broken = {outcome.check for outcome in tested if outcome.status is not Status.PASS}
    answered = _answers(tested)
    ran = say("answer.ran") if any(outcome.of_implementation for outcome in tested) else ""
    seen = say("answer.seen", answers=say("count.answer", n=answered)) if answered else ran
    count = say("count.check", n=len(checks))
    if not broken:
        return say(
            "answer.one-holds" if len(checks) == 1 else "answer.all-hold", tested=count, seen=seen
        )
    if len(broken) == len(checks):
        return say("answer.none-hold", tested=count, seen=seen)
    return say("answer.some-hold", passed=len(checks) - len(broken), tested=count, seen=seen)


def _answers(tested: Iterable[Outcome]) -> int:
    """How many answers were looked at: checks of observations share those of their operation."""
    shared: dict[str, int] = {}
    for outcome in tested:
        shared[outcome.subject] = max(shared.get(outcome.subject, 0), outcome.samples)
    # What was sent for observations is booked on one of their checks.
    return sum(shared.values()) + sum(o.requests for o in tested if not o.samples)


def _told(id: str, cause: Sequence[Seen], say: Catalogue) -> str:
    return say(id, says=said(cause[0][1]), where=reach_of(say, cause))


def _failed(tested: Iterable[Outcome]) -> bool:
    return any(outcome.status is Status.FAIL for outcome in tested)


def _lines(texts: Iterable[str], default: str, wanted: bool = True) -> tuple[str, ...]:
    """Each line once, the first few; the default where there is none and one is wanted."""
    found = tuple(dict.fromkeys(text for text in texts if text))[:MOST_LINES]
    return found or ((default,) if wanted else ())
