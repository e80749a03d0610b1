"""A new thing."""

from __future__ import annotations

from verifier.mocking.acting.consequences import consequences
from verifier.mocking.acting.shop import Shop
from verifier.mocking.acting.writing import writable
from verifier.mocking.asked import Asked
from verifier.mocking.outcome import Shown
from verifier.mocking.refusal import Refusal
from verifier.mocking.state import Row
from verifier.model import Resource

__all__ = ["create"]


def create(shop: Shop, asked: Asked, resource: Resource) -> Shown | Refusal:
    """Keep a thing of what was given, and what we set."""
    unknown = _unknown_reference(shop, asked, resource)
    if unknown is not None:
        return unknown
    given = shop.hooks.through("stored", asked, writable(shop, asked))
    schema = asked.practice.item
    id = shop.shapes.new_id(resource, schema)
    value = shop.shapes.represent(asked, resource, schema, given, id)
    row = Row(
        resource=resource.name,
        id=str(value.get(resource.id_field, id)),
        tenant=asked.caller.tenant,
        path=asked.parents,
        value=value,
    )
    if not shop.hooks.any("forgets", asked):
        shop.state.add(row)
        consequences(shop, asked, resource, row)
    return Shown(row=row, created=True)


def _unknown_reference(shop: Shop, asked: Asked, resource: Resource) -> Refusal | None:
    for reference in resource.references:
        given = asked.body.get(reference.field.strip("/"))
        target = shop.contract.resource(reference.resource)
        if not isinstance(given, str) or not target.create or reference.confidence < 0.7:
            continue
        if shop.state.get(target.name, given, asked.caller.tenant) is None:
            says = f"{reference.field}: there is no {target.name} of the id {given}."
            return Refusal(status=422, code="unknown_reference", says=says)
    return None
