"""
States of a lifecycle in a word: Okta, DocuSign, Amadeus, SAP, OpenAI, stability levels.

    x-okta-lifecycle        {"lifecycle": "DEPRECATED"}
    x-ds-api-status         "deprecated"
    x-status                "deprecated"
    x-sap-stateInfo         {"state": ..., "deprecationDate": ..., "decommissionedDate": ...}
    x-stability-level, x-stability, x-lifecycle
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from verifier.lifecycle.signs import Examples, deprecated, ends
from verifier.model import Signal

__all__ = ["EXAMPLES", "LEVELS", "extensions", "stability"]

NAMES = (
    "x-stability-level",
    "x-stability",
    "x-lifecycle",
    "x-ds-api-status",
    "x-status",
    "x-state",
)
OVER = ("deprecated", "decommissioned", "retired", "sunset", "legacy")
# From the least that is promised to the most.
LEVELS = ("draft", "experimental", "alpha", "preview", "beta", "ga", "stable", "public")
SAP = ("x-sap-stateInfo", "x-sap-state-info", "stateInfo")


def extensions(marks: Mapping[str, Any]) -> Iterator[Signal]:
    """A state that says it is over, and the days beside it."""
    for name in SAP:
        inner = marks.get(name)
        if isinstance(inner, Mapping):
            yield from _sap(inner)
    state = _state(marks)
    if state in OVER:
        yield deprecated(said=state)


def _sap(inner: Mapping[str, Any]) -> Iterator[Signal]:
    successors = inner.get("successors")
    successor = successors[0] if isinstance(successors, list) and successors else ""
    if inner.get("deprecationDate") or str(inner.get("state", "")).lower() in OVER:
        yield deprecated(inner.get("deprecationDate"), successor=successor, link=inner.get("link"))
    day = inner.get("sunsetDate") or inner.get("decommissionedDate")
    if day:
        yield ends(day, successor=successor)


def _state(marks: Mapping[str, Any]) -> str:
    okta = marks.get("x-okta-lifecycle")
    if isinstance(okta, Mapping):
        return str(okta.get("lifecycle", "")).lower()
    return next(
        (str(marks[name]).lower() for name in NAMES if isinstance(marks.get(name), str)), ""
    )


def stability(marks: Mapping[str, Any]) -> int | None:
    """How much is promised, as an index of LEVELS; None where nothing is said."""
    if marks.get("x-oai-beta"):
        return LEVELS.index("beta")
    state = _state(marks) or str(marks.get("x-release-status", "")).lower()
    return LEVELS.index(state) if state in LEVELS else None


EXAMPLES: Examples = (
    ("extensions", {"x-okta-lifecycle": {"lifecycle": "DEPRECATED"}}, [("deprecated", None)]),
    ("extensions", {"x-okta-lifecycle": {"lifecycle": "GA"}}, []),
    ("extensions", {"x-ds-api-status": "deprecated"}, [("deprecated", None)]),
    (
        "extensions",
        {
            "x-sap-stateInfo": {
                "state": "Deprecated",
                "deprecationDate": "2026-01-01",
                "decommissionedDate": "2027-01-01",
            }
        },
        [("deprecated", "2026-01-01"), ("ends", "2027-01-01")],
    ),
    ("extensions", {"x-stability-level": "stable"}, []),
)
