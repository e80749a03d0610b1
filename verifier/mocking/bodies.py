"""Bodies that obey their schema whatever they are given to say."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import orjson

from verifier.model import Media, Operation, ResponseSpec, Schema
from verifier.sampling import Unsatisfiable, sampler
from verifier.validating import Direction, validator

__all__ = ["Bodies", "json_media", "success_of", "written"]


class Bodies:
    """
    Makes response bodies: a sampled one, with as much of what should be said as the schema allows.

    Args:
        seed: Same seed and serial, same bodies.
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self.unenforced: set[str] = set()

    def make(self, schema: Schema, says: Mapping[str, Any], serial: str) -> Any:
        """A value of a schema that holds the given members where they are valid."""
        rng = random.Random(f"{self._seed}:{serial}")  # noqa: S311  (a mock's data)
        judge = validator(schema, Direction.RESPONSE)
        try:
            base = sampler(schema, Direction.RESPONSE).typical(rng)
        except Unsatisfiable:
            return dict(says)
        if not isinstance(base, dict):
            return base
        wanted = pruned(schema, says)
        whole = {**base, **wanted}
        if judge.accepts(whole):
            return whole
        for name, value in wanted.items():
            candidate = {**base, name: value}
            base = candidate if judge.accepts(candidate) else base
        return base

    def plain(self, schema: Schema | None, serial: str) -> Any:
        """A sampled value, or nothing where the document says nothing."""
        return self.make(schema, {}, serial) if schema is not None else None


def pruned(schema: Schema, value: Any) -> Any:
    """A value without the members that its schema does not know, all the way down."""
    known = schema.members()
    if isinstance(value, Mapping) and known:
        return {k: pruned(known[k], v) for k, v in value.items() if k in known}
    node, at = schema.resolved()
    if isinstance(value, list) and isinstance(node, Mapping) and "items" in node:
        items = Schema(document=schema.document, node=node["items"], at=at / "items")
        return [pruned(items, item) for item in value]
    return value


def json_media(spec: ResponseSpec | None) -> Media | None:
    """The JSON media of a documented response, else its first; None where it has no body."""
    media = spec.media if spec else ()
    for one in media:
        if "json" in one.type:
            return one
    return media[0] if media else None


def success_of(operation: Operation) -> ResponseSpec | None:
    """The documented success that an operation answers with."""
    good = [spec for spec in operation.responses if spec.status[:1] == "2"]
    preferred = ("201", "200", "202", "204") if operation.method == "POST" else ("200", "204")
    for status in preferred:
        for spec in good:
            if spec.status == status:
                return spec
    return good[0] if good else operation.response(200)


def written(value: Any, media_type: str) -> bytes:
    """A value as a body of a media type."""
    if "json" in media_type or media_type in ("", "*/*"):
        return orjson.dumps(value)
    if isinstance(value, bytes):
        return value
    return value.encode() if isinstance(value, str) else orjson.dumps(value)
