"""A thing as an answer tells it: in that answer's schema, and the same in all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from verifier.mocking.bodies import Bodies
from verifier.mocking.kinds.kind import Kind
from verifier.mocking.kinds.schemas import same
from verifier.mocking.state import Row
from verifier.model import Schema
from verifier.validating import Direction, validator

__all__ = ["Teller"]

MOST_KEPT = 5_000


class Teller:
    """Tells rows; what it made for one version of a row it tells again."""

    def __init__(self, bodies: Bodies) -> None:
        self._bodies = bodies
        self._kept: dict[tuple[int, int, int], tuple[Row, Any]] = {}
        self._same: dict[tuple[str, int], tuple[Any, bool]] = {}
        self._members: dict[int, tuple[Any, frozenset[str]]] = {}

    def tell_all(self, kind: Kind, rows: Sequence[Row], schema: Schema | None) -> list[Any]:
        """Rows in a schema; not to be changed."""
        if schema is None or self._is_own(kind, schema):
            return [row.value for row in rows]
        return [self._told(row, schema) for row in rows]

    def tell(self, kind: Kind, row: Row, schema: Schema | None) -> Any:
        """A row in a schema; not to be changed."""
        return self.tell_all(kind, (row,), schema)[0]

    def _told(self, row: Row, schema: Schema) -> Any:
        key = (id(row), row.version, id(schema.node))
        kept = self._kept.get(key)
        if kept is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            kept = self._kept[key] = (row, self.adapt(row.value, schema))
        return kept[1]

    def adapt(self, value: Mapping[str, Any], schema: Schema) -> Any:
        """A value in another schema than its own: what that knows of it, and what it lacks."""
        judge = validator(schema, Direction.RESPONSE)
        known = self._known(schema)
        if not known and judge.accepts(value):
            return value
        told = {k: v for k, v in value.items() if k in known} if known else dict(value)
        if known and judge.accepts(told):
            return told
        return self._bodies.make(schema, told)

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
            known = self._same[key] = (schema.node, same(kind.item, schema))
        return known[1]
