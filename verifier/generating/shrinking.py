"""Smaller requests that fail for the same reason."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from verifier.generating.drawing import Drawing
from verifier.generating.labels import Label
from verifier.generating.parts import LOCATIONS, identity, values_in, with_values
from verifier.model import Case, Draft, Need, Validity
from verifier.sampling.places import found

__all__ = ["shrink"]

MOST_OFFERS = 60
MOST_LOOKS = 2000
SHORT = 8


def shrink(drawing: Drawing, case: Case) -> Generator[Case, bool, Case]:
    """
    Yield candidates that are smaller and labelled as the case is; return the smallest that failed.

    A broken one stays broken in the same place by the same keyword. Many parts are left out at
    once before one after the other is, and last texts and lists are shortened.
    """
    keeps = _keeps(drawing, case)
    best, offers, looks = case, 0, 0
    seen = {identity(case.draft)}
    candidates = _smaller(case.draft)
    while offers < MOST_OFFERS and looks < MOST_LOOKS:
        draft = next(candidates, None)
        if draft is None:
            break
        looks += 1
        if identity(draft) in seen or not keeps(draft):
            continue
        seen.add(identity(draft))
        offers += 1
        needs = tuple(need for need in case.needs if _has_place(draft, need))
        candidate = replace(best, draft=draft, phase="shrunk", needs=needs)
        if (yield candidate):
            best, candidates = candidate, _smaller(draft)
    return best


def _keeps(drawing: Drawing, case: Case) -> Callable[[Draft], bool]:
    """Whether a draft is labelled as the case is, and for the same reason."""
    labels = drawing.labels
    if case.validity is Validity.VALID:
        return lambda draft: labels.of(draft) is Label.VALID
    before = labels.signature(case.draft)
    return lambda draft: labels.signature(draft) == before


def _smaller(draft: Draft) -> Iterator[Draft]:
    for location in LOCATIONS[1:]:
        held = values_in(draft, location)
        for less in _chunked(held):
            yield with_values(draft, location, less)
    if draft.has_body and draft.raw_body is None:
        for body in _less(draft.body):
            yield replace(draft, body=body)


def _chunked(members: Any) -> Iterator[dict[str, Any]]:
    """An object without all, half, a quarter ... and one of its members."""
    names = list(members)
    size = len(names)
    while size:
        for start in range(0, len(names), size):
            gone = frozenset(names[start : start + size])
            yield {name: value for name, value in members.items() if name not in gone}
        size //= 2


def _less(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from _chunked(value)
        for name, inner in value.items():
            for less in _less(inner):
                yield {**value, name: less}
    elif isinstance(value, list) and value:
        yield from _shorter(value)
        for index, inner in enumerate(value):
            for less in _less(inner):
                yield [*value[:index], less, *value[index + 1 :]]
    elif isinstance(value, str) and len(value) > SHORT:
        yield value[: len(value) // 2]


def _shorter(value: Sequence[Any]) -> Iterator[Any]:
    yield value[:0]
    if len(value) > 1:
        yield value[:1]
        yield value[: len(value) // 2]
        for index in range(min(len(value), SHORT)):
            yield [*value[:index], *value[index + 1 :]]


def _has_place(draft: Draft, need: Need) -> bool:
    """Whether what a need asks for still stands in a draft."""
    if need.location != "body":
        return need.name in values_in(draft, need.location)
    try:
        found(draft.body, need.name)
    except (LookupError, ValueError):
        return False
    return True
