"""Items in answers, taken out of their envelopes: by the inferred names, else by usual ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.model import Exchange, Resource

__all__ = ["id_of", "representation_of", "rows_of"]

USUAL_ENVELOPES = ("data", "result", "item")
USUAL_IDS = ("id", "uuid", "_id", "key", "name")
Row = Mapping[str, Any]


def representation_of(exchange: Exchange, resource: Resource) -> Row | None:
    """The item of an answer; None where there is none."""
    value = exchange.response.json_or_none() if exchange.response else None
    return _unwrapped(value, resource)


def rows_of(exchange: Exchange, resource: Resource) -> list[Row]:
    """The items of a list answer; none where it is no list."""
    value = exchange.response.json_or_none() if exchange.response else None
    if isinstance(value, Mapping):
        lists = {name: held for name, held in value.items() if isinstance(held, list)}
        only = next(iter(lists.values())) if len(lists) == 1 else []
        value = lists.get(resource.list_member, only)
    found = [_unwrapped(row, resource) for row in value] if isinstance(value, list) else []
    return [row for row in found if row is not None]


def id_of(row: Row, resource: Resource) -> str | int | None:
    """The id of an item: under the inferred name, the path parameter's, or a usual one."""
    names = [resource.id_field] if resource.id_field else [resource.id_parameter, *USUAL_IDS]
    for name in names:
        held = row.get(name)
        if isinstance(held, (str, int)) and not isinstance(held, bool) and held != "":
            return held
    return None


def _unwrapped(value: Any, resource: Resource) -> Row | None:
    if not isinstance(value, Mapping):
        return None
    names = (resource.envelope,) if resource.envelope else USUAL_ENVELOPES
    for name in names:
        alone = len(value) <= 3 or resource.envelope
        if isinstance(value.get(name), Mapping) and alone and id_of(value, resource) is None:
            inner: Row = value[name]
            return inner
    return value
