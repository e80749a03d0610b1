"""
What is deprecated says so in its answers, in the standard's form.

Why it matters
    Nobody reads a document again once the integration runs. A header in the answers themselves
    reaches the program that depends on them, years later, on the day on which it matters.

How it asks
    It looks at every successful answer to the requests drawn for an operation: those of a
    deprecated one should say it, those of others should not, and what is said must be a date.

Limits
    A standard header is not required: its absence is a warning. Other vendors' dialects count
    (Warning 299, X-API-Warn ...). An operation that is not called deprecated in the document, but
    says that it is, is a warning too: one of the two is behind.
"""

from __future__ import annotations

from verifier.checks.ending import AGED, Aged, said, served
from verifier.model import (
    Effect,
    Finding,
    Findings,
    Level,
    Milestone,
    Observation,
    Operation,
    Question,
    Severity,
    Signal,
    Validity,
    check,
)


def _may_be_judged(operation: Operation) -> str:
    return "" if operation.responses else "its document describes no answer"


@check(
    question=Question.CHANGE,
    severity=Severity.MINOR,
    effect=Effect.READ,
    source="RFC 9745, 2.1 (Deprecation is a structured date)",
    catches=("deprecation-unsigned", "deprecation-as-boolean"),
    inputs=(Validity.VALID,),
    applies=_may_be_judged,
)
def deprecation_signalled(seen: Observation) -> Findings | None:
    if not served(seen):
        return None
    signals = said(seen.exchange)
    flawed = [s for s in signals if s.flaw]
    if flawed:
        return (_malformed(seen, flawed[0]),)
    deprecated = seen.operation.deprecated
    announced = any(s.milestone is Milestone.DEPRECATED for s in signals)
    if deprecated and not signals:
        says = "It is deprecated in the document, and its answers do not say so."
        return (_finding(seen, says, "deprecation-unsigned", "Deprecation: @…", "none"),)
    if announced and not deprecated:
        says = "Its answers say that it is deprecated; the document does not."
        told = next(s.said or "deprecated" for s in signals)
        return (_finding(seen, says, "deprecated-by-header-only", "one word from both", told),)
    return ()


def _malformed(seen: Observation, signal: Signal) -> Finding:
    return _finding(
        seen,
        f"What it says of its end is not in the standard's form: {signal.flaw}.",
        "deprecation-malformed",
        "Deprecation: @1688169599, Sunset: an HTTP date",
        signal.said,
        Level.FAIL,
    )


def _finding(
    seen: Observation,
    says: str,
    signature: str,
    expected: str,
    shown: str,
    level: Level = Level.WARNING,
) -> Finding:
    return Finding(
        says=says,
        signature=signature,
        operation=seen.operation.key,
        at=seen.operation.at,
        evidence=(seen.exchange.id,),
        expected=expected,
        seen=shown,
        level=level,
        ask="Send Deprecation (a date, RFC 9745) and Sunset (RFC 8594) with every answer of what "
        "is deprecated.",
        build="Watch the document for 'deprecated', for the answers cannot be relied on.",
    )


deprecation_signalled.healthy(Aged, document=AGED)


@deprecation_signalled.broken(document=AGED)
class Quiet(Aged):
    """Says it in a newsletter."""

    since = until = links = ""


@deprecation_signalled.broken(document=AGED)
class Early(Aged):
    """Follows a draft of the standard."""

    since = "true"


deprecation_signalled.broken(Aged)
