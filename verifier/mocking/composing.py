"""
Answers put together of things that were judged and written when they were first told.

A list of ten things is a list, and ten things. Where its schema says no more than that, whether it
is sound follows from whether each thing is, and whether what stands around them is; its JSON is
theirs, with what stands around it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from verifier.encoding import is_json
from verifier.mocking.bodies import Bodies
from verifier.mocking.kinds import Layout
from verifier.mocking.practice import Practice
from verifier.mocking.telling import Saying
from verifier.model import Schema, UnresolvedReference
from verifier.validating import Direction, Validator, validator

__all__ = ["Composer", "framed", "joined"]

# Beside these, a schema on the way to the things might ask for something of them as a whole.
OBJECT = frozenset(("type", "properties", "required", "additionalProperties", "nullable"))
ARRAY = frozenset(("type", "items", "minItems", "maxItems", "nullable"))
UNCOUNTED = frozenset(("type", "items"))
REMARKS = frozenset(("title", "description", "example", "examples", "default", "externalDocs"))


class Composer:
    """Composes the bodies of answers; what it cannot vouch for it leaves to others."""

    def __init__(self, bodies: Bodies) -> None:
        self._bodies = bodies
        self._frames: dict[str, Validator | None] = {}
        self._rows: dict[str, tuple[Sequence[Saying], bytes]] = {}

    def body(
        self, practice: Practice, told: Sequence[Saying], beside: Mapping[str, Any]
    ) -> bytes | None:
        """
        An answer that tells things; None where it must be judged as a whole.

        Args:
            beside: The members around them.
        """
        layout = practice.answer
        frame = self._frame(practice)
        if frame is None or layout is None:
            return None
        if not layout.path and not layout.many:
            return told[0].encoded if told and told[0].sound else None
        if not self._sound(practice, told):
            return None
        rows = self._written(practice, told)
        if not layout.path and frame.schema.node.keys() <= UNCOUNTED:
            return rows
        empty = layout.around([True] * len(told))
        around: Any = joined(beside, empty)
        if not frame.accepts_parsed(around):
            around = self._bodies.make(frame.schema, around)
            if not isinstance(around, dict) or not frame.accepts_parsed(joined(around, empty)):
                return None
        whole = layout.within(orjson.Fragment(rows if layout.many else told[0].encoded))
        try:
            return orjson.dumps(joined(around, whole))
        except TypeError:  # a number or a text that only the slower way can write
            return None

    def _sound(self, practice: Practice, told: Sequence[Saying]) -> bool:
        known = self._rows.get(practice.operation.key)
        # Two lists of the same sayings are compared at once.
        return (known is not None and known[0] == told) or all(one.sound for one in told)

    def _written(self, practice: Practice, told: Sequence[Saying]) -> bytes:
        """Sound things as a list; the last of an operation is kept, for whoever asks again."""
        known = self._rows.get(practice.operation.key)
        if known is None or known[0] != told:
            rows = b"[%b]" % b",".join([one.encoded for one in told])
            known = self._rows[practice.operation.key] = (told, rows)
        return known[1]

    def _frame(self, practice: Practice) -> Validator | None:
        """What judges that which stands around the things; None where it cannot be told apart."""
        key = practice.operation.key
        if key not in self._frames:
            self._frames[key] = framed(practice)
        return self._frames[key]


def joined(one: Mapping[str, Any], other: Any) -> Any:
    """Two values of members in one, the second's where both have them."""
    if not one or not isinstance(other, Mapping):
        return other
    made = dict(one)
    for name, value in other.items():
        inner = made.get(name)
        made[name] = joined(inner, value) if isinstance(inner, Mapping) else value
    return made


def framed(practice: Practice) -> Validator | None:
    """What judges that which stands around the things in an answer, whatever they are."""
    layout, media = practice.answer, practice.media
    if layout is None or layout.wrap or media is None or media.schema is None:
        return None
    if not is_json(practice.content_type) or layout.schema is None:
        return None
    try:
        node = _hollow(media.schema, layout, 0)
    except UnresolvedReference:
        return None
    if node is None:
        return None
    schema = Schema(document=media.schema.document, node=node, at=media.schema.at)
    return validator(schema, Direction.RESPONSE)


def _hollow(schema: Schema, layout: Layout, depth: int) -> Any:
    """A schema that takes anything for the things in it; None where it cannot be made."""
    if depth == len(layout.path) and not layout.many:
        return True
    node, at = schema.resolved()
    if not isinstance(node, Mapping) or at.file != schema.at.file:
        return None
    if depth == len(layout.path):
        whole = isinstance(node.get("items"), Mapping) and _says_only(node, ARRAY)
        return {**node, "items": {}} if whole else None
    properties, name = node.get("properties"), layout.path[depth]
    if (
        not isinstance(properties, Mapping)
        or name not in properties
        or not _says_only(node, OBJECT)
    ):
        return None
    inside = Schema(document=schema.document, node=properties[name], at=at / "properties" / name)
    inner = _hollow(inside, layout, depth + 1)
    return None if inner is None else {**node, "properties": {**properties, name: inner}}


def _says_only(node: Mapping[str, Any], known: frozenset[str]) -> bool:
    return all(n in known or n in REMARKS or str(n).startswith("x-") for n in node)
