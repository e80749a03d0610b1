"""Where things stand in an answer or a body: bare, in an envelope, in a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from verifier.mocking.kinds.schemas import alternatives, items_of, overlap, same, types
from verifier.model import Resource, Schema

__all__ = ["Layout", "answer_layout", "body_layout"]

DEEPEST = 2
ALIKE = 0.5
USUAL = ("data", "items", "results", "records", "values", "entries", "result", "response", "item")


class Layout(Struct, frozen=True, kw_only=True):
    """
    A place in a value.

    Args:
        path: Members to go down.
        many: Whether a list of things stands there, else one.
        wrap: Member that wraps each of them; empty where they are bare.
        schema: Of one thing, wrapping excluded.
    """

    path: tuple[str, ...] = ()
    many: bool = False
    wrap: str = ""
    schema: Schema | None = None

    def found_in(self, value: Any) -> list[Any]:
        """The things in a value; none where they are not there."""
        for name in self.path:
            value = value.get(name) if isinstance(value, Mapping) else None
        if not self.many:
            return [] if value is None else [value]
        rows = value if isinstance(value, list) else []
        if self.wrap:
            return [row.get(self.wrap) if isinstance(row, Mapping) else row for row in rows]
        return list(rows)

    def around(self, things: list[Any]) -> Any:
        """The least value in which these things stand there."""
        if self.wrap:
            things = [{self.wrap: thing} for thing in things]
        return self.within(things if self.many else (things[0] if things else None))

    def within(self, value: Any) -> Any:
        """The least value in which this stands there."""
        for name in reversed(self.path):
            value = {name: value}
        return value


def answer_layout(
    schema: Schema | None, item: Schema | None, resource: Resource, *, many: bool
) -> Layout | None:
    """
    Where things of a resource stand in an answer; None where they do not.

    Args:
        item: Schema of one thing.
        many: Whether the operation answers with several.
    """
    if schema is None:
        return Layout(many=many, schema=item)
    if many:
        return _list_in(schema, item, resource)
    if same(schema, item):
        return Layout(schema=schema)
    members = schema.members()
    for name in (resource.envelope, *USUAL):
        if name and name in members:
            found = _enveloped(members[name], item, (name,), named=name == resource.envelope)
            if found is not None:
                return found
    rows = items_of(schema)
    if rows is not None and not members:
        return Layout(many=True, schema=rows)
    return _deeper(schema, item) or _in_a_form(schema, item) or Layout(schema=schema)


def _deeper(schema: Schema, item: Schema | None) -> Layout | None:
    """One thing, or a list of them, that is known by its schema."""
    for path, inner in _inside(schema):
        if same(inner, item):
            return Layout(path=path, schema=inner)
        rows = items_of(inner)
        if rows is not None and same(rows, item):
            return Layout(path=path, many=True, schema=rows)
    return None


def _in_a_form(schema: Schema, item: Schema | None) -> Layout | None:
    """One thing in one of the forms that an answer may have: a droplet made, or several."""
    forms = [] if schema.members() else alternatives(schema)
    if any(same(form, item) for form in forms):
        return None
    found = [layout for form in forms if (layout := _deeper(form, item)) is not None]
    return next((layout for layout in found if not layout.many), None)


def _enveloped(
    inner: Schema, item: Schema | None, path: tuple[str, ...], *, named: bool
) -> Layout | None:
    rows = items_of(inner)
    if rows is not None and (named or same(rows, item)):
        return Layout(path=path, many=True, schema=rows)
    if rows is None and (named or same(inner, item)):
        return Layout(path=path, schema=inner)
    return None


def _list_in(schema: Schema, item: Schema | None, resource: Resource) -> Layout | None:
    rows = items_of(schema)
    if rows is not None and not schema.members():
        return _rows((), rows, item, resource)
    candidates = [(path, items_of(inner)) for path, inner in _inside(schema)]
    lists = [(path, rows) for path, rows in candidates if rows is not None]
    ways = (
        [one for one in lists if one[0][-1] == resource.list_member],
        [one for one in lists if same(one[1], item)],
        [one for one in lists if one[0][-1].lower() in USUAL],
        [one for one in lists if overlap(item, one[1]) >= ALIKE],
        lists if len(lists) == 1 else [],
    )
    for found in ways:
        if found:
            return _rows(*found[0], item, resource)
    return None


def _rows(path: tuple[str, ...], rows: Schema, item: Schema | None, resource: Resource) -> Layout:
    """A list at a path, its rows taken out of their wrapping."""
    inner = rows.members().get(resource.envelope) if resource.envelope else None
    if inner is None or same(rows, item):
        return Layout(path=path, many=True, schema=rows)
    return Layout(path=path, many=True, wrap=resource.envelope, schema=inner)


def body_layout(schema: Schema | None, item: Schema | None, resource: Resource) -> Layout:
    """Where the things stand in a body that is sent."""
    if schema is None:
        return Layout()
    rows = items_of(schema)
    members = schema.members()
    if rows is not None and not members:
        return Layout(many=True, schema=rows)
    known = item.members() if item is not None else {}
    wrappers = (resource.envelope, resource.list_member, "data", _singular(resource.name))
    for name in wrappers:
        if not name or name not in members or name in known:
            continue
        inner = items_of(members[name])
        if inner is not None and overlap(inner, item) >= ALIKE:
            return Layout(path=(name,), many=True, schema=inner)
        if "object" in types(members[name]) and overlap(members[name], item) >= ALIKE:
            return Layout(path=(name,), schema=members[name])
    return Layout(schema=schema)


def _inside(schema: Schema) -> Iterator[tuple[tuple[str, ...], Schema]]:
    """Members by their path, the shallow first."""
    queue: list[tuple[tuple[str, ...], Schema]] = [((), schema)]
    while queue:
        path, outer = queue.pop(0)
        for name, member in outer.members().items():
            inner = (*path, name)
            yield inner, member
            if len(inner) < DEEPEST:
                queue.append((inner, member))


def _singular(name: str) -> str:
    last = name.rpartition(".")[2]
    return last[:-1] if last.endswith("s") else last
