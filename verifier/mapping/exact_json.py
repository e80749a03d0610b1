"""JSON with exact numbers: digits are read and written as they are."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson
from msgspec import to_builtins

from verifier.errors import ConfigError

__all__ = ["as_values", "dumps", "dumps_strictly", "loads", "read_lines"]

LARGEST_LINE_BYTES = 64 * 1024 * 1024
WIDEST = 2**63
KEPT = (Decimal, datetime.date, datetime.datetime, datetime.time)


def loads(text: str | bytes) -> Any:
    """
    The value of a JSON text, fractions as decimals.

    Raises:
        ValueError: It is broken, holds a key twice, or what JSON has no number for (NaN).
    """
    try:
        return json.loads(
            text,
            parse_float=Decimal,
            parse_constant=_no_number,
            object_pairs_hook=_once,
        )
    except RecursionError:
        raise ValueError("it is nested too deep") from None


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no number of JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key '{twice}' stands twice")
    return found


def as_values(noun: Any) -> Any:
    """A noun as what ``dumps`` takes: numbers and times as they are, what is foreign as text."""
    return to_builtins(noun, builtin_types=KEPT, enc_hook=str)


def dumps(value: Any) -> bytes:
    """
    The JSON text of a value; decimals and large integers with all their digits.

    Raises:
        ValueError: It is no JSON value.
    """
    try:
        return orjson.dumps(value, default=_fragment)
    except TypeError:
        # An integer beyond 64 bits, or half a character, which orjson refuses without asking.
        return _slow(value).encode("utf-8", "surrogatepass")


def dumps_strictly(value: Any) -> bytes:
    """
    The same, and nothing is made of what is no JSON: no null of a NaN, no text of a date.

    Raises:
        ValueError: It is no JSON value.
    """
    return _slow(value).encode("utf-8", "surrogatepass")


def _fragment(value: Any) -> Any:
    if isinstance(value, Decimal) and value.is_finite():
        return orjson.Fragment(format(value, "f").encode())
    raise TypeError(f"{type(value).__name__} is no JSON value")


def _slow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ",".join(f"{_text(k)}:{_slow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(_slow, value)) + "]"
    if isinstance(value, Decimal) and value.is_finite():
        return format(value, "f")
    try:
        return json.dumps(value, allow_nan=False)
    except TypeError as error:
        raise ValueError(str(error)) from None


def _text(key: Any) -> str:
    if not isinstance(key, str):
        raise ValueError(f"{key!r} is no key of a JSON object")
    return json.dumps(key)


def read_lines(path: Path) -> Iterator[tuple[int, Any]]:
    """
    Line number and value of each line of a file of JSON lines; empty lines are left out.

    Raises:
        ConfigError: The file cannot be read, or a line is no JSON; names the line.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise ConfigError(
            f"the file cannot be read: {error.strerror}", where=str(path), mend="Correct the path."
        ) from None
    with file:
        for number, line in enumerate(_lines(file, path), 1):
            if line.strip():
                yield number, _value(line, f"{path}:{number}")


def _lines(file: Any, path: Path) -> Iterator[bytes]:
    while line := file.readline(LARGEST_LINE_BYTES + 1):
        if len(line) > LARGEST_LINE_BYTES:
            raise ConfigError(
                "a line is longer than 64 MiB", where=str(path), mend="Write one record a line."
            )
        yield line.removeprefix(b"\xef\xbb\xbf")


def _value(line: bytes, where: str) -> Any:
    try:
        return loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        says = f"byte {error.start} of the line (0x{line[error.start]:02x}) is no UTF-8"
        raise ConfigError(says, where=where, mend="Save the file as UTF-8.") from None
    except ValueError as error:
        raise ConfigError(
            f"the line is no JSON: {error}", where=where, mend="Write one JSON object a line."
        ) from None
