"""A schema made ready to check values, once, when the first value comes."""

from __future__ import annotations

import dataclasses
import weakref
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import jsonschema_rs
import orjson
from msgspec import Struct

from verifier.model import Document, Pointer, Schema, UnresolvedReference
from verifier.validating.explanation import explain
from verifier.validating.keywords import FORMATS, REGEX, is_base64
from verifier.validating.standalone import Bundle, bundle, trace
from verifier.validating.violations import Direction, Violation

__all__ = ["Validator", "validator"]

# orjson parses 1024 levels, and the engine checks as many; it explains no more than 255.
DEEPEST_CHECKED = 1024
DEEPEST_EXPLAINED = 250
Key = tuple[int, Pointer, Direction, frozenset[str]]


class _Compiled(Struct, frozen=True):
    bundle: Bundle
    engine: jsonschema_rs.Validator | None
    broken: str


class _Kept(NamedTuple):
    """The node keeps its ``id``, which is part of the key, from being given to another."""

    node: Any
    compiled: _Compiled


@dataclasses.dataclass(frozen=True, slots=True)
class Validator:
    """Checks values against one schema, in one direction."""

    schema: Schema
    direction: Direction
    _compiled: _Compiled = dataclasses.field(repr=False)

    @property
    def broken(self) -> str:
        """
        Why the schema could not be made usable at all; empty where it could.

        Every value is then accepted, so whoever relies on that must say so.
        """
        return self._compiled.broken

    @property
    def unchecked(self) -> tuple[str, ...]:
        """What the schema says that is not checked, a sentence each."""
        return self._compiled.bundle.unchecked

    def accepts(self, value: Any) -> bool:
        """Whether a value is what the schema says; nothing nested a thousand levels deep is."""
        return not deeper(value, DEEPEST_CHECKED) and self.accepts_parsed(value)

    def accepts_parsed(self, value: Any) -> bool:
        """The same for a value that orjson has parsed, whose depth is therefore bounded."""
        engine = self._compiled.engine
        try:
            return engine is None or engine.is_valid(value)
        except ValueError:
            return False

    def errors(self, value: Any, limit: int = 20) -> tuple[Violation, ...]:
        """What is wrong with a value, in the order of the schema; at most ``limit`` things."""
        engine = self._compiled.engine
        if engine is None:
            return ()
        if deeper(value, DEEPEST_EXPLAINED):
            says = f"is nested more than {DEEPEST_EXPLAINED} levels deep, too deep to be told apart"
            known = self.accepts(value)
            return () if known else (self._whole(says),)
        found: list[Violation] = []
        for violation in self._explained(engine, value):
            if violation not in found:
                found.append(violation)
            if len(found) >= limit:
                break
        return tuple(found)

    def _whole(self, says: str) -> Violation:
        return Violation(path="", says=says, keyword="", schema_at=self.schema.at)

    def _explained(self, engine: jsonschema_rs.Validator, value: Any) -> Iterator[Violation]:
        def locate(path: list[str | int]) -> Pointer:
            return trace(self._compiled.bundle, self.schema.document, path)

        try:
            for error in engine.iter_errors(value):
                yield from explain(error, locate)
        except ValueError as error:
            # The engine takes JSON values only: lone surrogates, bytes and the like end here.
            yield self._whole(f"is no JSON value: {error}")


def validator(
    schema: Schema, direction: Direction, *, formats: frozenset[str] = FORMATS
) -> Validator:
    """
    The validator of a schema, compiled at the first call and kept as long as its document.

    Args:
        formats: The formats that are asserted; the others count as documentation.
    """
    shelf = _COMPILED.get(schema.document)
    if shelf is None:
        shelf = _COMPILED[schema.document] = {}
    key = (id(schema.node), schema.at, direction, formats)
    kept = shelf.get(key)
    if kept is None:
        meant = _meant(schema)
        same = (id(meant.node), meant.at, direction, formats)
        made = shelf[same].compiled if same in shelf else _compile(meant, direction, formats)
        shelf[same] = _Kept(meant.node, made)
        kept = shelf[key] = _Kept(schema.node, made)
    return Validator(schema, direction, kept.compiled)


def _meant(schema: Schema) -> Schema:
    """What a schema that is nothing but a reference refers to: compiled once for all of them."""
    if not (isinstance(schema.node, Mapping) and set(schema.node) == {"$ref"}):
        return schema
    try:
        node, at = schema.resolved()
    except UnresolvedReference:
        return schema
    return Schema(document=schema.document, node=node, at=at)


def _compile(schema: Schema, direction: Direction, formats: frozenset[str]) -> _Compiled:
    made = bundle(schema, direction, formats=formats)
    try:
        engine = jsonschema_rs.Draft202012Validator(
            made.schema,
            validate_formats=True,
            formats={"byte": is_base64},
            pattern_options=REGEX,
            offline=True,
        )
    except ValueError as error:
        says = f"the schema at {schema.at} cannot be used: {str(error).splitlines()[0]}"
        return _Compiled(made, None, says)
    return _Compiled(made, engine, "")


def deeper(value: Any, limit: int) -> bool:
    """
    Whether a value is nested deeper than a number of levels.

    The engine recurses, and overflows the stack some thousand levels down.
    """
    if not isinstance(value, (dict, list, tuple)):
        return False
    try:
        orjson.dumps(value)
    except TypeError:
        # Beyond 254 levels, or no plain JSON; only then is it worth counting.
        return _count(value, limit)
    return False


def _count(value: Any, limit: int) -> bool:
    level = [value]
    for _ in range(limit + 1):
        level = [
            member
            for outer in level
            if isinstance(outer, (dict, list))
            for member in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return False
    return True


_COMPILED: weakref.WeakKeyDictionary[Document, dict[Key, _Kept]] = weakref.WeakKeyDictionary()
