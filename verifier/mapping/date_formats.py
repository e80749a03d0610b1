"""Dates and times as systems write them, by the directives of ``strftime``; strictly, and fast."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Any, NamedTuple

from verifier.loading.setting import Setting
from verifier.mapping.trouble import Invalid

__all__ = [
    "DATE_FORMAT",
    "DATE_TIME_FORMAT",
    "DateForm",
    "FormatText",
    "date_form",
    "day_of",
]

DIRECTIVES = {
    "%Y": ("year", "([0-9]{4})"),
    "%y": ("short", "([0-9]{2})"),
    "%m": ("month", "([0-9]{2})"),
    "%d": ("day", "([0-9]{2})"),
    "%-m": ("month", "([0-9]{1,2})"),
    "%-d": ("day", "([0-9]{1,2})"),
    "%H": ("hour", "([0-9]{2})"),
    "%M": ("minute", "([0-9]{2})"),
    "%S": ("second", "([0-9]{2})"),
    "%f": ("fraction", "([0-9]{1,9})"),
    "%z": ("offset", r"(Z|[+-][0-9]{2}:?[0-9]{2})"),
}
TOKEN = re.compile(r"%-?[A-Za-z]|[^%]+|%")
SHORT_YEAR_PIVOT = 69
PLAIN = ("year", "month", "day", "hour", "minute", "second")


class DateForm(NamedTuple):
    """
    One way of writing a time.

    Args:
        parts: What its directives stand for, in order.
        read: A text to the parts; Invalid where it is not of the form.
        time: A text to a time, which has no zone where the form has no offset; ValueError where
            the calendar has no such time.
        write: A date or a time to a text.
    """

    parts: tuple[str, ...]
    read: Callable[[str], dict[str, Any]]
    time: Callable[[str], datetime]
    write: Callable[[Any], str]

    @property
    def local(self) -> bool:
        """Whether it leaves out the offset, so that a zone must be declared."""
        return "hour" in self.parts and "offset" not in self.parts


@lru_cache
def date_form(form: str, pivot: int = SHORT_YEAR_PIVOT) -> DateForm:
    """
    The form that a format string describes; it was read with ``FormatText``.

    Args:
        pivot: The first two-digit year that is of the last century.
    """
    names: list[str] = []
    pattern = ""
    for token in TOKEN.findall(form):
        if token in DIRECTIVES:
            name, group = DIRECTIVES[token]
            names.append(name)
            pattern += group
        else:
            pattern += re.escape(token)
    compiled = re.compile(pattern)

    def read(text: str) -> dict[str, Any]:
        found = compiled.fullmatch(text)
        if found is None:
            raise Invalid(f"is not written as {form}")
        return _values(names, found.groups(), pivot)

    if set(names) == set(PLAIN[: len(names)]) and len(names) >= 5:
        time = _plain_time(compiled, [names.index(name) for name in PLAIN[: len(names)]], form)
    else:
        time = lambda text: datetime(**read(text))  # noqa: E731
    return DateForm(tuple(names), read, time, _writer(form))


def _plain_time(
    compiled: re.Pattern[str], order: list[int], form: str
) -> Callable[[str], datetime]:
    """Reads a time of which every part is a plain number: the usual case, at half the cost."""

    def time(text: str) -> datetime:
        found = compiled.fullmatch(text)
        if found is None:
            raise Invalid(f"is not written as {form}")
        texts = found.groups()
        return datetime(*[int(texts[index]) for index in order])  # type: ignore[arg-type]

    return time


def _values(names: list[str], texts: tuple[str, ...], pivot: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, text in zip(names, texts, strict=True):
        if name == "offset":
            found["tzinfo"] = _offset(text)
        elif name == "fraction":
            found["microsecond"] = int(text.ljust(6, "0")[:6])
        elif name == "short":
            year = int(text)
            found["year"] = year + (1900 if year >= pivot else 2000)
        else:
            found[name] = int(text)
    return found


def _offset(text: str) -> tzinfo:
    if text == "Z":
        return UTC
    sign = -1 if text[0] == "-" else 1
    hours, minutes = int(text[1:3]), int(text[-2:])
    if hours > 23 or minutes > 59:
        raise Invalid("has an offset that no place has")
    return timezone(sign * timedelta(hours=hours, minutes=minutes))


def _writer(form: str) -> Callable[[Any], str]:
    tokens = TOKEN.findall(form)
    return lambda value: "".join(_written(token, value) for token in tokens)


def _written(token: str, value: Any) -> str:
    match token:
        case "%Y":
            return f"{value.year:04}"
        case "%y":
            return f"{value.year % 100:02}"
        case "%m" | "%d" | "%H" | "%M" | "%S":
            return f"{getattr(value, DIRECTIVES[token][0]):02}"
        case "%-m" | "%-d":
            return str(getattr(value, DIRECTIVES[token][0]))
        case "%f":
            return f"{value.microsecond:06}"
        case "%z":
            return _zone_text(value)
    return token


def _zone_text(value: datetime) -> str:
    offset = value.utcoffset() or timedelta(0)
    seconds = int(offset.total_seconds())
    sign = "-" if seconds < 0 else "+"
    return f"{sign}{abs(seconds) // 3600:02}:{abs(seconds) // 60 % 60:02}" if seconds else "Z"


class FormatText:
    """
    A kind of value: a format of dates.

    Args:
        times: Whether it must tell the hour, too.
    """

    def __init__(self, *, times: bool) -> None:
        self.times = times

    def read(self, setting: Setting) -> str:
        """The format; ConfigError where a directive is unknown or a date could not be told."""
        form = setting.text("a format such as %d/%m/%Y")
        unknown = [t for t in TOKEN.findall(form) if t[0] == "%" and t not in DIRECTIVES]
        if unknown:
            known = ", ".join(DIRECTIVES)
            setting.refuse(f"'{unknown[0]}' is no directive that we know", f"Known: {known}.")
        parts = {DIRECTIVES[token][0] for token in TOKEN.findall(form) if token in DIRECTIVES}
        needed = {"month", "day"} | ({"hour", "minute"} if self.times else set())
        if not needed <= parts or not parts & {"year", "short"}:
            setting.refuse(f"'{form}' does not tell the whole time", "Such as %Y-%m-%d %H:%M.")
        return form

    def schema(self) -> dict[str, Any]:
        """A text."""
        return {"type": "string", "examples": ["%d/%m/%Y %H:%M" if self.times else "%d/%m/%Y"]}


DATE_FORMAT = FormatText(times=False)
DATE_TIME_FORMAT = FormatText(times=True)


def day_of(values: dict[str, Any]) -> date:
    """The day of the parts that were read; Invalid where the calendar has no such day."""
    try:
        return date(values["year"], values["month"], values["day"])
    except ValueError:
        raise Invalid("is no day of the calendar") from None
