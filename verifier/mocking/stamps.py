"""Times that the vendor sets: which members they are, and in which form they are told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from verifier.mocking.english import word_set, words
from verifier.mocking.kinds.schemas import node_of, types
from verifier.model import Schema
from verifier.validating import Direction, validator

__all__ = ["is_change", "is_stamp", "moment", "stamp"]

MADE = word_set(
    """
    created createdat createdon createdate datecreated creationdate createtime createdtime
    creationtime createddate createddatetime createddateutc
    """
)
MOVED = word_set(
    """
    updated updatedat updatedon dateupdated lastupdated lastupdatedat updatetime
    updatedtime updateddate updateddateutc updateddatetime modified modifiedat modifiedon
    datemodified lastmodified lastmodifiedat modifiedtime lastmodifiedtime modifieddate
    changedat lastchanged
    """
)
# As ASP.NET writes times into JSON (Xero): milliseconds since the epoch.
MILLISECONDS = re.compile(r"/Date\((?P<since>-?\d{1,15})(?P<zone>\+0000)?\)/")


def is_stamp(name: str) -> bool:
    """Whether a member says when its thing was made or changed."""
    plain = "".join(words(name))
    return plain in MADE or plain in MOVED


def is_change(name: str) -> bool:
    """Whether a member says when its thing was last changed."""
    return "".join(words(name)) in MOVED


def stamp(schema: Schema, now: float) -> Any:
    """
    A time in the form that a member has; None where no form fits.

    Args:
        now: Seconds since the epoch.
    """
    judge = validator(schema, Direction.RESPONSE)
    return next((told for told in _forms(schema, now) if judge.accepts(told)), None)


def _forms(schema: Schema, now: float) -> Iterator[Any]:
    when = datetime.fromtimestamp(now, UTC)
    named = types(schema)
    example = str(node_of(schema).get("example", ""))
    if named & {"integer", "number"}:
        milliseconds = example.isdigit() and len(example) >= 13
        yield int(now * 1000) if milliseconds else int(now)
    if node_of(schema).get("format") == "date":
        yield when.date().isoformat()
    if "2822" in str(node_of(schema).get("format")) or "," in example[:5]:
        # Twilio and others: the form of e-mail (RFC 2822).
        yield format_datetime(when)
    if (told := MILLISECONDS.fullmatch(example)) is not None:
        yield f"/Date({int(now * 1000)}{told['zone'] or ''})/"
    yield when.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    yield when.strftime("%Y-%m-%dT%H:%M:%SZ")
    yield str(int(now))
    yield when.date().isoformat()


def moment(value: Any) -> datetime | None:
    """The time that a text or a number of seconds means; None where it means none."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        seconds = value / 1000 if value > 1e11 else value
        try:
            return datetime.fromtimestamp(seconds, UTC)
        except (OverflowError, OSError, ValueError):
            return None
    if isinstance(value, str) and (told := MILLISECONDS.fullmatch(value)) is not None:
        return moment(int(told["since"]) / 1000)
    try:
        found = datetime.fromisoformat(str(value).upper().replace("Z", "+00:00"))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
