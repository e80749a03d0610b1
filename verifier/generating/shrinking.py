"""Smaller requests that fail for the same reason."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import replace
from typing import Any

from verifier.generating.parts import (
    LOCATIONS,
    breaks_on_the_wire,
    is_valid,
    values_in,
    with_values,
)
from verifier.model import Case, Draft, Operation, Validity

__all__ = ["shrink"]

MOST_CANDIDATES = 40


def shrink(operation: Operation, case: Case) -> Generator[Case, bool, Case]:
    """
    Yield candidates that are smaller and of the same validity; return the smallest that failed.

    Optional members and parameters are left out first, then text and lists are shortened.
    """
    best, tried = case, 0
    progress = True
    while progress and tried < MOST_CANDIDATES:
        progress = False
        for draft in _smaller(best.draft):
            if tried >= MOST_CANDIDATES:
                break
            if not _same_kind(operation, best, draft):
                continue
            tried += 1
            candidate = replace(
                best,
                draft=draft,
                phase="shrunk",
                needs=tuple(n for n in best.needs if _has_place(draft, n)),
            )
            if (yield candidate):
                best, progress = candidate, True
                break
    return best


def _same_kind(operation: Operation, case: Case, draft: Draft) -> bool:
    if case.validity is Validity.VALID:
        return is_valid(operation, draft)
    return draft.raw_body is None and breaks_on_the_wire(operation, draft)


def _smaller(draft: Draft) -> Iterator[Draft]:
    for location in LOCATIONS:
        held = values_in(draft, location)
        for name in held:
            yield with_values(draft, location, {k: v for k, v in held.items() if k != name})
    if draft.has_body and draft.raw_body is None:
        for body in _less(draft.body):
            yield replace(draft, body=body)


def _less(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for name in value:
            yield {k: v for k, v in value.items() if k != name}
        for name, inner in value.items():
            for less in _less(inner):
                yield {**value, name: less}
    elif isinstance(value, list) and value:
        yield value[:1] if len(value) > 1 else []
        for less in _less(value[0]):
            yield [less, *value[1:]]
    elif isinstance(value, str) and len(value) > 8:
        yield value[: len(value) // 2]


def _has_place(draft: Draft, need: Any) -> bool:
    if need.location != "body":
        return True
    held: Any = draft.body
    for token in need.name.split("/")[1:]:
        if not isinstance(held, dict) or token not in held:
            return False
        held = held[token]
    return True
