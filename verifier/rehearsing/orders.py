"""The records that are an integration's work: read from its file, and written back into another."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from verifier.errors import ConfigError

__all__ = ["Order", "key_of", "keys_in", "read_orders", "scalars", "spelled", "write_orders"]

USUAL_KEYS = ("id", "reference", "number", "order_id", "external_id", "key", "name")
LARGEST_BYTES = 4 * 1024 * 1024
MOST_ORDERS = 2000


class Order(Struct, frozen=True, kw_only=True):
    """One record; ``key`` tells it from the others."""

    key: str
    data: Mapping[str, Any]


def read_orders(path: Path, key: str = "") -> tuple[Order, ...]:
    """
    The records of a file: JSON lines, a JSON list, or CSV with a head.

    Args:
        key: The member that tells one from another; empty takes a usual one.

    Raises:
        ConfigError: It cannot be read as that, or a record lacks the key.
    """
    records = list(_records(path))
    if not records or len(records) > MOST_ORDERS:
        says = f"it holds {len(records)} records" if records else "there is no record in it"
        raise ConfigError(says, where=str(path), mend=f"Give 1 to {MOST_ORDERS} records.")
    name = key or key_of(records[0])
    for number, record in enumerate(records, 1):
        if not spelled(record.get(name)):
            raise ConfigError(
                f"record {number} has no '{name}', which tells one from another",
                where=str(path),
                mend="Name another member with 'expect: {key: ...}'.",
            )
    return tuple(Order(key=spelled(record[name]), data=record) for record in records)


def key_of(record: Mapping[str, Any]) -> str:
    """The member that usually tells one record from another: the first where none does."""
    return next((name for name in USUAL_KEYS if name in record), next(iter(record), ""))


def write_orders(path: Path, records: Sequence[Mapping[str, Any]]) -> None:
    """Put other records in the place of a file's, in its form."""
    if path.suffix.lower() == ".csv":
        names = list(dict.fromkeys(name for record in records for name in record))
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names)
            writer.writeheader()
            writer.writerows({k: "" if v is None else v for k, v in r.items()} for r in records)
    elif path.read_bytes().lstrip()[:1] == b"[":
        path.write_text(json.dumps(list(records), ensure_ascii=False), encoding="utf-8")
    else:
        lines = (json.dumps(record, ensure_ascii=False) for record in records)
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def keys_in(path: Path, keys: Sequence[str]) -> dict[str, int]:
    """How often each key stands in a file: as a value of its JSON lines, or as text of a line."""
    counts = dict.fromkeys(keys, 0)
    if not path.is_file():
        return counts
    with path.open("rb") as file:
        text = file.read(LARGEST_BYTES).decode("utf-8", "replace")
    for found in _found_in(text, counts):
        counts[found] += 1
    return counts


def scalars(value: Any) -> Iterator[str]:
    """Every text and number in a JSON value, as text."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Mapping):
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
        elif isinstance(each, (str, int, float)) and not isinstance(each, bool):
            yield spelled(each)


def spelled(value: Any) -> str:
    """A key as text; empty where it is none."""
    plain = isinstance(value, (str, int, float)) and not isinstance(value, bool)
    return str(value).strip() if plain else ""


def _found_in(text: str, keys: Mapping[str, int]) -> Iterator[str]:
    try:
        items = json.loads(text)
        records = items if isinstance(items, list) else [items]
    except ValueError:
        records = [_parsed(line) for line in text.splitlines() if line.strip()]
    for record in records:
        if isinstance(record, str):
            yield from (key for key in keys if _stands(key, record))
        else:
            yield from set(scalars(record)) & set(keys)


def _stands(key: str, line: str) -> bool:
    """Whether a key stands in a line by itself, not as a part of another one."""
    return key in line and bool(re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", line))


def _parsed(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return line


def _records(path: Path) -> Iterator[Mapping[str, Any]]:
    raw = path.read_bytes()
    if len(raw) > LARGEST_BYTES:
        raise ConfigError("the file is too large", where=str(path), mend="A few records will do.")
    try:
        text = raw.decode("utf-8-sig")
        if path.suffix.lower() == ".csv":
            found: list[Any] = list(csv.DictReader(io.StringIO(text)))
        elif text.lstrip().startswith("["):
            found = json.loads(text)
        else:
            found = [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, csv.Error) as error:
        raise ConfigError(
            f"it is neither JSON lines, nor a JSON list, nor CSV: {error}",
            where=str(path),
            mend="Write one JSON object a line.",
        ) from None
    for record in found:
        if not isinstance(record, Mapping):
            raise ConfigError("a record is no object", where=str(path), mend="Write objects.")
        yield record
