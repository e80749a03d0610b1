"""New things."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.mocking.acting.consequences import consequences
from verifier.mocking.acting.references import unknown_reference
from verifier.mocking.acting.shop import Shop
from verifier.mocking.acting.uploads import uploaded
from verifier.mocking.acting.writing import given_things, writable
from verifier.mocking.asked import Asked
from verifier.mocking.documented import tells
from verifier.mocking.kinds import Kind
from verifier.mocking.kinds.alignment import aligned
from verifier.mocking.making import Place
from verifier.mocking.outcome import Shown
from verifier.mocking.refusal import Refusal
from verifier.mocking.state import Row

__all__ = ["create", "make"]

# Names that whoever makes a thing chooses, and that must be unique where it is.
NATURAL = frozenset(("name", "slug", "key", "code", "username", "login", "handle", "email", "path"))


def create(shop: Shop, asked: Asked, kind: Kind) -> Shown | Refusal:
    """Keep what was given, and what we set; all of it or nothing."""
    things = given_things(asked) or [{}]
    for thing in things:
        refused = (
            unknown_reference(shop, asked, kind, thing)
            or _taken(shop, asked, kind, thing)
            or _twin(shop, asked, kind, thing)
        )
        if refused is not None:
            return refused
    rows = [make(shop, asked, kind, thing) for thing in things]
    return Shown(rows=tuple(rows), created=True)


def make(shop: Shop, asked: Asked, kind: Kind, thing: Mapping[str, Any]) -> Row:
    """Keep one thing, and let it have its consequences."""
    own = {**uploaded(asked, kind), **writable(shop, asked, thing)}
    given = shop.hooks.through("stored", asked, own)
    place = Place.of(asked, kind)
    id = _own_id(shop, asked, kind, given)
    row = shop.making.make(kind, given, place, shop.now(), id)
    if not shop.hooks.any("forgets", asked):
        _contain(shop, asked, kind, row)
        shop.state.add(row)
        consequences(shop, asked, kind, row)
    return row


def _contain(shop: Shop, asked: Asked, kind: Kind, row: Row) -> None:
    """
    Make what contains a thing and is not there: one request makes both (a thread, and its first
    run), or the document has no word for refusing it.
    """
    parent = shop.practices.kinds.parent(kind)
    if parent is None or not parent.creatable or not parent.own or parent is kind:
        return
    places = aligned(parent.template, kind.template) or {}
    path = {key: row.path.get(places.get(key, key), "") for key in parent.keys}
    if not all(path.values()):
        return
    id = path.pop(parent.own)
    place = "/".join(path[key] for key in parent.around)
    if shop.state.get(parent.name, id, row.tenant, place) is None:
        where = Place(row.tenant, path, asked.base, asked.handle)
        shop.state.add(shop.making.make(parent, {}, where, shop.now(), id))


def _own_id(shop: Shop, asked: Asked, kind: Kind, given: Mapping[str, Any]) -> Any:
    """The id that whoever asks chose, in the path or in the body; None where they did not."""
    variable = asked.practice.places.get(kind.own, "")
    # What is made below another of its kind (a fork, a renewed hold) is not called as that one is.
    below = asked.operation.path.count("/") > kind.template.count("/") > 0
    if (
        not below
        and variable in asked.path
        and shop.making.addresses(kind, asked.draft.path[variable])
    ):
        return asked.draft.path[variable]
    chosen = kind.id_in(given)
    if chosen is None or kind.id_path[0] in asked.practice.sealed:
        return None
    return None if _find(shop, asked, kind, str(chosen)) is not None else chosen


def _taken(shop: Shop, asked: Asked, kind: Kind, thing: Mapping[str, Any]) -> Refusal | None:
    """Why a name cannot be given: something has it already."""
    chosen = kind.id_in(thing)
    if chosen is None or asked.practice.places.get(kind.own, "") in asked.path:
        return None
    field = kind.id_path[-1]
    natural = field.lower() in NATURAL or tells(asked.operation, 409)
    if not natural or _find(shop, asked, kind, str(chosen)) is None:
        return None
    says = f"There is a {kind.name} with the {field} {chosen} already."
    return Refusal(status=409, code="already_exists", says=says)


def _find(shop: Shop, asked: Asked, kind: Kind, id: str) -> Row | None:
    place = "/".join(asked.own_path.get(key, "") for key in kind.around)
    return shop.state.get(kind.name, id, asked.caller.tenant, place)


def _twin(shop: Shop, asked: Asked, kind: Kind, thing: Mapping[str, Any]) -> Refusal | None:
    """A key of the caller's stands for one thing, where the document knows of conflicts."""
    name = asked.practice.natural_key
    given = thing.get(name) if name else None
    if not given or shop.hooks.any("lets_twins", asked):
        return None
    tenant = asked.caller.tenant
    rows = shop.state.all(kind.name, tenant, {})
    twin = next((row for row in rows if row.value.get(name) == given), None)
    if twin is None:
        return None
    says = f"There is one of {kind.name} with this {name}: {twin.id}."
    about = name if asked.practice.call is not None else ""
    return Refusal(status=409, code="already_exists", says=says, about=about)
