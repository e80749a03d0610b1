"""How much an outcome counts, and what of a run counts at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from verifier.judging.method import method
from verifier.model import Finding, Level, Outcome, Run, Severity, Status

__all__ = [
    "critical",
    "evident",
    "failures",
    "is_narrowed",
    "is_tested",
    "observed",
    "severity_of",
    "warnings",
    "weight_of",
]


def severity_of(run: Run, outcome: Outcome) -> Severity:
    """How bad the outcome's check says that a failure is."""
    card = run.cards.get(outcome.check)
    return Severity(card.severity) if card else Severity.MINOR


def weight_of(run: Run, outcome: Outcome, finding: Finding) -> Severity:
    """How bad a finding is: its own severity, else its check's."""
    return finding.severity or severity_of(run, outcome)


def critical(run: Run, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """Those of checks whose failure is a blocker or major."""
    heavy = {card.id for card in run.cards.values() if card.severity >= Severity.MAJOR}
    return (outcome for outcome in outcomes if outcome.check in heavy)


def is_tested(outcome: Outcome) -> bool:
    """Whether it says anything about the vendor."""
    return outcome.status in method().worth


def evident(outcome: Outcome) -> bool:
    """Whether there was something to see, whatever came of it: what is waived was seen, too."""
    return is_tested(outcome) or outcome.status is Status.WAIVED


def observed(outcome: Outcome) -> bool:
    """Whether it rests on answers, and not on the document alone."""
    return bool(outcome.requests or outcome.samples)


def failures(outcome: Outcome) -> tuple[Finding, ...]:
    """What a failed outcome failed for; a warning beside it is none."""
    if outcome.status is not Status.FAIL:
        return ()
    return tuple(f for f in outcome.findings if f.level is Level.FAIL) or outcome.findings


def warnings(outcome: Outcome) -> tuple[Finding, ...]:
    """What stays to be borne in mind: of a failed outcome too, but nothing of a doubted one."""
    if not is_tested(outcome):
        return ()
    return tuple(f for f in outcome.findings if f.level in (Level.WARNING, Level.REVIEW))


def is_narrowed(run: Run) -> bool:
    """Whether only some of the checks were asked for."""
    order = run.facts.settings.get("assignment") or {}
    return bool(order.get("questions") or order.get("only"))
