"""Adyen: ``x-deprecatedInVersion`` and ``x-deprecatedMessage``; a version, never a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from verifier.lifecycle.signs import Examples, deprecated
from verifier.model import Signal

__all__ = ["EXAMPLES", "extensions"]


def extensions(marks: Mapping[str, Any]) -> Iterator[Signal]:
    """The fact, since which version, and the vendor's words."""
    version = marks.get("x-deprecatedInVersion")
    message = marks.get("x-deprecatedMessage")
    if version or message:
        since = f"since version {version}" if version else ""
        yield deprecated(said=" ".join(str(part) for part in (message, since) if part))


EXAMPLES: Examples = (
    (
        "extensions",
        {"x-deprecatedInVersion": "67", "x-deprecatedMessage": "Use `x` instead."},
        [("deprecated", None)],
    ),
    ("extensions", {"x-addedInVersion": "67"}, []),
)
