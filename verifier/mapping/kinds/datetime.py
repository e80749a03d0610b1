"""
A time: ``{kind: datetime, format: "%d/%m/%Y %H:%M", zone: Europe/Paris, gap: shift}``.

Without a format it is written as RFC 3339 does, with an offset. ``epoch: s``, ``ms`` or ``us``
counts from 1970 in a number. A time without an offset needs a ``zone``; there are hours that no
clock shows (``gap: shift`` moves them on by as much as the clock was put forward) and hours that it
shows twice (``overlap: first`` or ``second``): both are invalid unless it is said what to do.
24:00 and a 60th second are invalid.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any

from verifier.loading.declaration import Choice, Member, Number
from verifier.mapping.date_formats import DATE_TIME_FORMAT, date_form
from verifier.mapping.kinds.kind import Peer, ValueKind, Way
from verifier.mapping.nouns import Meaning
from verifier.mapping.rfc3339 import read_rfc3339, write_rfc3339
from verifier.mapping.shapes import Facts
from verifier.mapping.trouble import Invalid
from verifier.mapping.zones import ZONE, zone_of

__all__ = ["KIND"]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
UNITS = {"s": 1_000_000, "ms": 1000, "us": 1}
TICK = timedelta(microseconds=1)


def _parse(meaning: Meaning, facts: Facts, peer: Peer) -> Way:
    given = meaning.given
    if "epoch" in given:
        return _from_epoch(UNITS[given["epoch"]])
    read = _reader(given)
    zone = zone_of(given["zone"]) if "zone" in given else None
    settle = _settler(given, zone)

    def way(value: Any, run: Any) -> datetime:
        if not isinstance(value, str):
            raise Invalid("is no text")
        found = read(value)
        try:
            return settle(found) if found.tzinfo is None else _checked(found)
        except OverflowError:
            raise Invalid("lies outside of the years 1 to 9999") from None

    return way


def _reader(given: Mapping[str, Any]) -> Callable[[str], datetime]:
    if "format" not in given:
        return read_rfc3339
    form = date_form(given["format"], given.get("pivot", 69))

    def read(text: str) -> datetime:
        try:
            return form.time(text)
        except ValueError:
            raise Invalid("is no time of the calendar") from None

    return read


def _settler(given: Mapping[str, Any], zone: tzinfo | None) -> Callable[[datetime], datetime]:
    """Puts a time without an offset into its zone."""
    gap, overlap = given.get("gap", "reject"), given.get("overlap", "reject")

    def settle(local: datetime) -> datetime:
        if zone is None:
            raise Invalid("has no offset, and no zone says where it is that time")
        first, second = local.replace(tzinfo=zone), local.replace(tzinfo=zone, fold=1)
        before, after = first.utcoffset(), second.utcoffset()
        if before == after:
            return _checked(first)
        if before is not None and after is not None and before < after:
            if gap == "reject":
                raise Invalid("is an hour that no clock shows there")
            return first.astimezone(UTC).astimezone(zone)
        if overlap == "reject":
            raise Invalid("is an hour that the clock shows twice there")
        return first if overlap == "first" else second

    return settle


def _checked(found: datetime) -> datetime:
    """The same, where it is a time in UTC, too; OverflowError where it is not."""
    if not 1 < found.year < 9999:
        found.astimezone(UTC)
    return found


def _from_epoch(unit: int) -> Way:
    def way(value: Any, run: Any) -> datetime:
        if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
            raise Invalid("is no number")
        try:
            return EPOCH + timedelta(microseconds=int(value * unit))
        except (OverflowError, ValueError):
            raise Invalid("is a count beyond the year 9999: in another unit, perhaps") from None

    return way


def _write(meaning: Meaning, facts: Facts, peer: Peer) -> Way:
    given = meaning.given
    if "epoch" in given:
        unit = UNITS[given["epoch"]]
        return lambda value, run: (value - EPOCH) // TICK // unit
    zone: tzinfo = zone_of(given["zone"]) if "zone" in given else UTC
    write = date_form(given["format"]).write if "format" in given else write_rfc3339

    def way(value: datetime, run: Any) -> str:
        try:
            return write(value.astimezone(zone))
        except OverflowError:
            raise Invalid("lies outside of the years 1 to 9999 there") from None

    return way


KIND = ValueKind(
    typed="datetime",
    members={
        "format": Member(kind=DATE_TIME_FORMAT, says="How it is written; RFC 3339 if left out."),
        "pivot": Member(
            kind=Number(least=0, whole=True),
            says="First two-digit year of the last century; 69 if left out.",
        ),
        "epoch": Member(kind=Choice(tuple(UNITS)), says="A count since 1970, in this unit."),
        "zone": Member(kind=ZONE, says="Where the clock hangs, for times without an offset."),
        "gap": Member(kind=Choice(("shift", "reject")), says="Hours that are skipped in spring."),
        "overlap": Member(
            kind=Choice(("first", "second", "reject")), says="Hours that come twice in autumn."
        ),
    },
    parse=_parse,
    write=_write,
    types=lambda given: ("integer", "number") if "epoch" in given else ("string",),
    normal=True,
)
