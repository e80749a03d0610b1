"""What a single value looks like."""

from __future__ import annotations

import re
from typing import Any

__all__ = ["code_of", "format_of", "kind_of"]

CODE = re.compile(r"(?!.*\d{5})[A-Za-z][A-Za-z0-9]*(?:[ _./:+-][A-Za-z0-9]+)*")
LONGEST_CODE = 40
LONGEST_TEXT = 200
DAY = r"\d{4}-\d{2}-\d{2}"
FORMATS = {
    "date-time": re.compile(DAY + r"[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:?\d{2})"),
    "local date-time": re.compile(DAY + r"[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?"),
    "date": re.compile(DAY),
    "uuid": re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
    "address": re.compile(r"https?://\S+"),
    "email": re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    "number": re.compile(r"-?\d+(?:\.\d+)?"),
}


def kind_of(value: Any) -> str:
    """The JSON type of a value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        whole = isinstance(value, int) or value.is_integer()
        return "integer" if whole else "number"
    names: dict[type, str] = {str: "string", list: "array", dict: "object"}
    return names.get(type(value), "string")


def code_of(text: str) -> str:
    """The text where it may be one of a few codes; empty where it is a sentence, an id or a key."""
    return text if len(text) <= LONGEST_CODE and CODE.fullmatch(text) else ""


def format_of(text: str) -> str:
    """What a text is written as, by its looks; ``text`` for anything else."""
    if len(text) > LONGEST_TEXT:
        return "text"
    return next((name for name, form in FORMATS.items() if form.fullmatch(text)), "text")
