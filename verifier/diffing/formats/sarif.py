"""SARIF 2.1.0, for code scanning: one result a change, at its line in the later document."""

from __future__ import annotations

from typing import Any

from verifier.diffing.comparison import registry
from verifier.diffing.printing import as_json
from verifier.diffing.telling import Telling
from verifier.model import Change, Impact, Place

__all__ = ["NAME", "write"]

NAME = "sarif"
LEVELS = {Impact.BREAKING: "error", Impact.WARNING: "warning", Impact.INFO: "note"}
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MOST_RESULTS = 5000  # code scanning takes no more of one run


def write(telling: Telling) -> bytes:
    """The log; what is waived is suppressed with its reason."""
    changes = telling.comparison.changes[:MOST_RESULTS]
    used = sorted({change.rule for change in changes})
    notes = [
        {"level": "error" if doubt.fatal else "warning", "message": {"text": doubt.says}}
        for doubt in telling.comparison.doubts
    ]
    run = {
        "tool": {"driver": {"name": "verifier", "rules": [_rule(name) for name in used]}},
        "invocations": [
            {
                "executionSuccessful": telling.comparison.conclusive,
                "toolExecutionNotifications": notes,
            }
        ],
        "columnKind": "unicodeCodePoints",
        "results": [_result(telling, change, used.index(change.rule)) for change in changes],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return as_json(log)


def _rule(name: str) -> dict[str, Any]:
    known = registry().get(name)
    says = known[1].says if known else name
    return {"id": name, "shortDescription": {"text": says}, "name": _camel(name)}


def _camel(name: str) -> str:
    words = name.replace(".", "-").replace("_", "-").split("-")
    return "".join(word.capitalize() for word in words)


def _result(telling: Telling, change: Change, index: int) -> dict[str, Any]:
    old, new = telling.places(change)
    found: dict[str, Any] = {
        "ruleId": change.rule,
        "ruleIndex": index,
        "level": LEVELS[change.severity],
        "message": {"text": _clean(f"{change.says} Because {change.reason}.")},
        "partialFingerprints": {"verifierChange/v1": change.fingerprint},
        "locations": [_location(place) for place in (new or old,) if place],
        "relatedLocations": [
            {**_location(place), "id": 1, "message": {"text": "as it was before"}}
            for place in (old if new else None,)
            if place
        ],
        "properties": {
            "reach": change.reach,
            "operations": [_clean(key) for key in change.operations],
            "direction": change.direction.value,
            "confidence": change.confidence.name.lower(),
        },
    }
    if change.waived:
        suppression = {"kind": "external", "justification": _clean(change.waived)}
        found["suppressions"] = [suppression]
    return found


def _location(place: Place) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(place.file)}}
    if place.line:
        physical["region"] = {"startLine": place.line, "startColumn": max(place.column, 1)}
    return {
        "physicalLocation": physical,
        "logicalLocations": [{"fullyQualifiedName": _clean(place.pointer or "/")}],
    }


def _uri(file: str) -> str:
    from urllib.parse import quote  # start-up time

    return file if "://" in file else quote(file)


def _clean(text: str) -> str:
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
