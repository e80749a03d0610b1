"""What a new thing does to those that it refers to: a payment makes its invoice paid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.mocking.acting.shop import Shop
from verifier.mocking.asked import Asked
from verifier.mocking.english import alike, singular, words
from verifier.mocking.representing import MOVED, if_valid, members
from verifier.mocking.state import Row
from verifier.model import Resource, Schema

__all__ = ["consequences", "states_of"]

STATES = ("status", "state")
SUREST = 0.7


def consequences(shop: Shop, asked: Asked, resource: Resource, row: Row) -> None:
    """Move the status of what a new row refers to, where one of its states says what it is."""
    noun = singular((words(resource.name) or ("",))[-1])
    for reference in resource.references:
        id = row.value.get(reference.field.strip("/"))
        if reference.confidence < SUREST or not isinstance(id, str):
            continue
        target = shop.contract.resource(reference.resource)
        other = shop.state.get(target.name, id, asked.caller.tenant)
        schema = shop.practices.item(target)
        for name, choices in states_of(schema).items():
            reached = next((c for c in choices if isinstance(c, str) and alike(c, noun)), None)
            if other is not None and reached is not None and other.value.get(name) != reached:
                shop.state.change(other, _moved(shop, schema, other.value, name, reached))


def states_of(schema: Schema | None) -> dict[str, list[Any]]:
    """The members that say where a thing stands, with their choices."""
    found = {}
    for name, member in members(schema).items():
        choices = member.node.get("enum") if isinstance(member.node, Mapping) else None
        if name.lower() in STATES and isinstance(choices, list):
            found[name] = choices
    return found


def _moved(
    shop: Shop, schema: Schema | None, value: dict[str, Any], name: str, reached: str
) -> dict[str, Any]:
    moved = if_valid(schema, value, name, reached)
    for stamp in MOVED:
        if stamp in moved:
            moved = if_valid(schema, moved, stamp, shop.shapes.stamp(moved[stamp]))
    return moved
