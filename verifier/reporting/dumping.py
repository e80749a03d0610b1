"""Nouns as JSON, whatever a stranger put into them."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Mapping
from typing import Any

import orjson
from msgspec import Struct, structs

__all__ = ["dumped"]

LONGEST_INTEGER = 2**63 - 1


def dumped(value: Any, *, indented: bool = False) -> bytes:
    """
    UTF-8 JSON.

    What JSON cannot hold is written as what comes nearest: half a surrogate pair as ``?``, a great
    integer as text.
    """
    option = orjson.OPT_NON_STR_KEYS | (orjson.OPT_INDENT_2 if indented else 0)
    try:
        return orjson.dumps(value, option=option, default=_native)
    except (TypeError, orjson.JSONEncodeError):
        return orjson.dumps(_clean(value), option=option)


def _native(value: Any) -> Any:
    if isinstance(value, Struct):
        return structs.asdict(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    raise TypeError(type(value).__name__)


def _clean(value: Any) -> Any:
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, int) and abs(value) > LONGEST_INTEGER:
        return str(value)
    if isinstance(value, Struct):
        return _clean(structs.asdict(value))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _clean(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {_clean(str(name)): _clean(held) for name, held in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_clean(item) for item in value]
    return _native(value) if isinstance(value, bytes) else value
