"""What the analysis and a test of an implementation found, as findings of a report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from verifier.mapping.analysis import Analysis, Weight
from verifier.mapping.analysis import Finding as Fault
from verifier.mapping.edges import catalogue
from verifier.mapping.exact_json import dumps
from verifier.mapping.opening import OpenMapping
from verifier.mapping.testing import Found, TestReport
from verifier.model import Finding, Level, Loss, Losses, Severity

__all__ = ["of_analysis", "of_losses", "of_test"]

LEVELS = {Weight.ERROR: Level.FAIL, Weight.WARNING: Level.WARNING, Weight.NOTE: Level.INFORMATION}
LONGEST = 400
MOST_EDGES = 4
# A loss that nobody has signed is told by the check of losses.
ELSEWHERE = ("loss-unsigned",)


def of_analysis(mapping: OpenMapping, analysis: Analysis) -> Iterator[Finding]:
    """A finding for each fault of the contract, with the smallest value that shows it."""
    for fault in analysis.findings:
        if fault.code not in ELSEWHERE:
            yield Finding(
                says=_sentence(fault.says),
                signature=f"{fault.code}:{fault.path}",
                level=Level.REVIEW if fault.code == "undecided" else LEVELS[fault.weight],
                severity=Severity.MAJOR if fault.weight is Weight.ERROR else Severity.MINOR,
                seen=_witness(fault),
                expected=f"{_place(mapping, str(fault.at))} says what becomes of it",
                ask=_asked(mapping, fault),
                build=fault.mend,
            )


def _sentence(text: str) -> str:
    """With a capital letter and an end."""
    return text[:1].upper() + text[1:] + ("" if text.endswith(("?", ".")) else ".")


def _witness(fault: Fault) -> str:
    if fault.witness is None:
        return ""
    return f"{_shown(fault.witness.value)} {fault.witness.becomes}"


def _asked(mapping: OpenMapping, fault: Fault) -> str:
    rules = (rule for rule, _ in mapping.contract.rules())
    rule = next((rule for rule in rules if str(rule.target) == fault.path), None)
    if fault.code != "undecided" or rule is None:
        return ""
    return f"Of {fault.path}: {rule.undecided}"


def of_losses(found: Losses) -> Iterator[Finding]:
    """A finding for each loss that wants somebody's word, and has nobody's."""
    for loss in found.rows:
        if loss.needs_signature and not loss.signed:
            yield _unsigned(loss)


def _unsigned(loss: Loss) -> Finding:
    return Finding(
        says=f"Nobody has agreed to a loss: in {loss.field}, {loss.says}.",
        signature=f"loss-unsigned:{loss.field}:{loss.says}",
        level=Level.REVIEW,
        severity=Severity.MINOR,
        seen=loss.place,
        expected="the name of whoever is entitled to agree",
        ask=f"Who agrees that {loss.says} ({loss.field})?",
        build="Add signed: NAME to the row.",
    )


def of_test(mapping: OpenMapping, report: TestReport) -> Iterator[Finding]:
    """A finding for everything that an implementation does otherwise than its contract."""
    for found in report.found:
        yield Finding(
            says=f"{found.field or 'The record'}: {found.says}.",
            signature=f"{found.field}:{found.kind}",
            severity=Severity.MAJOR,
            expected=f"{_shown(found.example.expected)} ({_place(mapping, str(found.rule))})",
            seen=f"{_shown(found.example.actual)}, for {_shown(found.example.record)}",
            build=_cases(found),
        )
    if report.given_up:
        yield Finding(
            says=f"The test had to be given up: {report.given_up}.",
            signature="given-up",
            severity=Severity.MAJOR,
        )


def _cases(found: Found) -> str:
    titles = [catalogue()[number - 1].title for number in found.edges[:MOST_EDGES]]
    cases = "; ".join(f"{n}: {t}" for n, t in zip(found.edges, titles, strict=False))
    return f"Edge cases that show it: {cases}." if cases else ""


def _place(mapping: OpenMapping, place: str) -> str:
    return place.removeprefix(f"{mapping.folder}/")


def _shown(value: Any) -> str:
    """A value as JSON, cut where it is long."""
    try:
        text = dumps(value).decode("utf-8", "replace")
    except (TypeError, ValueError):
        text = repr(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}... ({len(text)} characters)"
