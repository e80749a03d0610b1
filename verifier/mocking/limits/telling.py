"""Tells what is left, in the chosen dialects and under every name that the document gives it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from types import MappingProxyType, ModuleType

from verifier import walk
from verifier.encoding import read_header
from verifier.errors import UsageError
from verifier.mocking.limits import dialects
from verifier.mocking.limits.dialects import draft_07, draft_11
from verifier.mocking.limits.reading import Reading
from verifier.model import Header, Headers
from verifier.validating import Direction, validator

__all__ = ["Telling", "documented", "is_limit", "known"]

LIMIT = re.compile(
    r"rate-?limit|^x-rate-|call-limit|limit-(?:limit|remaining|reset|info)|limit-?remaining"
    r"|-(?:quota|throttle)",
    re.IGNORECASE,
)
GROUP = "verifier.limit_dialects"  # of entry points, for other people's
EPOCH = re.compile(r"epoch|unix|timestamp|utc", re.IGNORECASE)


@cache
def known() -> Mapping[str, ModuleType]:
    """Name to module of every dialect: the file's name with dashes."""
    found = walk.modules(dialects, group=GROUP)
    names = {module.__name__.rpartition(".")[2].replace("_", "-"): module for module in found}
    return MappingProxyType(names)


class Telling:
    """
    Speaks some dialects.

    Raises:
        UsageError: One of them is not known.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._modules = [_module(name) for name in names]

    def tell(self, readings: Sequence[Reading], now: float) -> Headers:
        """What goes on every answer."""
        return tuple(h for module in self._modules for h in module.tell(readings, now))

    def refuse(self, reading: Reading, now: float) -> Headers:
        """What goes on an answer that is over a limit: when to come back, as the vendor says it."""
        told = [m.refuse(reading, now) for m in self._modules if hasattr(m, "refuse")]
        if told:
            return tuple(header for headers in told for header in headers)
        return (("Retry-After", str(math.ceil(reading.retry_seconds))),)


def _module(name: str) -> ModuleType:
    module = walk.module_named(dialects, name, group=GROUP)
    if module is None:
        raise UsageError(
            f"no dialect '{name}' of limit headers is known",
            mend=f"Known: {', '.join(known())}.",
        )
    return module


def is_limit(name: str) -> bool:
    """Whether a header tells of limits."""
    return LIMIT.search(name) is not None


def documented(header: Header, readings: Sequence[Reading], now: float) -> str:
    """The value of a header that the document describes; empty where none fits."""
    tight = min(readings, key=lambda r: r.remaining)
    for value in _candidates(header, readings, tight, now):
        if _fits(header, value):
            return value
    return ""


def _fits(header: Header, value: str) -> bool:
    if header.schema is None:
        return True
    judge = validator(header.schema, Direction.RESPONSE)
    return judge.accepts(read_header(header.schema, value))


def _candidates(
    header: Header, readings: Sequence[Reading], tight: Reading, now: float
) -> Iterator[str]:
    name = header.name.lower()
    ways: tuple[tuple[str, Callable[[], Iterable[str]]], ...] = (
        ("policy", lambda: _lists(0, readings, now)),
        ("remaining", lambda: (str(tight.remaining),)),
        ("used", lambda: (str(tight.used),)),
        ("reset-after", lambda: (str(tight.resets_in), f"{tight.reset_seconds:.3f}")),
        ("reset", lambda: _resets(header, tight, now)),
        ("period", lambda: (str(tight.window),)),
        ("window", lambda: (str(tight.window),)),
        ("call-limit", lambda: (f"{tight.used}/{tight.quota}",)),
        ("ratelimit-limit", lambda: (str(tight.quota), f"{tight.quota}, {tight.quota}")),
    )
    for word, values in ways:
        if word in name:
            yield from values()
            break
    else:
        yield from _lists(1, readings, now) if name == "ratelimit" else (str(tight.quota),)
    yield tight.rule.name


def _lists(index: int, readings: Sequence[Reading], now: float) -> Iterator[str]:
    for dialect in (draft_11, draft_07):
        yield dialect.tell(readings, now)[index][1]


def _resets(header: Header, tight: Reading, now: float) -> Iterator[str]:
    ends = math.ceil(now + tight.reset_seconds)
    node = header.schema.node if header.schema is not None else None
    shown = str(node.get("description", "")) if isinstance(node, Mapping) else ""
    absolute = EPOCH.search(header.description + shown) or header.name.lower().startswith("x-")
    yield from (str(ends), str(tight.resets_in)) if absolute else (str(tight.resets_in), str(ends))
    yield datetime.fromtimestamp(ends, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
