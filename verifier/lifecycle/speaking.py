"""Every dialect that there is: ours by folder, other people's by entry point."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from types import ModuleType
from typing import Any

from verifier import walk
from verifier.lifecycle import dialects
from verifier.model import Signal

__all__ = ["in_body", "in_extensions", "in_headers", "speakers"]

MOST_HEADERS = 200


@cache
def speakers() -> dict[str, ModuleType]:
    """Name to module of every dialect."""
    found = walk.modules(dialects, group="verifier.lifecycle_dialects")
    return {module.__name__.rpartition(".")[2].replace("_", "-"): module for module in found}


def in_extensions(marks: Mapping[str, Any]) -> Iterator[tuple[str, Signal]]:
    """Dialect and signal of what stands beside a part of a document."""
    yield from _heard("extensions", marks)


def in_headers(headers: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Signal]]:
    """Dialect and signal of what an answer's headers say."""
    found: dict[str, list[str]] = {}
    for count, (name, value) in enumerate(headers):
        if count < MOST_HEADERS:
            found.setdefault(name.lower(), []).append(value)
    yield from _heard("headers", found)


def in_body(value: Any) -> Iterator[tuple[str, Signal]]:
    """Dialect and signal of what a parsed answer says."""
    yield from _heard("body", value)


def _heard(way: str, given: Any) -> Iterator[tuple[str, Signal]]:
    for name, read in _readers(way):
        for signal in read(given):
            yield name, signal


@cache
def _readers(way: str) -> tuple[tuple[str, Callable[[Any], Iterator[Signal]]], ...]:
    found = ((name, getattr(module, way, None)) for name, module in speakers().items())
    return tuple((name, read) for name, read in found if read is not None)
