"""
Speakeasy, as Codat uses it: ``x-speakeasy-deprecation-message`` and ``-replacement``.

Snyk says it likewise: ``x-snyk-deprecated-by``, ``x-snyk-deprecated-on``,
``x-snyk-sunset-eligible``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from verifier.lifecycle.signs import Examples, deprecated, ends
from verifier.model import Signal

__all__ = ["EXAMPLES", "extensions"]


def extensions(marks: Mapping[str, Any]) -> Iterator[Signal]:
    """The words, the day, and what comes after it."""
    message = marks.get("x-speakeasy-deprecation-message")
    replacement = marks.get("x-speakeasy-deprecation-replacement")
    if message or replacement:
        yield deprecated(said=message, successor=replacement)
    on, by = marks.get("x-snyk-deprecated-on"), marks.get("x-snyk-deprecated-by")
    if on or by:
        yield deprecated(on, successor=by)
    if marks.get("x-snyk-sunset-eligible"):
        yield ends(marks["x-snyk-sunset-eligible"], successor=by)


EXAMPLES: Examples = (
    ("extensions", {"x-speakeasy-deprecation-message": "Use B."}, [("deprecated", None)]),
    (
        "extensions",
        {"x-snyk-deprecated-by": "2024-01-04", "x-snyk-sunset-eligible": "2027-07-01"},
        [("deprecated", None), ("ends", "2027-07-01")],
    ),
    ("extensions", {"x-speakeasy-retries": {}}, []),
)
