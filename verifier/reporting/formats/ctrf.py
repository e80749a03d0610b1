"""CTRF: the Common Test Report Format, for dashboards that read it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from verifier.model import Outcome, Status
from verifier.reporting.dumping import dumped
from verifier.reporting.text import flat
from verifier.reporting.view import View

__all__ = ["FILENAME", "NAME", "write"]

NAME = "ctrf"
FILENAME = "ctrf.json"
SPEC = "1.0.0"
LONGEST_TEXT = 1_000
STATUSES = {
    Status.PASS: "passed",
    Status.WARNING: "passed",
    Status.WAIVED: "passed",
    Status.FAIL: "failed",
    Status.ERRORED: "other",
    Status.REVIEW: "other",
    Status.INCONCLUSIVE: "other",
    Status.NOT_TESTED: "other",
    Status.NOT_APPLICABLE: "skipped",
}


def write(view: View) -> bytes:
    """A test for each check and subject; ``rawStatus`` is our own word for its outcome."""
    facts = view.run.facts
    counts = Counter(STATUSES[outcome.status] for outcome in view.outcomes)
    results = {
        "tool": {"name": "verifier", "version": _text(facts.tool_version)},
        "summary": {
            "tests": len(view.outcomes),
            **{name: counts[name] for name in ("passed", "failed", "skipped", "pending", "other")},
            "start": int(facts.started * 1000),
            "stop": int((facts.finished or facts.started) * 1000),
        },
        "tests": [_test(outcome, view) for outcome in view.outcomes],
    }
    data = {
        "reportFormat": "CTRF",
        "specVersion": SPEC,
        "generatedBy": "verifier",
        "runId": _text(facts.id) or "run",
        "results": results,
    }
    return dumped(data)


def _test(outcome: Outcome, view: View) -> dict[str, Any]:
    subject = _text(outcome.subject)
    made: dict[str, Any] = {
        "testId": f"{outcome.check} [{subject or 'vendor'}]",
        "name": f"{outcome.check} [{subject or 'vendor'}]",
        "status": STATUSES[outcome.status],
        "rawStatus": outcome.status.value,
        "duration": 0,
        "suite": [view.run.cards[outcome.check].question, subject or "vendor"],
        "filePath": _text(view.run.facts.document),
    }
    says = " ".join(finding.says for finding in outcome.findings) or outcome.reason
    if says:
        made["message"] = _text(says)
    return made


def _text(text: str) -> str:
    return flat(text, LONGEST_TEXT)
