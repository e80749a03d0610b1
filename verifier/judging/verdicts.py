"""The ruling, and the conditions under which it holds."""

from __future__ import annotations

from collections import Counter

from verifier.judging.answering import answers
from verifier.judging.grading import grade, severity_of
from verifier.model import (
    Condition,
    Finding,
    Grade,
    Level,
    Outcome,
    Question,
    Ruling,
    Run,
    Severity,
    Status,
    Verdict,
    fingerprint,
)

__all__ = ["judge"]

MOST_CONDITIONS = 5
SENTENCES = {
    Ruling.READY: "What we tested holds: an integration can be built on it.",
    Ruling.CONDITIONS: "It can be built on, if the conditions below are met or lived with.",
    Ruling.NOT_READY: "Do not build on it before the points below are mended.",
    Ruling.UNKNOWN: "Too little could be tested for an answer.",
}


def judge(run: Run) -> Verdict:
    """What follows from a run for whoever would depend on the vendor."""
    mark = grade(run)
    ruling = _ruling(run, mark)
    return Verdict(
        ruling=ruling,
        says=SENTENCES[ruling],
        conditions=_conditions(run),
        grade=mark,
        answers=answers(run),
        counts=dict(Counter(outcome.status.value for outcome in run.outcomes)),
    )


def _ruling(run: Run, mark: Grade) -> Ruling:
    failed = [o for o in run.outcomes if o.status is Status.FAIL]
    seen = [o for o in failed if o.requests or o.samples]
    blocked = any(_severity(run, o, f) is Severity.BLOCKER for o in seen for f in o.findings)
    if blocked or any(cap.letter in "FD" for cap in mark.caps):
        return Ruling.NOT_READY
    if mark.letter == "NR":
        return Ruling.UNKNOWN
    doubtful = any(o.status in (Status.WARNING, Status.REVIEW) for o in run.outcomes)
    return Ruling.CONDITIONS if failed or doubtful else Ruling.READY


def _severity(run: Run, outcome: Outcome, finding: Finding) -> Severity:
    return finding.severity or severity_of(run, outcome)


def _conditions(run: Run) -> tuple[Condition, ...]:
    """One sentence a check, the worst first; how many more operations it concerns is added."""
    worst: dict[str, tuple[int, int, Outcome, Finding]] = {}
    reach: Counter[str] = Counter()
    for index, outcome in enumerate(run.outcomes):
        for finding in outcome.findings:
            if finding.level is not Level.FAIL or outcome.status is not Status.FAIL:
                continue
            reach[outcome.check] += 1
            entry = (-_severity(run, outcome, finding), index, outcome, finding)
            if outcome.check not in worst or entry[:2] < worst[outcome.check][:2]:
                worst[outcome.check] = entry
    ranked = sorted(worst.values(), key=lambda entry: entry[:2])[:MOST_CONDITIONS]
    return tuple(
        Condition(
            says=_sentence(finding, reach[outcome.check]),
            fingerprint=fingerprint(outcome.check, finding),
            question=Question(run.cards[outcome.check].question),
        )
        for _, _, outcome, finding in ranked
    )


def _sentence(finding: Finding, reach: int) -> str:
    where = f" ({finding.operation})" if finding.operation else ""
    more = f" And {reach - 1} more of this kind." if reach > 1 else ""
    return f"{finding.says.rstrip('.')}{where}.{more}"
