"""How a system writes its dates and times, as far as examples tell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from verifier.mapping.date_formats import date_form
from verifier.mapping.trouble import Invalid

__all__ = ["Clock", "clock_of", "epoch_of"]

DAYS = (
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%Y/%m/%d",
    "%d/%m/%y",
    "%Y%m%d",
)
TIMES = ("", " %H:%M", " %H:%M:%S", "T%H:%M:%S", "T%H:%M:%S%z", "T%H:%M:%S.%f%z", "T%H:%M")
FORMATS = tuple(f"{day}{time}" for day in DAYS for time in TIMES)
# A count of seconds, milliseconds or microseconds between 2001 and 2099 is one of them only.
EPOCHS = {"s": 1e9, "ms": 1e12, "us": 1e15}
SPAN = 4.1


class Clock(NamedTuple):
    """
    What examples say of a form.

    Args:
        forms: Those that every example has; two and more cannot be told apart.
        examples: How many there were.
    """

    forms: tuple[str, ...]
    examples: int

    @property
    def timed(self) -> bool:
        """Whether it has an hour."""
        return any("%H" in form for form in self.forms)


def clock_of(examples: Iterable[Any]) -> Clock:
    """The forms that all examples have."""
    texts = [value for value in examples if isinstance(value, str)]
    if not texts:
        return Clock((), 0)
    found = tuple(form for form in FORMATS if all(_is(form, text) for text in texts))
    return Clock(found, len(texts))


def _is(form: str, text: str) -> bool:
    try:
        date_form(form).time(text)
    except (Invalid, ValueError, KeyError):
        return False
    return True


def epoch_of(examples: Iterable[Any]) -> str:
    """``s``, ``ms`` or ``us``, where numbers are a time of this century; empty where not."""
    numbers = [float(v) for v in examples if isinstance(v, (int, float)) or _whole(v)]
    for unit, least in EPOCHS.items():
        if numbers and all(least <= number < least * SPAN for number in numbers):
            return unit
    return ""


def _whole(value: Any) -> bool:
    return isinstance(value, str) and value.isascii() and value.isdecimal()
