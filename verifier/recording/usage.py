"""What recorded traffic used: operations, parameters, and members sent and received."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import orjson

from verifier.model import Exchange, Usage, Used
from verifier.recording.exchanges import load_exchange
from verifier.recording.journal import UNREADABLE, damaged, open_journal

__all__ = ["RunUsage", "usage_of"]

MOST_PATHS = 5000
DEEPEST = 12
MOST_ITEMS = 20


class RunUsage:
    """A recorded run as a source of usage; implements ``UsageSource``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def usage(self) -> Usage:
        """
        What the run asked and got.

        Raises:
            ConfigError: The folder holds no run, or a damaged one.
        """
        connection = open_journal(self._folder)
        try:
            rows = connection.execute("SELECT data FROM exchanges ORDER BY number")
            return usage_of((load_exchange(raw) for (raw,) in rows), str(self._folder))
        except UNREADABLE as error:
            raise damaged(self._folder, error) from error
        finally:
            connection.close()


def usage_of(exchanges: Iterator[Exchange], source: str) -> Usage:
    """Of every operation that answered well: what was sent to it, and what came back."""
    sent: dict[str, set[str]] = {}
    received: dict[str, set[str]] = {}
    for exchange in exchanges:
        key = exchange.request.operation
        if not key or not exchange.succeeded:
            continue
        sent.setdefault(key, set()).update(_sent(exchange))
        answer = exchange.response.json_or_none() if exchange.response else None
        received.setdefault(key, set()).update(_paths(answer))
    return Usage(
        operations={
            key: Used(
                sent=frozenset(sorted(sent[key])[:MOST_PATHS]),
                received=frozenset(sorted(received[key])[:MOST_PATHS]),
            )
            for key in sent
        },
        sources=(source,),
    )


def _sent(exchange: Exchange) -> Iterator[str]:
    request = exchange.request
    for name, _ in parse_qsl(request.query, keep_blank_values=True):
        yield f"query {name}"
    for name, _ in request.headers:
        yield f"header {name.lower()}"
    try:
        yield from _paths(orjson.loads(request.body)) if request.body else ()
    except orjson.JSONDecodeError:
        for name, _ in parse_qsl(request.body.decode("utf-8", "replace")):
            yield name


def _paths(value: Any, path: str = "", depth: int = 0) -> Iterator[str]:
    """The members of a value, in all of it: ``data``, ``data[]``, ``data[].price``."""
    if depth > DEEPEST:
        return
    if isinstance(value, dict):
        for name, inner in value.items():
            below = f"{path}.{name}" if path else name
            yield below
            yield from _paths(inner, below, depth + 1)
    elif isinstance(value, list):
        for inner in value[:MOST_ITEMS]:
            yield from _paths(inner, f"{path}[]", depth + 1)
