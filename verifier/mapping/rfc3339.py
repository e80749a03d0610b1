"""Times as RFC 3339 writes them, strictly."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from verifier.mapping.trouble import Invalid

__all__ = ["read_rfc3339", "write_rfc3339"]

FORM = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]([0-9]{2}):[0-9]{2}:[0-9]{2}(\.[0-9]+)?"
    r"([Zz]|[+-][0-9]{2}:[0-9]{2})?"
)


def read_rfc3339(text: str) -> datetime:
    """
    The time of a text (5.6); without an offset it has no zone yet. Digits beyond microseconds go.

    Raises:
        Invalid: It is written otherwise, or names a time that no calendar or clock has.
    """
    found = FORM.fullmatch(text)
    if found is None or found[1] == "24":
        raise Invalid("is no time as RFC 3339 writes one")
    fraction = found[2]
    if fraction and len(fraction) > 7:
        text = text.replace(fraction, fraction[:7])
    try:
        return datetime.fromisoformat(text.upper())
    except ValueError:
        raise Invalid("is no time of the calendar") from None


def write_rfc3339(time: datetime) -> str:
    """The text of a time that has an offset; Z for UTC."""
    text = time.isoformat()
    return f"{text[:-6]}Z" if time.tzinfo is UTC else text
