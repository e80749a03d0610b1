"""Single values as text: numbers, booleans and null as JSON writes them."""

from __future__ import annotations

import json
from typing import Any

import orjson

__all__ = ["json_bytes", "json_text", "text"]


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
