"""Single values as text: numbers, booleans and null as JSON writes them, whatever their size."""

from __future__ import annotations

import json
import re
from typing import Any

import orjson

__all__ = ["json_bytes", "json_text", "json_value", "text"]

# From 19 digits on a number may be beyond 64 bits, where orjson makes a float of it.
_LONG = re.compile(rb"[0-9]{19}")


def text(value: Any) -> str:
    """A value as it stands in a parameter: strings bare, everything else as JSON writes it."""
    return value if isinstance(value, str) else json_text(value)


def json_text(value: Any) -> str:
    """A value as compact JSON text."""
    return json_bytes(value).decode()


def json_bytes(value: Any) -> bytes:
    """A value as compact JSON; numbers beyond 64 bits and lone surrogates are written too."""
    try:
        return orjson.dumps(value)
    except (TypeError, RecursionError):
        # Only what orjson refuses comes here: huge integers, lone surrogates (then escaped).
        return json.dumps(value, separators=(",", ":")).encode()


def json_value(text: str | bytes) -> Any:
    """
    The value of a JSON text; integers beyond 64 bits keep every digit.

    Raises:
        ValueError: It is not JSON, or a number in it has thousands of digits.
    """
    value = orjson.loads(text)
    if len(text) > 18 and _LONG.search(text if isinstance(text, bytes) else text.encode()):
        return json.loads(text)
    return value
