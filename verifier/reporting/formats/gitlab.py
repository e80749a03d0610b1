"""GitLab Code Quality: findings beside the lines of the vendor's document."""

from __future__ import annotations

from typing import Any

from verifier.reporting.dumping import dumped
from verifier.reporting.text import flat
from verifier.reporting.view import Entry, View

__all__ = ["FILENAME", "NAME", "write"]

NAME = "gitlab"
FILENAME = "gl-code-quality-report.json"
MOST = 10_000
LONGEST_TEXT = 500
SEVERITIES = {"blocker": "blocker", "major": "critical", "minor": "major", "note": "minor"}


def write(view: View) -> bytes:
    """What fails by its severity, what warns as minor, what a person must look at as info."""
    return dumped([_issue(entry, view) for entry in view.entries[:MOST]])


def _issue(entry: Entry, view: View) -> dict[str, Any]:
    severity = SEVERITIES[entry.severity]
    if entry.level != "fail":
        severity = "minor" if entry.level == "warning" else "info"
    where = f" ({entry.operations[0]})" if entry.operations else ""
    path = _text(entry.file or view.run.facts.document).removeprefix("./")
    return {
        "description": _text(f"{entry.says}{where}") or entry.check,
        "check_name": entry.check,
        "fingerprint": entry.fingerprint,
        "severity": severity,
        "location": {"path": path or "document", "lines": {"begin": max(1, entry.line)}},
    }


def _text(text: str) -> str:
    return flat(text, LONGEST_TEXT)
