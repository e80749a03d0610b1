"""A thing as an answer tells it: in that answer's schema, and the same in all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter, is_
from typing import Any

from verifier.encoding import json_bytes
from verifier.mocking.bodies import Bodies
from verifier.mocking.kinds.kind import Kind
from verifier.mocking.kinds.schemas import node_of, same
from verifier.mocking.state import Row
from verifier.model import Schema
from verifier.validating import Direction, Validator, validator

__all__ = ["Saying", "Teller"]

MOST_KEPT = 5_000
SOURCE = attrgetter("value")


class Saying:
    """
    One row as a schema has it. It holds as long as the row has the value that it was made of.

    Args:
        value: What is told; not to be changed.
        judge: Of the schema; None where it was seen to accept what is told, or there is none.
    """

    __slots__ = ("_encoded", "_judge", "_sound", "row", "source", "value")

    def __init__(self, row: Row, value: Any, judge: Validator | None) -> None:
        self.row = row
        self.source = row.value
        self.value = value
        self._judge = judge
        self._sound = judge is None
        self._encoded = b""

    @property
    def sound(self) -> bool:
        """Whether what is told obeys the schema; judged once."""
        if self._judge is not None:
            self._sound, self._judge = self._judge.accepts(self.value), None
        return self._sound

    @property
    def encoded(self) -> bytes:
        """What is told, as JSON; written once."""
        if not self._encoded:
            self._encoded = json_bytes(self.value)
        return self._encoded


class _Said:
    """What was last told together in one schema."""

    __slots__ = ("_sources", "sayings")

    def __init__(self, rows: Sequence[Row], sayings: list[Saying]) -> None:
        self._sources = tuple(map(SOURCE, rows))
        self.sayings = sayings

    def holds(self, rows: Sequence[Row]) -> bool:
        """Whether these rows have the very values that were told."""
        sources = self._sources
        return len(rows) == len(sources) and all(map(is_, map(SOURCE, rows), sources))


class Teller:
    """Tells rows; what it made for one value of a row it tells again."""

    def __init__(self, bodies: Bodies) -> None:
        self._bodies = bodies
        self._kept: dict[tuple[int, int], Saying] = {}
        self._last: dict[int, _Said] = {}
        self._same: dict[tuple[str, int], tuple[Any, bool]] = {}
        self._members: dict[int, tuple[Any, frozenset[str]]] = {}

    def tell(self, kind: Kind, row: Row, schema: Schema | None) -> Any:
        """A row in a schema; not to be changed."""
        if schema is None or self._is_own(kind, schema):
            return row.value
        return self.say(kind, (row,), schema)[0].value

    def say(self, kind: Kind, rows: Sequence[Row], schema: Schema | None) -> Sequence[Saying]:
        """
        Rows in a schema, each with whether it obeys it, and as JSON; the very same sequence where
        they were the last that were told.
        """
        number = id(schema.node) if schema is not None else 0
        last = self._last.get(number)
        if last is not None and last.holds(rows):
            return last.sayings
        found, kept = [], self._kept
        for row in rows:
            known = kept.get((id(row), number))
            if known is None or known.row is not row or known.source is not row.value:
                known = self._said(kind, row, schema, number)
            found.append(known)
        if len(found) > 1:
            self._last[number] = _Said(rows, found)
        return found

    def _said(self, kind: Kind, row: Row, schema: Schema | None, number: int) -> Saying:
        if schema is None:
            made = Saying(row, row.value, None)
        elif not self._is_own(kind, schema):
            value, sound = self._adapted(row.value, schema)
            made = Saying(row, value, None if sound else validator(schema, Direction.RESPONSE))
        elif row.proved is row.value:
            made = Saying(row, row.value, None)
        else:
            made = Saying(row, row.value, validator(schema, Direction.RESPONSE))
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[id(row), number] = made
        return made

    def _adapted(self, value: Mapping[str, Any], schema: Schema) -> tuple[Any, bool]:
        """
        A value in another schema than its own: what that knows of it, and what it lacks; and
        whether the schema was seen to accept it.
        """
        judge = validator(schema, Direction.RESPONSE)
        known = self._known(schema)
        if not known and judge.accepts(value):
            return value, True
        told = {k: v for k, v in value.items() if k in known} if known else dict(value)
        if known and judge.accepts(told):
            return told, True
        return self._bodies.make(schema, told), False

    def _known(self, schema: Schema) -> frozenset[str]:
        """The names of a schema's members; the node is kept, so that its id stays its own."""
        known = self._members.get(id(schema.node))
        if known is None:
            names = frozenset(schema.members())
            known = self._members[id(schema.node)] = (schema.node, names)
        return known[1]

    def _is_own(self, kind: Kind, schema: Schema) -> bool:
        key = (kind.name, id(schema.node))
        known = self._same.get(key)
        if known is None:
            known = self._same[key] = (schema.node, _is_same(kind.item, schema))
        return known[1]


def _is_same(first: Schema | None, second: Schema) -> bool:
    """Whether two schemas are one, or say the same in the same file."""
    if same(first, second):
        return True
    nodes = node_of(first), node_of(second)
    return (
        first is not None
        and bool(nodes[0])
        and nodes[0] == nodes[1]
        and _file(first) == _file(second)
    )


def _file(schema: Schema) -> str:
    return schema.resolved().at.file
