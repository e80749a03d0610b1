"""Days as vendors write them, in headers, extensions and sentences."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

__all__ = ["day_of", "days_in"]

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ISO = re.compile(r"(\d{4})([-/]?)(\d{2})\2(\d{2})(?:[T ].*)?")
ASCTIME = re.compile(r"[A-Za-z]{3} ([A-Za-z]{3}) {1,2}(\d{1,2}) [\d:]+ (\d{4})")  # RFC 9110, 5.6.7
EPOCH = re.compile(r"@?(\d{9,13})")
# IMF-fixdate and its relatives: any weekday, dashes, UTC for GMT (RFC 9745's own drafts have it).
HTTP = re.compile(r"(?:\w+,\s*)?(\d{1,2})[ -](\w{3})\w*[ -](\d{4}|\d{2})\b.*")
WORDS = re.compile(
    r"\b(?:(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"
    r"|(?P<name>[A-Z][a-z]{2,8})\.? (?P<first>\d{1,2})(?:st|nd|rd|th)?,? (?P<in>\d{4})"
    r"|(?P<d>\d{1,2})(?:st|nd|rd|th)?(?: of)? (?P<m>[A-Z][a-z]{2,8})\.?,? (?P<y>\d{4})"
    r"|(?P<whole>[A-Z][a-z]{2,8}) (?P<of>20\d{2}))\b"
)
EARLIEST, LATEST = 2000, 2100
OLDEST_SHORT = 77


def day_of(text: object) -> datetime.date | None:
    """
    The day that a value means: ISO 8601, an HTTP date, or seconds since the epoch (``@`` or not).

    None where it is none of these, or no day between 2000 and 2100.
    """
    if isinstance(text, bool) or text is None:
        return None
    written = str(text).strip().strip('"')
    iso = ISO.fullmatch(written)
    if iso:
        return _day(iso[1], iso[3], iso[4])
    epoch = EPOCH.fullmatch(written)
    if epoch:
        seconds = int(epoch[1])
        return _from_epoch(seconds // 1000 if seconds > 10**11 else seconds)
    http = HTTP.fullmatch(written)
    if http:
        return _day(_year(http[3]), _month(http[2]), http[1])
    spoken = ASCTIME.fullmatch(written)
    if spoken:
        return _day(spoken[3], _month(spoken[1]), spoken[2])
    return next(days_in(written), None)


def days_in(text: str) -> Iterator[datetime.date]:
    """The days that a sentence names; of a bare month the last, for it ends no earlier."""
    for found in WORDS.finditer(text):
        if found["year"]:
            day = _day(found["year"], found["month"], found["day"])
        elif found["name"]:
            day = _day(found["in"], _month(found["name"]), found["first"])
        elif found["m"]:
            day = _day(found["y"], _month(found["m"]), found["d"])
        else:
            day = _end_of(found["of"], _month(found["whole"]))
        if day is not None:
            yield day


def _year(written: str) -> str:
    """Two digits mean this century, unless that is far ahead (RFC 9110, 5.6.7)."""
    if len(written) == 4:
        return written
    return f"{'19' if int(written) >= OLDEST_SHORT else '20'}{written}"


def _month(name: str) -> int:
    short = name[:3].lower()
    return MONTHS.index(short) + 1 if short in MONTHS else 0


def _day(year: str | int, month: str | int, day: str | int) -> datetime.date | None:
    try:
        found = datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if EARLIEST <= found.year < LATEST else None


def _end_of(year: str, month: int) -> datetime.date | None:
    if not month:
        return None
    after = _day(int(year) + month // 12, month % 12 + 1, 1)
    return after - datetime.timedelta(days=1) if after else None


def _from_epoch(seconds: int) -> datetime.date | None:
    try:
        found = datetime.datetime.fromtimestamp(seconds, datetime.UTC).date()
    except (OverflowError, OSError, ValueError):
        return None
    return found if EARLIEST <= found.year < LATEST else None
