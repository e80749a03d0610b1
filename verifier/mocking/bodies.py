"""Bodies that obey their schema whatever they are given to say."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from verifier.encoding import json_bytes
from verifier.mocking.kinds.schemas import fitting, items_of, types
from verifier.model import Media, Schema
from verifier.sampling import Unsatisfiable, sampler
from verifier.validating import Direction, validator

__all__ = ["Bodies", "pruned", "written"]

DEEPEST = 4


class Bodies:
    """
    Makes values of schemas: a sampled one, with as much of what should be said as they allow.

    Args:
        seed: Same seed, same values.
        least: Whether they hold no more than what is said and what their schemas require.
    """

    def __init__(self, seed: int, *, least: bool = False) -> None:
        self._seed = seed
        self._least = least
        self._bases: dict[tuple[int, str], tuple[Any, Any]] = {}

    def base(self, schema: Schema) -> Any:
        """A value of a schema, always the same one, not to be changed; None for none."""
        key = (id(schema.node), f"{schema.at}")
        known = self._bases.get(key)
        if known is None:
            # The node is kept beside the value, so that its id is not given to another.
            known = self._bases[key] = (schema.node, self._sampled(schema))
        return known[1]

    def make(self, schema: Schema, says: Mapping[str, Any], depth: int = 0) -> Any:
        """A value of a schema that holds the given members where they are valid."""
        part = fitting(schema, says)
        if part is not schema:
            made = self.make(part, says, depth)
            if validator(schema, Direction.RESPONSE).accepts(made):
                return made
        base = self.base(schema)
        judge = validator(schema, Direction.RESPONSE)
        if base is None:
            told = dict(says)
            return None if judge.accepts(None) and not judge.accepts(told) else told
        if not isinstance(base, dict):
            return base
        wanted = _wanted(schema, base, says)
        whole = {**base, **wanted}
        if judge.accepts(whole):
            return whole
        known = schema.members()
        for name, value in wanted.items():
            ways = [{**base, name: told} for told in self._ways(known.get(name), value, depth)]
            if value is None:
                # What is nothing, and may not be shown so, is not shown as something.
                ways.append({k: v for k, v in base.items() if k != name})
            base = next((way for way in ways if judge.accepts(way)), base)
        return base

    def of_media(self, media: Media, says: Mapping[str, Any]) -> Any:
        """An example that the document gives, where it is sound; else a value of the schema."""
        schema = media.schema
        judge = validator(schema, Direction.RESPONSE) if schema else None
        for example in media.examples:
            if judge is None or judge.accepts(example.value):
                return example.value
        return self.make(schema, says) if schema is not None else None

    def _ways(self, member: Schema | None, value: Any, depth: int) -> list[Any]:
        """A value as it was given, and completed by what its schema asks for beside it."""
        ways = [value]
        if member is None or depth >= DEEPEST:
            return ways
        if isinstance(value, Mapping):
            ways.append(self.make(member, value, depth + 1))
        elif isinstance(value, list):
            inner = items_of(member)
            if inner is not None and any(isinstance(one, Mapping) for one in value):
                ways.append(
                    [
                        self.make(inner, one, depth + 1) if isinstance(one, Mapping) else one
                        for one in value
                    ]
                )
        elif isinstance(value, (int, float)) and "string" in types(member):
            ways.append(str(value))
        elif isinstance(value, str) and "integer" in types(member):
            ways += _numbers(value)
        return ways

    def _sampled(self, schema: Schema) -> Any:
        rng = random.Random(f"{self._seed}:{schema.at}")  # noqa: S311  (a mock's data)
        source = sampler(schema, Direction.RESPONSE)
        first = (source.minimal,) if self._least else ()
        for way in (*first, source.plain, source.typical, source.minimal):
            try:
                return way(rng)
            except Unsatisfiable:
                continue
        return None


def _numbers(text: str) -> tuple[int, ...]:
    """The number that a text is, or the seconds since the epoch of a moment; none for others."""
    if text.isdecimal():
        return (int(text),)
    try:
        return (int(datetime.fromisoformat(text).timestamp()),)
    except ValueError:
        return ()


def _wanted(schema: Schema, base: Mapping[str, Any], says: Mapping[str, Any]) -> dict[str, Any]:
    """What may be said: what the schema knows, or, where it names nothing, what its values have."""
    known = schema.members()
    if known:
        return {k: pruned(known[k], v) for k, v in says.items() if k in known}
    return {k: v for k, v in says.items() if k in base} if base else dict(says)


def pruned(schema: Schema, value: Any) -> Any:
    """A value without the members that its schema does not know, all the way down."""
    if isinstance(value, Mapping):
        return _within(schema.members(), value)
    inner = items_of(schema) if isinstance(value, list) else None
    if inner is None:
        return value
    known = inner.members()  # once for all rows of a list
    return [
        _within(known, item) if isinstance(item, Mapping) else pruned(inner, item) for item in value
    ]


def _within(known: Mapping[str, Schema], value: Mapping[str, Any]) -> Mapping[str, Any]:
    if not known:
        return value
    return {k: pruned(known[k], v) for k, v in value.items() if k in known}


def written(value: Any, media_type: str) -> bytes:
    """A value as a body of a media type."""
    if "json" in media_type or media_type in ("", "*/*"):
        return json_bytes(value)
    if isinstance(value, bytes):
        return value
    return value.encode() if isinstance(value, str) else json_bytes(value)
