"""JUnit XML: a test case for each check and subject, for whatever reads test results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree as Xml

from verifier.model import Level, Outcome, Status, fingerprint
from verifier.reporting.text import bounded, flat, printable
from verifier.reporting.view import View

__all__ = ["FILENAME", "NAME", "write"]

NAME = "junit"
FILENAME = "junit.xml"
# GitLab reads 30 MB: ten thousand failures of that length, with room for their names.
LONGEST_TEXT = 2_000
LONGEST_NAME = 300
MOST_REPLAYED = 1_000
# A person or another run must decide; what is waived or warned about has passed, with a note.
SKIPPED = {Status.NOT_TESTED, Status.NOT_APPLICABLE, Status.INCONCLUSIVE}


def write(view: View) -> bytes:
    """The test suites, one a question; every name is unique, since GitLab drops doubles."""
    root = Xml.Element("testsuites", name="verifier")
    by_question: dict[str, list[Outcome]] = {}
    for outcome in view.outcomes:
        by_question.setdefault(view.run.cards[outcome.check].question, []).append(outcome)
    cases = _Cases(view)
    for question, outcomes in by_question.items():
        suite = Xml.SubElement(root, "testsuite", name=_flat(f"{view.run.facts.vendor}.{question}"))
        kinds = Counter(_kind(outcome, view) for outcome in outcomes)
        suite.set("tests", str(len(outcomes)))
        suite.set("failures", str(kinds["failure"]))
        suite.set("errors", str(kinds["error"]))
        suite.set("skipped", str(kinds["skipped"]))
        for outcome in outcomes:
            cases.add(suite, question, outcome)
    body: bytes = Xml.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body


def _kind(outcome: Outcome, view: View) -> str:
    """The element that says how it ended; empty where it passed."""
    if outcome.status is Status.FAIL:
        return "skipped" if _is_known(outcome, view) else "failure"
    if outcome.status is Status.ERRORED:
        return "error"
    return "skipped" if outcome.status in SKIPPED else ""


def _is_known(outcome: Outcome, view: View) -> bool:
    """Whether all that it failed for is in the baseline."""
    failed = [finding for finding in outcome.findings if finding.level is Level.FAIL]
    return bool(failed) and all(fingerprint(outcome.check, f) in view.known for f in failed)


class _Cases:
    """Writes test cases, and knows which names are taken."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._file = _flat(view.run.facts.document)
        self._taken: Counter[tuple[str, str]] = Counter()
        self._replayed = 0

    def add(self, suite: Xml.Element, question: str, outcome: Outcome) -> None:
        """One outcome."""
        subject = _flat(outcome.subject or "vendor")
        name, group = f"{outcome.check} [{subject}]", f"{question}.{subject}"
        self._taken[name, group] += 1
        count = self._taken[name, group]
        case = Xml.SubElement(suite, "testcase", name=name if count == 1 else f"{name} ({count})")
        case.set("classname", group)
        case.set("file", self._file)
        kind = _kind(outcome, self._view)
        if kind == "failure":
            first = outcome.findings[0].says if outcome.findings else ""
            Xml.SubElement(case, "failure", message=_flat(first)).text = self._text(outcome)
        elif kind == "error":
            Xml.SubElement(case, "error", message=_flat(outcome.reason))
        elif kind == "skipped":
            Xml.SubElement(case, "skipped", message=_flat(_why(outcome)))
        elif outcome.findings:
            out = Xml.SubElement(case, "system-out")
            out.text = f"{outcome.status.value}\n{self._text(outcome)}"

    def _text(self, outcome: Outcome) -> str:
        return bounded(printable("\n\n".join(self._parts(outcome))), LONGEST_TEXT)

    def _parts(self, outcome: Outcome) -> Iterator[str]:
        for finding in outcome.findings:
            yield f"{finding.says}\nexpected: {finding.expected}\nseen: {finding.seen}"
            if finding.evidence and self._replayed < MOST_REPLAYED:
                proof = self._view.proof(finding.evidence[0])
                self._replayed += 1
                yield proof.command if proof else ""


def _why(outcome: Outcome) -> str:
    """Why a case is skipped."""
    if outcome.status is Status.FAIL:
        return f"known, in the baseline: {outcome.findings[0].says}"
    supply = f"; supply {outcome.supply}" if outcome.supply else ""
    return f"{outcome.status.value}: {outcome.reason}{supply}"


def _flat(text: str) -> str:
    return flat(text, LONGEST_NAME)
