"""
A day: ``{kind: date, format: "%d/%m/%Y", zone: Europe/Paris}``.

Without a format it is written as ISO 8601 does (2027-03-28). ``serial: 1900`` is a spreadsheet's
count of days (Windows; ``1904`` on old Macs), written in a number. ``zone`` says where it is that
day, and is needed where a time becomes a day. ``pivot`` is the first two-digit year of the last
century.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from verifier.loading.declaration import Choice, Member, Number
from verifier.mapping.date_formats import DATE_FORMAT, date_form, day_of
from verifier.mapping.kinds.kind import Peer, ValueKind, Way
from verifier.mapping.nouns import Meaning
from verifier.mapping.shapes import Facts
from verifier.mapping.trouble import Invalid
from verifier.mapping.zones import ZONE

__all__ = ["ISO", "KIND"]

ISO = "%Y-%m-%d"
# Day 1 of Windows is 1 January 1900, and it counts a 29 February 1900 that never was.
BEGINNINGS = {"1900": date(1899, 12, 30), "1904": date(1904, 1, 1)}


def _parse(meaning: Meaning, facts: Facts, peer: Peer) -> Way:
    if "serial" in meaning.given:
        return _from_serial(BEGINNINGS[meaning.given["serial"]])
    form = date_form(meaning.given.get("format", ISO), meaning.given.get("pivot", 69))

    def way(value: Any, run: Any) -> date:
        if not isinstance(value, str):
            raise Invalid("is no text")
        return day_of(form.read(value))

    return way


def _from_serial(beginning: date) -> Way:
    def way(value: Any, run: Any) -> date:
        if isinstance(value, bool) or not isinstance(value, (int, Decimal)) or value != int(value):
            raise Invalid("is no whole number of days")
        try:
            return beginning + timedelta(days=int(value))
        except OverflowError:
            raise Invalid("is a number of days beyond the calendar") from None

    return way


def _write(meaning: Meaning, facts: Facts, peer: Peer) -> Way:
    if "serial" in meaning.given:
        beginning = BEGINNINGS[meaning.given["serial"]]
        return lambda value, run: (value - beginning).days
    if "format" not in meaning.given:
        return lambda value, run: value.isoformat()
    form = date_form(meaning.given["format"])
    return lambda value, run: form.write(value)


KIND = ValueKind(
    typed="date",
    members={
        "format": Member(kind=DATE_FORMAT, says="How it is written; ISO 8601 if left out."),
        "pivot": Member(
            kind=Number(least=0, whole=True),
            says="First two-digit year of the last century; 69 if left out.",
        ),
        "serial": Member(kind=Choice(("1900", "1904")), says="A spreadsheet's count of days."),
        "zone": Member(kind=ZONE, says="Where it is that day, for what comes from a time."),
    },
    parse=_parse,
    write=_write,
    types=lambda given: ("integer", "number") if "serial" in given else ("string",),
)
