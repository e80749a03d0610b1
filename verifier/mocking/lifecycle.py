"""What answers say of an operation that will go (RFC 9745, RFC 8594, RFC 5829)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from verifier.mocking.stamps import moment
from verifier.model import Headers, Operation

__all__ = ["signals"]

SINCE = re.compile(r"deprecat", re.IGNORECASE)
UNTIL = re.compile(r"sunset|removal|remove|end-?of-?life|eol|shutdown", re.IGNORECASE)
INSTEAD = re.compile(r"successor|replace|alternative|use-?instead", re.IGNORECASE)
# RFC 9745 wants a date; where the document has none, it has been so for long.
LONG_AGO = 1704067200


def signals(operation: Operation) -> Headers:
    """``Deprecation``, ``Sunset`` and ``Link`` of what the document marks; none of the rest."""
    since, until = _date(operation, SINCE), _date(operation, UNTIL)
    if not operation.deprecated and since is None:
        return ()
    began = int(since.timestamp()) if since is not None else LONG_AGO
    found = [("Deprecation", f"@{began}")]
    # A sunset is never earlier than the deprecation (RFC 9745, 4).
    if until is not None and until.timestamp() >= began:
        found.append(("Sunset", format_datetime(until, usegmt=True)))
    found += [("Link", f"<{link}>; {rel}") for link, rel in _links(operation)]
    return tuple(found)


def _date(operation: Operation, wanted: re.Pattern[str]) -> datetime | None:
    for name, value in _marks(operation.extensions, 0):
        if wanted.search(name) and not isinstance(value, bool):
            found = moment(value)
            if found is not None:
                return found
    return None


def _links(operation: Operation) -> Iterator[tuple[str, str]]:
    for name, value in _marks(operation.extensions, 0):
        if isinstance(value, str) and value.startswith(("/", "http")) and INSTEAD.search(name):
            yield value, 'rel="successor-version"'
        elif isinstance(value, str) and value.startswith("http") and SINCE.search(name):
            yield value, 'rel="deprecation"'


def _marks(value: Any, depth: int) -> Iterator[tuple[str, Any]]:
    """Extensions, and what stands in them one level down."""
    if not hasattr(value, "items") or depth > 1:
        return
    for name, held in value.items():
        if hasattr(held, "items"):
            yield from ((f"{name}/{inner}", one) for inner, one in _marks(held, depth + 1))
        else:
            yield str(name), held
