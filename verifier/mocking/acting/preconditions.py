"""What a request makes a condition of (RFC 9110, 13)."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

from verifier.mocking.asked import Asked
from verifier.mocking.refusal import Refusal
from verifier.mocking.stamps import moment
from verifier.mocking.state import Row

__all__ = ["has_it", "stale"]


def stale(asked: Asked, row: Row) -> Refusal | None:
    """Why a thing is not written: it is another than the asker thinks (13.1.1, 13.1.4)."""
    wanted = asked.incoming.header("if-match")
    if wanted is not None:
        # Strong comparison: a weak validator never matches (8.8.3.2).
        listed = {tag.strip() for tag in wanted.split(",")}
        if "*" not in listed and row.etag not in listed:
            return Refusal(status=412, code="stale", says="It was changed meanwhile.")
        return None
    since = asked.incoming.header("if-unmodified-since")
    limit = http_date(since) if since is not None else None
    if limit is not None and int(row.changed) > limit:
        return Refusal(status=412, code="stale", says="It was changed meanwhile.")
    return None


def has_it(asked: Asked, row: Row) -> bool:
    """Whether the asker has a thing already (13.1.2, 13.1.3)."""
    known = asked.incoming.header("if-none-match")
    if known is not None:
        # Weak comparison: the mark of weakness is ignored.
        listed = {tag.strip().removeprefix("W/") for tag in known.split(",")}
        return "*" in listed or row.etag in listed
    since = asked.incoming.header("if-modified-since")
    limit = http_date(since) if since is not None else None
    return limit is not None and int(row.changed) <= limit


def http_date(text: str) -> float | None:
    """Seconds since the epoch of a date in a header; None where it is none."""
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, TypeError):
        found = moment(text)
        return found.timestamp() if found is not None else None
