"""JUnit XML, for whatever reads test results."""

from __future__ import annotations

import re
from collections import defaultdict
from xml.etree import ElementTree as Xml

from verifier.model import Outcome, Status
from verifier.reporting.view import View

__all__ = ["FILENAME", "NAME", "write"]

NAME = "junit"
FILENAME = "junit.xml"
# What XML 1.0 cannot hold (2.2).
ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
FAILED = frozenset({Status.FAIL})
SKIPPED = frozenset(
    {
        Status.NOT_TESTED,
        Status.NOT_APPLICABLE,
        Status.INCONCLUSIVE,
        Status.REVIEW,
        Status.WAIVED,
    }
)


def write(view: View) -> bytes:
    """One test case for each check and subject; names are unique."""
    root = Xml.Element("testsuites", name="verifier")
    by_question: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in view.run.outcomes:
        by_question[view.run.cards[outcome.check].question].append(outcome)
    replay = _replays(view)
    for question, outcomes in by_question.items():
        suite = Xml.SubElement(
            root,
            "testsuite",
            name=f"{view.run.facts.vendor}.{question}",
            tests=str(len(outcomes)),
            failures=str(sum(o.status in FAILED for o in outcomes)),
            errors=str(sum(o.status is Status.ERRORED for o in outcomes)),
            skipped=str(sum(o.status in SKIPPED for o in outcomes)),
        )
        for outcome in outcomes:
            _case(suite, question, outcome, view, replay)
    body: bytes = Xml.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body


def _replays(view: View) -> dict[str, str]:
    """Exchange id to the command that sends it again, for the evidence that is shown."""
    return {exchange.id: command for entry in view.entries for exchange, command in entry.exchanges}


def _case(
    suite: Xml.Element, question: str, outcome: Outcome, view: View, replay: dict[str, str]
) -> None:
    subject = outcome.subject or "vendor"
    case = Xml.SubElement(
        suite,
        "testcase",
        name=_legal(f"{outcome.check} [{subject}]"),
        classname=_legal(f"{question}.{subject}"),
        file=_legal(view.run.facts.document),
    )
    if outcome.status in FAILED:
        says = [finding.says for finding in outcome.findings]
        failure = Xml.SubElement(case, "failure", message=_legal(says[0] if says else ""))
        failure.text = _legal(_text(outcome, replay))
    elif outcome.status is Status.ERRORED:
        Xml.SubElement(case, "error", message=_legal(outcome.reason))
    elif outcome.status in SKIPPED:
        reason = outcome.reason or outcome.status.value
        supply = f"; supply {outcome.supply}" if outcome.supply else ""
        Xml.SubElement(case, "skipped", message=_legal(f"{outcome.status.value}: {reason}{supply}"))


def _text(outcome: Outcome, replay: dict[str, str]) -> str:
    parts = []
    for finding in outcome.findings:
        parts.append(f"{finding.says}\nexpected: {finding.expected}\nseen: {finding.seen}")
        parts += [replay[id] for id in finding.evidence[:1] if id in replay]
    return "\n\n".join(parts)


def _legal(text: str) -> str:
    return ILLEGAL.sub("\ufffd", text)
