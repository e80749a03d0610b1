"""
``Deprecation`` (RFC 9745) and its drafts.

The standard form is a structured date, ``@1688169599``; the future is allowed. Older drafts had
``true``, ``1``, ``?1``, ``version="v1"``, an HTTP date, or a bare number of seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from verifier.lifecycle.dates import day_of
from verifier.lifecycle.signs import Examples, deprecated
from verifier.model import Signal

__all__ = ["EXAMPLES", "headers"]

BARE = ("true", "1", "?1")
STANDARD = "@"


def headers(found: Mapping[str, list[str]]) -> Iterator[Signal]:
    """The day, or only the fact; what is no standard form is read all the same, and said so."""
    for value in found.get("deprecation", ()):
        written = value.strip()
        if written.lower() in BARE or written.lower().startswith("version="):
            yield deprecated(said=written, flaw="RFC 9745 wants a date such as @1688169599")
        elif written.lower() not in ("false", "0", "?0", ""):
            odd = not written.startswith(STANDARD) and day_of(written) is not None
            flaw = "RFC 9745 wants a date such as @1688169599" if odd else ""
            yield deprecated(written, flaw=flaw)


EXAMPLES: Examples = (
    ("headers", {"deprecation": ["@1688169599"]}, [("deprecated", "2023-06-30")]),
    ("headers", {"deprecation": ["true"]}, [("deprecated", None)]),
    ("headers", {"deprecation": ['version="v1"']}, [("deprecated", None)]),
    (
        "headers",
        {"deprecation": ["Sun, 11 Nov 2018 23:59:59 GMT"]},
        [("deprecated", "2018-11-11")],
    ),
    ("headers", {"deprecation": ["1704067200"]}, [("deprecated", "2024-01-01")]),
    ("headers", {"deprecation": ["false"]}, []),
    ("headers", {"deprecation": ["soon"]}, [("deprecated", None)]),
)
