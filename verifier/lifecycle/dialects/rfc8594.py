"""
``Sunset`` (RFC 8594): after that day the resource may vanish at any time.

The standard form is an HTTP date. Met are also UTC for GMT, whole names of weekdays (Microsoft
Graph), ISO 8601, and seconds since the epoch.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from verifier.lifecycle.signs import Examples, ends
from verifier.model import Signal

__all__ = ["EXAMPLES", "headers"]


def headers(found: Mapping[str, list[str]]) -> Iterator[Signal]:
    """The day on which it stops."""
    for value in found.get("sunset", ()):
        if value.strip():
            odd = not value.strip().endswith("GMT")
            yield ends(value, flaw="RFC 8594 wants an HTTP date, in GMT" if odd else "")


EXAMPLES: Examples = (
    ("headers", {"sunset": ["Sat, 31 Dec 2026 23:59:59 GMT"]}, [("ends", "2026-12-31")]),
    ("headers", {"sunset": ["Sun, 30 Jun 2024 23:59:59 UTC"]}, [("ends", "2024-06-30")]),
    ("headers", {"sunset": ["Thursday, 30 June 2022 11:59:59 GMT"]}, [("ends", "2022-06-30")]),
    ("headers", {"sunset": ["2027-03-01"]}, [("ends", "2027-03-01")]),
    ("headers", {"sunset": ["@1798761599"]}, [("ends", "2026-12-31")]),
    ("headers", {"sunset": ["Sun Nov  6 08:49:37 2026"]}, [("ends", "2026-11-06")]),
    ("headers", {"sunset": ["Sunday, 06-Nov-94 08:49:37 GMT"]}, [("ends", None)]),
    ("headers", {"sunset": ["20270301"]}, [("ends", "2027-03-01")]),
    ("headers", {"sunset": ["someday"]}, [("ends", None)]),
    ("headers", {"sunset": [""], "date": ["Sat, 31 Dec 2026 23:59:59 GMT"]}, []),
)
