"""What ends, and when: as the document's marks and the answers' headers say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from verifier.model import ChangeTimeline, Contract, Dated, Exchange

__all__ = ["announced", "declared", "timeline"]

ENDS = re.compile(r"sunset|removal|end-?of-?life|retire", re.IGNORECASE)
EPOCH = re.compile(r"@(\d{1,11})")


def timeline(contract: Contract, seen: Iterable[Dated]) -> ChangeTimeline:
    """What the document and the answers announce, each once."""
    found = dict.fromkeys((*declared(contract), *seen))
    return ChangeTimeline(dates=tuple(found))


def declared(contract: Contract) -> Iterator[Dated]:
    """Dates that the document puts on operations."""
    for convention in contract.conventions:
        marks = convention.detail.get("marks")
        if convention.kind != "deprecation" or not isinstance(marks, Mapping):
            continue
        for operation, named in marks.items():
            for name, value in named.items():
                day = _day(str(value))
                if day is not None:
                    yield _dated(day, ENDS.search(name) is not None, operation)


def announced(exchange: Exchange) -> Iterator[Dated]:
    """Dates in the headers ``Sunset`` (RFC 8594, 3) and ``Deprecation`` (RFC 9745, 2)."""
    response, operation = exchange.response, exchange.request.operation
    if response is None or not operation:
        return
    for name, value in response.headers:
        if name.lower() in ("sunset", "deprecation"):
            day = _day(value)
            if day is not None:
                yield _dated(day, name.lower() == "sunset", operation)


def _dated(day: date, ends: bool, operation: str) -> Dated:
    return Dated(day=day.isoformat(), kind="sunset" if ends else "deprecation", says=operation)


def _day(text: str) -> date | None:
    """The day of an ISO date, of an HTTP date, or of ``@`` and seconds since the epoch."""
    try:
        epoch = EPOCH.match(text)
        if epoch:
            return datetime.fromtimestamp(int(epoch.group(1)), UTC).date()
        return date.fromisoformat(text[:10])
    except (ValueError, OverflowError, OSError):
        pass
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError):
        return None
