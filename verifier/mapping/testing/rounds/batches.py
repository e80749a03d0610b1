"""The fifth round, for contracts that match records: which is which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.mapping.edges import Hand
from verifier.mapping.executing import Decision, Matcher
from verifier.mapping.testing.asking import Answer, Ask, How
from verifier.mapping.testing.case import Case
from verifier.mapping.testing.examination import Examination
from verifier.mapping.testing.violation import Violation

__all__ = ["ask_about_batches"]


def ask_about_batches(exam: Examination) -> None:
    """Ask what is to be done with every batch of the edge cases, in two orders."""
    if exam.court.mapping.contract.match is None:
        return
    matcher = Matcher(exam.court.executor)
    for applied in exam.applied:
        for hand in applied.hands:
            for turned in (False, True):
                _ask(exam, matcher, _turned(hand) if turned else hand, applied.edge.number)
                if "match" in exam.unable:
                    exam.not_exercised.append(
                        "which record is which: the implementation does not offer 'match'"
                    )
                    return


def _turned(hand: Hand) -> Hand:
    return hand._replace(
        records=list(reversed(hand.records)), candidates=list(reversed(hand.candidates))
    )


def _ask(exam: Examination, matcher: Matcher, hand: Hand, edge: int) -> None:
    decisions = matcher.decide(hand.records, hand.candidates, hand.links)
    ask = Ask(op="match", records=hand.records, candidates=hand.candidates, links=hand.links)
    answer = exam.ask(ask, "batches")
    if answer.how is How.UNABLE:
        return
    record = {"records": hand.records, "candidates": hand.candidates, "links": hand.links}
    case = Case(record=record, phase="batches", says=hand.says, edge=edge)
    exam.note(_judged(answer, decisions, exam), case)


def _judged(answer: Answer, decisions: tuple[Decision, ...], exam: Examination) -> list[Violation]:
    if answer.how is not How.MAPPED or not isinstance(answer.value, list):
        name = answer.names[0] if answer.names else answer.how.value
        return [_violation("T", f"crashed: {name}", "decisions", f"{name}: {answer.says}")]
    if len(answer.value) != len(decisions):
        counts = (f"{len(decisions)} decisions", f"{len(answer.value)} decisions")
        return [_violation("B", "another count", *counts)]
    found = []
    for expected, actual in zip(decisions, answer.value, strict=True):
        if not _agree(expected, actual):
            kind = f"{expected.action}, not {actual.get('action')}"
            found.append(_violation("B", kind, _shown(expected), actual))
    return found


def _agree(expected: Decision, actual: Mapping[str, Any]) -> bool:
    if actual.get("action") != expected.action:
        return False
    return expected.action != "update" or actual.get("target") == expected.target


def _shown(decision: Decision) -> dict[str, Any]:
    shown = {"action": decision.action, "because": decision.because}
    return {**shown, "target": decision.target} if decision.action == "update" else shown


def _violation(oracle: str, kind: str, expected: Any, actual: Any) -> Violation:
    return Violation(
        oracle=oracle,
        path="match",
        kind=kind,
        says=f"of which record is which: {kind}",
        expected=expected,
        actual=actual,
    )
