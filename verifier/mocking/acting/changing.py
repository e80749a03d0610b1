"""A thing changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.mocking.acting.creating import create
from verifier.mocking.acting.shop import Shop
from verifier.mocking.acting.writing import writable
from verifier.mocking.asked import Asked
from verifier.mocking.outcome import Shown
from verifier.mocking.refusal import Refusal
from verifier.mocking.representing import MOVED, if_valid, members
from verifier.mocking.state import Row
from verifier.model import Resource

__all__ = ["change", "move", "replace_with", "stale"]


def change(shop: Shop, asked: Asked, resource: Resource) -> Shown | Refusal:
    """Write the given members over the old ones."""
    return _changed(shop, asked, resource, writable(shop, asked))


def replace_with(shop: Shop, asked: Asked, resource: Resource) -> Shown | Refusal:
    """Write a thing, where it is new too if nothing else creates one."""
    if shop.find(asked, resource) is None and not resource.create:
        return create(shop, asked, resource)
    return _changed(shop, asked, resource, writable(shop, asked))


def move(shop: Shop, asked: Asked, resource: Resource) -> Shown | Refusal:
    """Set the status that the action's name means."""
    return _changed(shop, asked, resource, _meant(asked))


def stale(asked: Asked, row: Row) -> Refusal | None:
    """Why a thing is not written: it is another than the asker thinks (RFC 9110, 13.1.1)."""
    if asked.incoming.header("if-match") in (None, "*", row.etag):
        return None
    return Refusal(status=412, code="stale", says="It was changed meanwhile.")


def _changed(
    shop: Shop, asked: Asked, resource: Resource, given: Mapping[str, Any]
) -> Shown | Refusal:
    row = shop.find(asked, resource)
    if row is None:
        return shop.gone(resource)
    refused = stale(asked, row)
    if refused is not None:
        return refused
    if not shop.hooks.any("forgets", asked):
        _write(shop, asked, row, shop.hooks.through("stored", asked, given))
    return Shown(row=row)


def _write(shop: Shop, asked: Asked, row: Row, given: Mapping[str, Any]) -> None:
    schema = asked.practice.item
    known = members(schema)
    value = dict(row.value)
    for name, new in given.items():
        if name in known or not schema:
            value = if_valid(schema, value, name, new)
    for name in MOVED:
        if name in value:
            value = if_valid(schema, value, name, shop.shapes.stamp(value[name]))
    shop.state.change(row, value)


def _meant(asked: Asked) -> dict[str, Any]:
    """The status that an action's name means, where the schema has it."""
    verb = asked.operation.path.rstrip("/").rpartition("/")[2].rpartition(":")[2].lower()
    for name, member in members(asked.practice.item).items():
        choices = member.node.get("enum") if isinstance(member.node, Mapping) else None
        for choice in choices or ():
            stem = str(choice).lower()
            if stem.startswith(verb.rstrip("e")) or verb.startswith(stem):
                return {name: choice}
    return {}
