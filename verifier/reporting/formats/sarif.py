"""SARIF 2.1.0, anchored at lines of the vendor's document, within GitHub's limits."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from verifier.model import CheckCard, Severity, Status
from verifier.reporting.dumping import dumped
from verifier.reporting.text import flat, printable
from verifier.reporting.view import Entry, View

__all__ = ["FILENAME", "NAME", "write"]

NAME = "sarif"
FILENAME = "results.sarif"
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
# GitHub takes 25,000 results of a run and shows 5,000; a file may be 10 MB when compressed.
MOST_RESULTS = 5_000
LONGEST_TEXT = 1_000
MOST_PLACES = 20
LEVELS = {"fail": "error", "warning": "warning", "review": "note", "waived": "note"}
DEFAULTS = {Severity.BLOCKER: "error", Severity.MAJOR: "error"}
PRECISION = {"high": "very-high", "medium": "high", "low": "medium"}
# Shown by GitHub as critical, high, medium and low.
DANGER = {4: "9.3", 3: "7.5", 2: "5.0", 1: "2.0"}


def write(view: View) -> bytes:
    """One run; what is only information or doubted is left to the report."""
    told = [e for e in (*view.entries, *view.notes) if e.level in LEVELS]
    shown = told[:MOST_RESULTS]
    ids = list(dict.fromkeys(entry.check for entry in shown))
    cards = [view.run.cards[id] for id in ids]
    facts = view.run.facts
    run = {
        "tool": {"driver": _driver(cards, view)},
        "automationDetails": {"id": f"verifier/{_text(facts.vendor)}/"},
        "invocations": [_invocation(view, len(told) - len(shown))],
        "results": [_result(entry, ids.index(entry.check), view) for entry in shown],
        "columnKind": "unicodeCodePoints",
    }
    return dumped({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _driver(cards: Iterable[CheckCard], view: View) -> dict[str, Any]:
    return {
        "name": "verifier",
        "semanticVersion": _text(view.run.facts.tool_version) or "0",
        "rules": [_rule(card) for card in cards],
    }


def _rule(card: CheckCard) -> dict[str, Any]:
    title, doc = _text(card.title), printable(card.doc)
    properties: dict[str, Any] = {"tags": ["api", card.question]}
    if card.question == "credentials":
        properties["tags"].append("security")
        properties["security-severity"] = DANGER[card.severity]
    return {
        "id": card.id,
        "name": "".join(part.title() for part in card.id.replace(".", "-").split("-")),
        "shortDescription": {"text": title},
        "fullDescription": {"text": title},
        "help": {"text": doc, "markdown": doc},
        "defaultConfiguration": {"level": DEFAULTS.get(Severity(card.severity), "warning")},
        "properties": properties,
    }


def _result(entry: Entry, index: int, view: View) -> dict[str, Any]:
    made: dict[str, Any] = {
        "ruleId": entry.check,
        "ruleIndex": index,
        "level": LEVELS[entry.level],
        "kind": "review" if entry.level == "review" else "fail",
        "message": {"text": _message(entry)},
        "locations": [_location(entry, view)],
        # GitHub knows a finding again by this one alone, which is to end with a number.
        "partialFingerprints": {
            "primaryLocationLineHash": f"{entry.fingerprint}:1",
            "verifier/v1": entry.fingerprint,
        },
        "properties": {
            "severity": entry.severity,
            "precision": PRECISION[entry.confidence],
            "evidence": list(entry.evidence[:MOST_PLACES]),
        },
    }
    if view.known:
        made["baselineState"] = "unchanged" if view.is_known(entry) else "new"
    if made["kind"] == "review":
        made["level"] = "none"  # SARIF 2.1.0, 3.27.10: any other kind than fail
    if entry.level == "waived":
        made["suppressions"] = [{"kind": "external", "status": "accepted"}]
    return made


def _message(entry: Entry) -> str:
    parts = [entry.says]
    operations = entry.operations
    if operations:
        more = len(operations) - 1
        parts.append(f"Seen at {operations[0]}" + (f" and {more} more." if more else "."))
    parts += [f"Ask: {entry.ask}"] if entry.ask else []
    return _text(" ".join(parts)) or entry.check


def _location(entry: Entry, view: View) -> dict[str, Any]:
    made: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": _artifact(entry.file or view.run.facts.document),
            "region": {"startLine": max(1, entry.line)},
        }
    }
    names = entry.operations[:MOST_PLACES]
    if names:
        made["logicalLocations"] = [{"fullyQualifiedName": _text(n) or "?"} for n in names]
    return made


def _artifact(file: str) -> dict[str, Any]:
    """A file of the repository, one elsewhere, or an address."""
    path = _text(file).replace("\\", "/")
    if "://" in path:
        return {"uri": quote(path, safe=":/?#[]@!$&'()*+,;=%")}
    if path.startswith("/"):
        return {"uri": f"file://{quote(path)}"}
    return {"uri": quote(path.removeprefix("./")) or "document", "uriBaseId": "%SRCROOT%"}


def _invocation(view: View, left_out: int) -> dict[str, Any]:
    facts = view.run.facts
    notes = [
        {"level": "error", "message": {"text": _text(f"{o.check} {o.subject}: {o.reason}")}}
        for o in view.outcomes
        if o.status is Status.ERRORED
    ]
    if left_out:
        text = f"{left_out} more findings of less weight are in results.json."
        notes.append({"level": "note", "message": {"text": text}})
    made: dict[str, Any] = {
        "executionSuccessful": not view.run.unfinished,
        "startTimeUtc": _utc(facts.started),
        "toolExecutionNotifications": notes[:1_000],
    }
    if facts.finished:
        made["endTimeUtc"] = _utc(facts.finished)
    return made


def _utc(seconds: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def _text(text: str) -> str:
    return flat(text, LONGEST_TEXT)
