"""Values of one schema, and what to change about one to reach an edge or to break it."""

from __future__ import annotations

import random
import weakref
from collections.abc import Iterator
from typing import Any

from verifier.model import Document, Pointer, Schema
from verifier.sampling.changes import Change
from verifier.sampling.making import Draw, Maker
from verifier.sampling.mending import mended
from verifier.sampling.outline import Outline
from verifier.sampling.positions import break_changes, edge_changes
from verifier.validating import Direction, validator

__all__ = ["Sampler", "Unsatisfiable", "forget_samplers", "sampler"]

TRIES = 10


class Unsatisfiable(ValueError):  # noqa: N818
    """No valid value could be made for a schema."""


class Sampler:
    """
    Makes values of a schema for one direction; every value handed out was checked.

    Same schema and same random numbers, same values.
    """

    def __init__(self, schema: Schema, direction: Direction) -> None:
        self.schema = schema
        self._judge = validator(schema, direction)
        self._maker = Maker(Outline(schema, direction))

    def typical(self, rng: random.Random, name: str = "") -> Any:
        """A plausible value with most optional members; Unsatisfiable where none was found."""
        return self._made(rng, name, 0.8)

    def plain(self, rng: random.Random, name: str = "") -> Any:
        """What is required, and whatever else is neither an object nor a list."""
        return self._made(rng, name, 1.0, flat=True)

    def minimal(self, rng: random.Random, name: str = "") -> Any:
        """A value with as little in it as the schema allows."""
        return self._made(rng, name, 0.0)

    def full(self, rng: random.Random, name: str = "") -> Any:
        """A value with every optional member, as far as they go together."""
        return self._made(rng, name, 1.0)

    def edges(self, base: Any) -> Iterator[Change]:
        """
        Changes towards what is only just allowed; the caller keeps what the validator confirms.

        Args:
            base: A valid value to start from.
        """
        return edge_changes(self._maker, base)

    def breaks(self, base: Any) -> Iterator[Change]:
        """
        Changes that break a value in one way; the caller keeps what the validator confirms.

        Args:
            base: A valid value to start from.
        """
        return break_changes(self._maker, base)

    def shown(self, value: Any) -> Any:
        """A value that a document shows, without the members that this direction hides."""
        return self._maker.stripped(self._maker.outline.root, value)

    def _made(self, rng: random.Random, name: str, share: float, *, flat: bool = False) -> Any:
        make = self._maker.of(self._maker.outline.root, name)
        value: Any = None
        for attempt in range(TRIES):
            # The likeliest first; then whatever may be; then as little as possible.
            less = share if attempt < TRIES // 2 else 0.0
            value = make(Draw(rng, less, plain=attempt % 3 == 0, flat=flat), 0)
            if self._judge.accepts(value):
                return value
            if attempt < TRIES // 2:
                valid, value = mended(self._judge, value)
                if valid:
                    return value
        wrong = self._judge.errors(value, limit=1)
        why = f"{wrong[0].path or '/'} {wrong[0].says}" if wrong else "no value is valid"
        raise Unsatisfiable(f"no valid value could be made at {self.schema.at}: {why}")


def sampler(schema: Schema, direction: Direction) -> Sampler:
    """The sampler of a schema, made at the first call and kept as long as its document."""
    shelf = _SHELVES.setdefault(schema.document, {})
    key = (id(schema.node), schema.at, direction)
    if key not in shelf:
        # The node is kept so that its id is given to no other.
        shelf[key] = (schema.node, Sampler(schema, direction))
    return shelf[key][1]


def forget_samplers(document: Document) -> None:
    """Let go of a document's samplers: they hold it, and would keep it for ever."""
    _SHELVES.pop(document, None)


Shelf = dict[tuple[int, Pointer, Direction], tuple[Any, Sampler]]
_SHELVES: weakref.WeakKeyDictionary[Document, Shelf] = weakref.WeakKeyDictionary()
