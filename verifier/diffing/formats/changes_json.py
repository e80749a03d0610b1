"""Everything that a comparison found, for machines; the schema is published."""

from __future__ import annotations

from typing import Any

from verifier.diffing.printing import as_json
from verifier.diffing.telling import Telling
from verifier.model import Change, Comparison, Place

__all__ = ["NAME", "VERSION", "write"]

NAME = "json"
VERSION = "1"


def write(telling: Telling) -> bytes:
    """The changes, the worst first, waived ones included and marked."""
    comparison = telling.comparison
    data = {
        "schema_version": VERSION,
        "conclusive": comparison.conclusive,
        "summary": telling.summary,
        "profile": comparison.profile,
        "policy": comparison.policy,
        "old": _edition(comparison, new=False),
        "new": _edition(comparison, new=True),
        "counts": {severity.value: count for severity, count in telling.counts.items()},
        "doubts": [{"says": d.says, "mend": d.mend, "fatal": d.fatal} for d in comparison.doubts],
        "changes": [_change(comparison, change) for change in comparison],
    }
    return as_json(data)


def _edition(comparison: Comparison, *, new: bool) -> dict[str, Any]:
    contract = comparison.new if new else comparison.old
    source = contract.document.source
    return {
        "location": source.location,
        "digest": source.digest,
        "title": contract.title,
        "version": contract.version,
        "openapi": contract.openapi,
        "operations": len(contract.operations),
    }


def _change(comparison: Comparison, change: Change) -> dict[str, Any]:
    old, new = comparison.places(change)
    witness = change.witness
    return {
        "fingerprint": change.fingerprint,
        "rule": change.rule,
        "severity": change.severity.value,
        "reason": change.reason,
        "confidence": change.confidence.name.lower(),
        "says": _clean(change.says),
        "direction": change.direction.value,
        "edit": change.edit.value,
        "area": change.area,
        "movement": change.movement.value,
        "member": _clean(change.member),
        "operations": [_clean(key) for key in change.operations],
        "reach": change.reach,
        "old": _place(old),
        "new": _place(new),
        "verdicts": {name: impact.value for name, impact in change.verdicts.items()},
        "by_vendor": change.by_vendor.value if change.by_vendor else None,
        "touches": change.touches,
        "waived": change.waived,
        "witness": None
        if witness is None
        else {"value": witness.value, "before": witness.before, "after": witness.after},
    }


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {
        "file": place.file,
        "pointer": _clean(place.pointer),
        "line": place.line,
        "column": place.column,
    }


def _clean(text: str) -> str:
    """Half a surrogate pair, as a hostile document may hold, has no UTF-8."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
