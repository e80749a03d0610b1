"""Text of a document made harmless for whoever shows it."""

from __future__ import annotations

import json
from typing import Any

import orjson

__all__ = ["as_json", "printable"]

# Control characters, and marks that turn the text round.
UNPRINTABLE = {
    **dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160)), "�"),
    **{code: f"⟨U+{code:04X}⟩" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))},
}


def printable(text: str) -> str:
    """The text without what writes over a terminal or turns a line round."""
    return text.translate(UNPRINTABLE)


def as_json(value: Any) -> bytes:
    """
    JSON of whatever a document or a witness holds, indented, with a line's end.

    orjson takes integers of 64 bits and whole surrogate pairs only; few documents hold others.
    """
    try:
        return orjson.dumps(value, option=orjson.OPT_INDENT_2, default=str) + b"\n"
    except TypeError:
        text = json.dumps(value, indent=2, ensure_ascii=False, default=str)
        return text.encode("utf-8", "replace") + b"\n"
