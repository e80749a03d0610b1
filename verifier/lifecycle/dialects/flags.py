"""
``x-sunset`` and its relatives without a vendor: the plain names that documents use for a day.

oasdiff reads ``x-sunset``; Datadog writes it, and ``x-deprecated``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from verifier.lifecycle.signs import Examples, deprecated, ends
from verifier.model import Signal

__all__ = ["EXAMPLES", "extensions"]

ENDS = ("x-sunset", "x-sunset-date", "x-removal-date", "x-removed-on", "x-eol", "x-end-of-life")
GIVEN_UP = ("x-deprecated", "x-deprecated-on", "x-deprecation-date", "x-deprecated-since")


def extensions(marks: Mapping[str, Any]) -> Iterator[Signal]:
    """The days that stand beside an operation, a parameter or a schema."""
    successor = marks.get("x-replaced-by") or marks.get("x-replacement") or marks.get("x-successor")
    for name in GIVEN_UP:
        if marks.get(name):
            yield deprecated(None if marks[name] is True else marks[name], successor=successor)
    for name in ENDS:
        if marks.get(name):
            yield ends(marks[name], successor=successor)


EXAMPLES: Examples = (
    ("extensions", {"x-sunset": "2027-02-20"}, [("ends", "2027-02-20")]),
    ("extensions", {"x-deprecated": True}, [("deprecated", None)]),
    ("extensions", {"x-sunset": "when it is done"}, [("ends", None)]),
    ("extensions", {"x-internal": True}, []),
)
