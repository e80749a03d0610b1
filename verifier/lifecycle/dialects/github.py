"""GitHub: ``x-github`` with ``deprecationDate`` and ``removalDate``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from verifier.lifecycle.signs import Examples, deprecated, ends
from verifier.model import Signal

__all__ = ["EXAMPLES", "extensions"]


def extensions(marks: Mapping[str, Any]) -> Iterator[Signal]:
    """Both days, where they are given."""
    inner = marks.get("x-github")
    if isinstance(inner, Mapping):
        if inner.get("deprecationDate"):
            yield deprecated(inner["deprecationDate"])
        if inner.get("removalDate"):
            yield ends(inner["removalDate"])


EXAMPLES: Examples = (
    (
        "extensions",
        {"x-github": {"deprecationDate": "2026-05-22", "removalDate": "2026-08-28"}},
        [("deprecated", "2026-05-22"), ("ends", "2026-08-28")],
    ),
    ("extensions", {"x-github": {"category": "classroom"}}, []),
)
