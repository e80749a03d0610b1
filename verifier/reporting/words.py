"""Every sentence of the report that is not a finding's own, in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["ENGLISH", "SHAPES", "Words"]

SHAPES = {
    "pass": "✓",
    "fail": "✗",
    "warning": "△",
    "review": "◇",
    "inconclusive": "?",
    "not tested": "○",
    "not applicable": "–",
    "waived": "□",
    "errored": "!",
    "yes": "✓",
    "no": "✗",
    "partly": "△",
    "unknown": "○",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A language's words."""

    modes: Mapping[str, str]
    conditions: Mapping[str, str]
    why: Mapping[str, str]
    glossary: Mapping[str, str]


ENGLISH = Words(
    modes={
        "desk": "A desk evaluation: only the document was read, and nothing was asked.",
        "mock": "A mock made from the document was asked, not the vendor.",
        "live": "The vendor's own API was asked.",
    },
    conditions={
        "Ready": "Conditions",
        "Ready with conditions": "The conditions",
        "Not ready": "What stands against it",
        "Not enough evidence": "What was found so far",
    },
    why={
        "contract": "An integration is written against the documentation. Where the two differ, it "
        "breaks on the day the rare case comes.",
        "reach": "Two systems stay in step by asking for what changed, or by being told. Without "
        "either, everything is read every time.",
        "credentials": "A key is as dangerous as what it opens. The smallest one that works is the "
        "one to hold.",
        "meaning": "Connecting is the easy half. Names, dates, amounts and statuses that mean "
        "something else on the other side cause the expensive surprises.",
        "failure": "A glitch is tried again, a mistake is mended. Who cannot tell them apart does "
        "the wrong one.",
        "duplicates": "Answers get lost on the way. If asking again can charge again, it will.",
        "limits": "Limits are met on the busiest day. Whoever is told beforehand slows down; "
        "whoever is not stops.",
        "change": "Every API changes. The question is whether the warning comes before it does.",
        "operations": "Integrations fail quietly. Somebody has to notice, and be able to say which "
        "call it was.",
        "ownership": "Whoever holds the code, the configuration and the keys decides whether you "
        "can leave.",
        "topology": "Two systems want a direct link; ten want a hub. The turning point is sooner "
        "than one thinks.",
        "integration": "A sound vendor does not save a careless integration.",
    },
    glossary={
        "proven": "Tested, with the evidence shown here.",
        "failed": "Tested, and found wanting.",
        "unproven": "Nobody tested it, or could. Never a pass.",
        "declared": "The vendor says so, in its document or in writing; not tested.",
        "contradicted": "The vendor says so, and the evidence says otherwise.",
        "inconclusive": "It could not be told apart from noise; the reason is given.",
        "not tested": "Something was missing; what to supply is listed.",
        "blocker, major, minor, note": "How bad it is for whoever depends on the vendor.",
        "high, medium, low": "How sure we are.",
        "idempotency key": "A text that a client sends with a request, so that the same request "
        "sent twice has one effect.",
        "principal": "A credential that we hold, with the rights that it has.",
    },
)
