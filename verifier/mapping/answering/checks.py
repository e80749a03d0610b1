"""A mapping contract as checks: is it decided, who has agreed to its losses, is it carried out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from verifier.errors import VerifierError
from verifier.mapping.analysis import analyse
from verifier.mapping.answering.findings import of_analysis, of_losses, of_test
from verifier.mapping.answering.pictures import correspondence, edge_cases, losses
from verifier.mapping.opening import OpenMapping
from verifier.mapping.testing import Options, TestReport, examine
from verifier.mapping.testing.implementation import implementation_of
from verifier.model import (
    Check,
    Effect,
    Finding,
    Findings,
    Flow,
    Level,
    Missing,
    Picture,
    Question,
    Severity,
    Subject,
    shown,
)

__all__ = ["checks_of"]

PLAIN = re.compile(r"[^A-Za-z0-9_-]+")
WHY = (
    "Connecting is the easy half. A status, an amount or a date that means something else on the"
    " other side is noticed by a customer, weeks later."
)


def checks_of(mapping: OpenMapping, *, test: bool, seed: int = 0) -> Iterator[Check]:
    """
    The checks of a contract; none asks the vendor anything.

    Args:
        test: Whether the implementation that the contract names is run.
    """
    yield _check(mapping, "decided", "every field is decided, and nothing contradicts", _decided)
    yield _check(mapping, "losses", "somebody has agreed to every loss", _losses)
    yield _implemented(mapping, test=test, seed=seed)


def _check(
    mapping: OpenMapping, aspect: str, title: str, flow: Callable[[OpenMapping], Findings]
) -> Check:
    name = mapping.contract.title or mapping.contract.id
    whole = f"{name}: {title}"
    return Check(
        id=f"mapping.{PLAIN.sub('-', mapping.contract.id)}.{aspect}",
        title=whole,
        doc=f"{whole}.\n\nWhy it matters\n{WHY}\n\nHow it asks\n{HOW[aspect]}\n\n"
        f"Limits\n{LIMITS[aspect]}",
        question=Question.MEANING,
        severity=Severity.MINOR,
        effect=Effect.NONE,
        source=str(mapping.contract.place),
        flow=lambda vendor: _guarded(mapping, flow),
        subject=Subject.VENDOR,
        wants_vendor=False,
    )


def _guarded(mapping: OpenMapping, flow: Callable[[OpenMapping], Findings]) -> Flow:
    """The findings; where a library is not installed that the contract needs, what to install."""
    try:
        found = tuple(flow(mapping))
    except VerifierError as error:
        yield Missing(reason=error.says, supply=error.mend)
        return ()
    return found


HOW = {
    "decided": "It does not: it holds the contract against the two documents that it names.",
    "losses": "It does not: it lists what the contract loses, and who has signed it.",
    "implemented": "It runs the implementation that the contract names on made-up and real records,"
    " and compares with what the contract makes of them.",
}
LIMITS = {
    "decided": "That a contract is whole does not make it true: only somebody who knows both"
    " systems can say that.",
    "losses": "It knows the name that was written down, and not whether that person was asked.",
    "implemented": "A field that no record reaches is not exercised, and nothing is proved of it.",
}


def _decided(mapping: OpenMapping) -> Findings:
    analysis = analyse(mapping)
    effort = analysis.effort
    open_still = effort.undecided_target + effort.undecided_source + effort.undecided_rules
    counts = f"{effort.written} of {effort.target_fields}"
    says = f"{counts} fields that {mapping.target.title} takes are written"
    points = "1 point is open" if open_still == 1 else f"{open_still} points are open"
    yield _picture(
        correspondence(mapping, analysis),
        f"{mapping.source.title} and {mapping.target.title}: {says}; {points}.",
        "correspondence",
    )
    cases = edge_cases(mapping)
    if cases is not None and not mapping.contract.verify.implementation:
        yield _picture(cases, "Which edge cases of the catalogue this mapping has.", "edges")
    yield from of_analysis(mapping, analysis)


def _losses(mapping: OpenMapping) -> Findings:
    found = losses(mapping)
    if found.rows:
        yield _picture(found, "What is lost by design, and who has agreed to it.", "losses")
    yield from of_losses(found)


def _picture(picture: Picture, says: str, signature: str) -> Finding:
    return Finding(says=says, signature=signature, level=Level.INFORMATION, detail=shown(picture))


def _implemented(mapping: OpenMapping, *, test: bool, seed: int) -> Check:
    made = _check(mapping, "implemented", "an implementation does what it says", lambda one: ())
    made.flow = lambda vendor: _tested(mapping, test=test, seed=seed)
    return made


def _tested(mapping: OpenMapping, *, test: bool, seed: int) -> Flow:
    if not mapping.contract.verify.implementation:
        reason = "the mapping contract names no implementation"
        yield Missing(reason=reason, supply="verify: implementation in the mapping contract")
    if not test:
        reason = "the implementation that a mapping contract names is only run when asked for"
        yield Missing(reason=reason, supply="--test-mappings")
    try:
        with implementation_of(mapping) as (door, words):
            report = examine(mapping, door, implementation=words, options=Options(seed=seed))
    except VerifierError as error:
        yield Missing(reason=error.says, supply="")
        return ()
    return (*_shown_of(mapping, report), *of_test(mapping, report))


def _shown_of(mapping: OpenMapping, report: TestReport) -> Iterator[Finding]:
    asked = sum(report.asked.values())
    kinds = len(report.found)
    found = {0: "no fault was", 1: "one kind of fault was"}.get(
        kinds, f"{kinds} kinds of fault were"
    )
    words = f"{report.implementation} was asked {asked:,} times, and {found} found"
    cases = edge_cases(mapping, report.edges)
    if cases is not None:
        yield _picture(cases, f"{words}.", "edges")
    if report.not_exercised:
        gaps = "; ".join(report.not_exercised[:5])
        yield Finding(
            says=f"Not exercised: {gaps}.", signature="not-exercised", level=Level.INFORMATION
        )
