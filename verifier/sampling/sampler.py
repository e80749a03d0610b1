"""Values of one schema: typical ones, its edges, and values that are wrong in one way."""

from __future__ import annotations

import random
import weakref
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from verifier.model import Document, Pointer, Schema, escape
from verifier.sampling.edges import breaks, edges
from verifier.sampling.making import Maker, kinds_of
from verifier.validating import Direction, standalone, validator

__all__ = ["Sampler", "Unsatisfiable", "sampler"]

TRIES = 12
MOST_POSITIONS = 150
DEEPEST_POSITION = 5


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
        self._maker = Maker(standalone(schema, direction), _plausible)

    def typical(self, rng: random.Random, name: str = "") -> Any:
        """A plausible value with most optional members; Unsatisfiable where none was found."""
        return self._made(rng, name, (0.8, 0.8, 0.8, 0.5, 0.5, 0.0, 0.0))

    def minimal(self, rng: random.Random, name: str = "") -> Any:
        """A value with as little in it as the schema allows."""
        return self._made(rng, name, (0.0,))

    def full(self, rng: random.Random, name: str = "") -> Any:
        """A value with every optional member, as far as they go together."""
        return self._made(rng, name, (1.0, 1.0, 1.0, 0.8, 0.5, 0.0))

    def boundaries(self, base: Any) -> Iterator[tuple[str, str, Any]]:
        """
        Pointer, words and a valid value that differs from ``base`` in one place.

        Args:
            base: A valid value to start from, such as ``full``.
        """
        for pointer, node, required in self._positions(base):
            for says, value in edges(node):
                yield from self._kept(base, pointer, says, value, wanted=True)
            if not required and pointer:
                less = _without(base, pointer)
                if self._judge.accepts(less):
                    yield pointer, f"{pointer} is left out", less

    def violations(self, base: Any) -> Iterator[tuple[str, str, str, Any]]:
        """Aspect, pointer, words and a value that breaks the schema in one place."""
        for pointer, node, required in self._positions(base):
            if required and pointer:
                less = _without(base, pointer)
                if not self._judge.accepts(less):
                    yield "missing-required", pointer, f"{pointer} is left out", less
            for aspect, says, value in breaks(node, required=required):
                for at, words, wrong in self._kept(base, pointer, says, value, wanted=False):
                    yield aspect, at, words, wrong
            if "object" in kinds_of(node) and isinstance(_at(base, pointer), dict):
                more = {**_at(base, pointer), "verifierUnknownMember": 1}
                for at, words, wrong in self._kept(
                    base, pointer, "an unknown member", more, wanted=False
                ):
                    yield "extra-property", at, words, wrong

    def _made(self, rng: random.Random, name: str, shares: tuple[float, ...]) -> Any:
        for attempt in range(TRIES):
            share = shares[min(attempt, len(shares) - 1)]
            value = self._maker.make(self._maker.root, rng, share, name)
            if self._judge.accepts(value):
                return value
        wrong = self._judge.errors(value, limit=1)
        why = f"{wrong[0].path or '/'} {wrong[0].says}" if wrong else "nothing valid was found"
        raise Unsatisfiable(f"no valid value could be made at {self.schema.at}: {why}")

    def _kept(
        self, base: Any, pointer: str, says: str, value: Any, *, wanted: bool
    ) -> Iterator[tuple[str, str, Any]]:
        changed = _placed(base, pointer, value)
        if self._judge.accepts(changed) is wanted and not _same(changed, base):
            yield pointer, f"{pointer or 'the value'}: {says}", changed

    def _positions(self, base: Any) -> Iterator[tuple[str, Mapping[str, Any], bool]]:
        """Every place of a value that its schema says something about, top first."""
        queue: list[tuple[str, Any, Any, bool, int]] = [("", self._maker.root, base, True, 0)]
        count = 0
        while queue and count < MOST_POSITIONS:
            pointer, schema, value, required, depth = queue.pop(0)
            node = self._maker.follow(schema)
            count += 1
            yield pointer, node, required
            if depth >= DEEPEST_POSITION:
                continue
            properties = node.get("properties")
            if isinstance(value, dict) and isinstance(properties, Mapping):
                needed = node.get("required", ())
                for key, member in properties.items():
                    if key in value:
                        inner = f"{pointer}/{escape(str(key))}"
                        queue.append((inner, member, value[key], key in needed, depth + 1))
            if isinstance(value, list) and value and isinstance(node.get("items"), Mapping):
                queue.append((f"{pointer}/0", node["items"], value[0], False, depth + 1))


def sampler(schema: Schema, direction: Direction) -> Sampler:
    """The sampler of a schema, made at the first call and kept as long as its document."""
    shelf = _SHELVES.setdefault(schema.document, {})
    key = (id(schema.node), schema.at, direction)
    if key not in shelf:
        shelf[key] = (schema.node, Sampler(schema, direction))
    return shelf[key][1]


def _plausible(node: Any, text: str) -> bool:
    """A cheap look at what a string must be; the validator has the last word on the whole."""
    longest, shortest = node.get("maxLength"), node.get("minLength")
    if isinstance(longest, int) and len(text) > longest:
        return False
    if isinstance(shortest, int) and len(text) < shortest:
        return False
    if not node.keys() & {"pattern", "format"}:
        return True
    key = orjson.dumps({k: node.get(k) for k in ("pattern", "format")})
    return _accepts(key, text)


def _accepts(key: bytes, text: str) -> bool:
    import jsonschema_rs  # start-up time

    if key not in _ENGINES:
        rule = {k: v for k, v in orjson.loads(key).items() if isinstance(v, str)}
        try:
            _ENGINES[key] = jsonschema_rs.Draft202012Validator(rule, validate_formats=True)
        except ValueError:
            _ENGINES[key] = None
    engine = _ENGINES[key]
    return engine is None or bool(engine.is_valid(text))


def _at(value: Any, pointer: str) -> Any:
    for token in pointer.split("/")[1:]:
        value = value[int(token)] if isinstance(value, list) else value[_unescaped(token)]
    return value


def _placed(value: Any, pointer: str, new: Any) -> Any:
    if not pointer:
        return new
    token, _, rest = pointer[1:].partition("/")
    rest = f"/{rest}" if rest else ""
    if isinstance(value, list):
        index = int(token)
        return [*value[:index], _placed(value[index], rest, new), *value[index + 1 :]]
    name = _unescaped(token)
    return {**value, name: _placed(value.get(name), rest, new)}


def _without(value: Any, pointer: str) -> Any:
    token, _, rest = pointer[1:].partition("/")
    if isinstance(value, list):
        index = int(token)
        if not rest:
            return [*value[:index], *value[index + 1 :]]
        return [*value[:index], _without(value[index], f"/{rest}"), *value[index + 1 :]]
    name = _unescaped(token)
    if not rest:
        return {k: v for k, v in value.items() if k != name}
    return {**value, name: _without(value[name], f"/{rest}")}


def _unescaped(token: str) -> str:
    return token.replace("~1", "/").replace("~0", "~")


def _same(first: Any, second: Any) -> bool:
    return type(first) is type(second) and bool(first == second)


Shelf = dict[tuple[int, Pointer, Direction], tuple[Any, Sampler]]
_SHELVES: weakref.WeakKeyDictionary[Document, Shelf] = weakref.WeakKeyDictionary()
_ENGINES: dict[bytes, Any] = {}
