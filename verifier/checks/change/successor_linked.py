"""
What is deprecated leads to what comes after it, or to a page that explains it.

Why it matters
    "Deprecated" alone is bad news without a way on. A link in the answer leads whoever meets it,
    or the program itself, to the successor or to the notice.

How it asks
    It looks at the Link header (deprecation, sunset, successor-version, latest-version) of every
    successful answer of what the document calls deprecated.

Limits
    The link is a habit, not a rule: its absence is information. Where the document itself names a
    successor that is not repeated here.
"""

from __future__ import annotations

from verifier.checks.ending import AGED, Aged, said, served
from verifier.model import (
    Effect,
    Finding,
    Findings,
    Level,
    Observation,
    Operation,
    Question,
    Severity,
    Validity,
    check,
)


def _is_deprecated(operation: Operation) -> str:
    return "" if operation.deprecated else "it is not deprecated"


@check(
    question=Question.CHANGE,
    severity=Severity.NOTE,
    effect=Effect.READ,
    source="RFC 9745, 3; RFC 8594, 6; RFC 5829, 3",
    catches="deprecation-unsigned",
    inputs=(Validity.VALID,),
    applies=_is_deprecated,
)
def successor_linked(seen: Observation) -> Findings | None:
    if not served(seen):
        return None
    if any(s.link or s.successor for s in said(seen.exchange)):
        return ()
    return (
        Finding(
            says="It is deprecated, and its answers lead to no successor and to no notice.",
            signature="no-successor-link",
            operation=seen.operation.key,
            at=seen.operation.at,
            evidence=(seen.exchange.id,),
            expected='Link: <…>; rel="successor-version" (or deprecation, sunset)',
            seen="none",
            level=Level.INFORMATION,
            ask="What comes after it, and where is that written?",
            build="Note the successor beside our own code that calls this.",
        ),
    )


successor_linked.healthy(Aged, document=AGED)


@successor_linked.broken(document=AGED)
class Unlinked(Aged):
    """Names its end, and no way on."""

    links = ""
