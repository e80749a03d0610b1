"""
``Deprecation`` (RFC 9745) and its drafts.

The standard form is a structured date, ``@1688169599``; the future is allowed. Older drafts had
``true``, ``1``, ``?1``, ``version="v1"``, an HTTP date, or a bare number of seconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from verifier.lifecycle.dates import day_of
from verifier.lifecycle.signs import Examples, deprecated
from verifier.model import Signal

__all__ = ["EXAMPLES", "headers"]

BARE = ("true", "1", "?1")
STANDARD = re.compile(r"@-?\d+")
LONGEST = 200
WANTED = "RFC 9745 wants a date such as @1688169599"


def headers(found: Mapping[str, list[str]]) -> Iterator[Signal]:
    """The day, or only the fact; what is no standard form is read all the same, and said so."""
    for value in found.get("deprecation", ()):
        written = value.strip()
        plain = written.partition(";")[0].strip(' "').lower()
        dates = STANDARD.findall(written[:LONGEST]) if written.startswith("@") else []
        if dates:
            several = len(dates) > 1
            for date in dates:
                yield deprecated(date, flaw="RFC 9745 wants one date" if several else "")
        elif written.lower().startswith("version="):
            day = written.lower().partition("date=")[2]
            yield deprecated(day or None, said=written, flaw=WANTED)
        elif plain in BARE:
            yield deprecated(day_of(written), said=written, flaw=WANTED)
        elif plain not in ("false", "0", "?0", ""):
            yield deprecated(written, flaw=WANTED if day_of(written) is not None else "")


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
    ("headers", {"deprecation": ["@1704067200;by=x"]}, [("deprecated", "2024-01-01")]),
    (
        "headers",
        {"deprecation": ["@1704067200, @1688169599"]},
        [("deprecated", "2024-01-01"), ("deprecated", "2023-06-30")],
    ),
    (
        "headers",
        {"deprecation": ['version="2020-01-01", date="Sun, 11 Nov 2018 23:59:59 GMT"']},
        [("deprecated", "2018-11-11")],
    ),
    ("headers", {"deprecation": ["?1;x", '"true"']}, [("deprecated", None)] * 2),
    ("headers", {"deprecation": ["false", '"false"', "?0;x", "0"]}, []),
    ("headers", {"deprecation": ["soon"]}, [("deprecated", None)]),
)
