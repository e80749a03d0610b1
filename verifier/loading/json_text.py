"""JSON text as data, exactly: big integers stay whole, a key that stands twice is seen."""

from __future__ import annotations

import json
import re
from typing import Any

import orjson

from verifier.errors import DocumentError
from verifier.loading.bounds import DEEPEST_NESTING, MOST_NODES
from verifier.loading.outline import Outline
from verifier.loading.text import check_encoding

__all__ = [
    "check_count",
    "check_depth",
    "json_data",
    "json_outline",
    "lost_a_key",
    "too_deep",
    "whole_integers",
]

TOKEN = re.compile(rb'("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|([\[{])|([\]}])|([^\s\[\]{},:"]+)', re.S)
DIGITS = bytes(ord("0") if i in b"0123456789" else ord(" ") for i in range(256))
LONG_INTEGER = b"0" * 19
BEFORE = frozenset(bytes([byte]) for byte in b" \t\r\n:,[-") | {b""}
AFTER = frozenset(bytes([byte]) for byte in b" \t\r\n,]}") | {b""}


def json_data(raw: bytes, location: str) -> Any:
    """
    The value of a JSON text (RFC 8259), its integers beyond 64 bits as floats.

    Raises:
        DocumentError: It is broken, too deep, or has too many values.
    """
    # A value takes two bytes besides blanks, its comma or bracket being one: mostly that will do.
    if len(raw) - raw.count(b" ") >= 2 * MOST_NODES:
        check_count(raw, location, b",", b"{", b"[")
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        check_encoding(raw, location)
        if "recursion" in error.msg.lower() or "depth" in error.msg.lower():
            raise too_deep(location) from None
        raise DocumentError(
            f"The JSON is broken: {_sentence(error)}",
            where=f"{location}:{error.lineno}:{error.colno}",
            mend=_mend(raw, error),
        ) from None


def whole_integers(raw: bytes, value: Any, location: str) -> Any:
    """
    The value of a JSON text with integers beyond 64 bits whole, of which orjson makes floats.

    Raises:
        DocumentError: It is too deep.
    """
    if not _has_long_integer(raw):
        return value
    try:
        return json.loads(raw)
    except RecursionError:
        raise too_deep(location) from None


def _has_long_integer(raw: bytes) -> bool:
    """Whether an integer of 19 digits or more may stand in the text, outside of other words."""
    digits = raw.translate(DIGITS)
    start = digits.find(LONG_INTEGER)
    while start >= 0:
        end = digits.find(b" ", start)
        end = len(raw) if end < 0 else end
        if raw[max(start - 1, 0) : start] in BEFORE and raw[end : end + 1] in AFTER:
            return True
        start = digits.find(LONG_INTEGER, end)
    return False


def _sentence(error: orjson.JSONDecodeError) -> str:
    return re.sub(r": line \d+ column \d+.*", "", error.msg).strip()


def _mend(raw: bytes, error: orjson.JSONDecodeError) -> str:
    rest = raw.rstrip()
    if "unexpected end" in error.msg or error.pos >= len(rest):
        return "The text ends too early: fetch the document again, it seems to be cut off."
    return "Correct that line, or fetch the document again."


def too_deep(location: str) -> DocumentError:
    """The error for nesting beyond the bound."""
    return DocumentError(
        f"Objects and lists are nested more than {DEEPEST_NESTING} deep",
        where=location,
        mend="No real API needs that; ask the author how the document was made.",
    )


def check_count(raw: bytes, location: str, *marks: bytes) -> None:
    """
    Refuse, before anything is built, what would make too many values.

    Args:
        marks: Bytes of which each value but the first needs one; counting them is an upper bound.

    Raises:
        DocumentError: There may be more values than the bound, or it is no text at all.
    """
    if len(raw) > MOST_NODES and sum(raw.count(mark) for mark in marks) > MOST_NODES:
        check_encoding(raw, location)
        raise too_many(location)


def too_many(location: str) -> DocumentError:
    """The error for more values than the bound."""
    return DocumentError(
        f"The document holds more than {MOST_NODES:,} values",
        where=location,
        mend="Split it; if it repeats itself through YAML aliases, ask its author for a plain one.",
    )


def check_depth(root: Any, location: str) -> None:
    """
    Refuse nesting beyond the bound.

    Raises:
        DocumentError: It is deeper.
    """
    level = [root]
    for _ in range(DEEPEST_NESTING + 1):
        following: list[Any] = []
        for value in level:
            inner = value.values() if isinstance(value, dict) else value
            following.extend(item for item in inner if isinstance(item, (dict, list)))
        if not following:
            return
        level = following
    raise too_deep(location)


def lost_a_key(raw: bytes, written: bytes) -> bool:
    """
    Whether a key of a JSON text is missing in what was read from it.

    A parser keeps one of two equal keys; so the text holds more strings than what it became, and
    strings are counted by their quotes, which costs a tenth of looking at every key.
    """
    return _quotes(raw) != _quotes(written)


def _quotes(raw: bytes) -> int:
    if b'\\\\"' in raw:
        # An escaped backslash before a quote does not escape the quote.
        raw = raw.replace(b"\\\\", b"")
    return raw.count(b'"') - raw.count(b'\\"')


def json_outline(raw: bytes) -> Outline:
    """Where each value of a sound JSON text stands."""
    outline = Outline(lambda offset: _line_and_column(raw, offset))
    names: dict[bytes, str] = {}
    name: str | None = None
    at = 0
    for match in TOKEN.finditer(raw):
        kind = match.lastindex
        if kind == 4:
            outline.close()
        elif kind == 2:
            token = match[1]
            name = names.get(token)
            if name is None:
                name = names[token] = orjson.loads(token)
            at = match.start()
        else:
            index = outline.add(name, at if name is not None else match.start())
            name = None
            if kind == 3:
                outline.open(index)
    return outline


def _line_and_column(raw: bytes, offset: int) -> tuple[int, int]:
    """Found only for what is asked: counting lines up to there takes a millisecond."""
    start = raw.rfind(b"\n", 0, offset) + 1
    return raw.count(b"\n", 0, offset) + 1, len(raw[start:offset].decode("utf-8")) + 1
