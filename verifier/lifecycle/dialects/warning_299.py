"""
``Warning: 299`` (RFC 7234, 5.5), as Salesforce, Ultipro, Kubernetes and others use it.

The text is prose; it counts where it speaks of an end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from verifier.lifecycle.prose import read
from verifier.lifecycle.signs import Examples
from verifier.model import Signal

__all__ = ["EXAMPLES", "headers"]

WARNING = re.compile(r"\b299\s+\S+\s+\"((?:[^\"\\]|\\.)*)\"")
LONGEST, MOST = 8000, 20


def headers(found: Mapping[str, list[str]]) -> Iterator[Signal]:
    """Each warning that speaks of an end."""
    for value in found.get("warning", ()):
        told = WARNING.findall(value[:LONGEST]) or [value]
        for text in told[:MOST]:
            yield from read(text)


EXAMPLES: Examples = (
    (
        "headers",
        {"warning": ['299 - "This API version is deprecated and will be retired by 30 June 2027"']},
        [("deprecated", None), ("ends", "2027-06-30")],
    ),
    (
        "headers",
        {"warning": ['299 - "A is deprecated", 299 - "A will be removed on 2027-01-01"']},
        [("deprecated", None), ("ends", "2027-01-01")],
    ),
    ("headers", {"warning": ['199 - "Response is stale"']}, []),
)
