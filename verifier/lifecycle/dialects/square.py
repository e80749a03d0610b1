"""
Square: ``x-deprecation`` with ``deprecationDate``, ``retirementDate``, ``replacedBy`` ...

Often an empty object, and ``TBD`` for a day. ``x-release-status: DEPRECATED`` says only the fact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from verifier.lifecycle.signs import Examples, deprecated, ends
from verifier.model import Signal

__all__ = ["EXAMPLES", "extensions"]

OPEN = ("tbd", "tba", "")


def extensions(marks: Mapping[str, Any]) -> Iterator[Signal]:
    """Both days, what comes after it, and where that is told."""
    inner = marks.get("x-deprecation")
    if isinstance(inner, Mapping):
        more = {"successor": inner.get("replacedBy"), "link": inner.get("guideUrl")}
        yield deprecated(inner.get("deprecationDate"), **more)
        day = inner.get("retirementDate")
        if day and str(day).lower() not in OPEN:
            yield ends(day, **more)
    elif str(marks.get("x-release-status", "")).upper() in ("DEPRECATED", "RETIRED"):
        yield deprecated(said=f"x-release-status: {marks['x-release-status']}")


EXAMPLES: Examples = (
    ("extensions", {"x-deprecation": {}}, [("deprecated", None)]),
    (
        "extensions",
        {"x-deprecation": {"deprecationDate": "2020-08-26", "retirementDate": "TBD"}},
        [("deprecated", "2020-08-26")],
    ),
    (
        "extensions",
        {"x-deprecation": {"deprecationDate": "2025-05-21", "retirementDate": "2026-05-21"}},
        [("deprecated", "2025-05-21"), ("ends", "2026-05-21")],
    ),
    ("extensions", {"x-release-status": "DEPRECATED"}, [("deprecated", None)]),
    ("extensions", {"x-release-status": "BETA"}, []),
)
