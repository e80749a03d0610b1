"""What is done to several things at once: to those that a list names, or to all there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from verifier.mocking.acting.listing import chosen, understood
from verifier.mocking.acting.shop import Shop
from verifier.mocking.asked import Asked
from verifier.mocking.english import singular, word_set, words
from verifier.mocking.kinds import Kind
from verifier.mocking.kinds.schemas import items_of, members_of, types
from verifier.mocking.outcome import Nothing, Outcome, Plain, Shown
from verifier.mocking.practice import Practice
from verifier.mocking.state import Row
from verifier.model import Schema

__all__ = ["AT_ONCE", "remove_several", "several", "tell_several"]

AT_ONCE = word_set("bulk batch many multiple")
REMOVING = word_set("delete remove destroy purge")
TELLING = word_set("get fetch list lookup read retrieve")
IDS = word_set("id ids uuid uuids")
ITSELF = ""


def several(practice: Practice, kind: Kind) -> str:
    """What an action does to several things: ``remove``, ``tell``; empty where it does neither."""
    if practice.resource is not kind.resource or kind.own in practice.places or not kind.own:
        return ""
    operation, lists = practice.operation, _ids_of(practice, kind)
    if operation.method == "DELETE":
        asked = lists is None and operation.body is not None and operation.body.required
        return "remove" if operation.path == kind.resource.collection and not asked else ""
    said = words(operation.path.rpartition("/")[2].rpartition(":")[2])
    verb = [word for word in said if word not in AT_ONCE and singular(word) not in _noun(kind)]
    at_once = not AT_ONCE.isdisjoint(said)
    if operation.method != "POST" or lists is None or len(verb) > 1:
        return ""
    if verb and verb[0] in REMOVING:
        return "remove"
    tells = practice.answer is not None and practice.answer.many and not practice.body.many
    return "tell" if at_once and tells and (not verb or verb[0] in TELLING) else ""


def remove_several(shop: Shop, asked: Asked, kind: Kind) -> Outcome:
    """Forget those that are named; where a list takes no ids, all that its filters leave."""
    rows = _named(shop, asked, kind)
    if rows is None or (not rows and _all_are_meant(asked)):
        rows = list(chosen(shop, asked, kind)) if understood(shop, asked, kind) else []
    if not shop.hooks.any("forgets", asked):
        for row in rows:
            shop.state.remove(row)
    practice = asked.practice
    if practice.media is None:
        return Nothing()
    if practice.answer is not None and practice.answer.many and rows:
        return Shown(rows=tuple(rows), gone=True)
    return Plain(says={})


def tell_several(shop: Shop, asked: Asked, kind: Kind) -> Shown:
    """Tell those that are named, and that there are."""
    return Shown(rows=tuple(_named(shop, asked, kind) or ()))


def _all_are_meant(asked: Asked) -> bool:
    """Whether a request says that it means all: ``delete_all``."""
    given = {**asked.draft.query, **asked.body}
    return any(value is True and "all" in words(name) for name, value in given.items())


def _named(shop: Shop, asked: Asked, kind: Kind) -> list[Row] | None:
    """The things that a request lists; None where it could list none."""
    member = _ids_of(asked.practice, kind)
    if member is None:
        return None
    shop.seeds.grow(kind, asked)
    inside: Mapping[str, Any] = {**asked.draft.query, **asked.body}
    given = asked.draft.body if member == ITSELF else inside.get(member)
    listed = given if isinstance(given, list) else str(given).split(",") if given else []
    path, tenant = asked.own_path, asked.caller.tenant
    whole = all(key in path for key in kind.around)
    place = "/".join(path[key] for key in kind.around) if whole else None
    ids = (kind.id_in(one) if isinstance(one, Mapping) else one for one in listed)
    found = (shop.state.get(kind.name, str(id), tenant, place) for id in ids)
    return [row for row in found if row is not None]


def _ids_of(practice: Practice, kind: Kind) -> str | None:
    """The member, or the parameter, that lists ids; empty for the body itself, None for none."""
    body = members_of(practice.body.schema)
    known = {p.name: p.schema for p in practice.operation.parameters_in("query")} | dict(body)
    for name, schema in known.items():
        if _lists_ids(schema, kind) and _means_them(name, kind):
            return name
    things = [n for n, schema in body.items() if _lists_ids(schema, kind, bare=False)]
    if len(things) == 1:
        return things[0]
    media = practice.operation.body.media if practice.operation.body is not None else ()
    return ITSELF if any(_lists_ids(one.schema, kind) for one in media) else None


def _lists_ids(schema: Schema | None, kind: Kind, *, bare: bool = True) -> bool:
    """Whether a value is a list of ids, or of things that say theirs."""
    inner = items_of(schema)
    if inner is None or members_of(schema):
        return False
    told = bool(kind.id_path) and kind.id_path[0] in members_of(inner)
    return told or (bare and bool(types(inner) & {"string", "integer"}))


def _means_them(name: str, kind: Kind) -> bool:
    """Whether a list is of this kind's ids: ``ids``, ``order_ids``, ``messages``, ``emails``."""
    about = _singular(word for word in words(name) if word not in IDS)
    own = _singular(word for word in words(kind.own) if word not in IDS)
    return not about or about in (own, _noun(kind), _noun(kind)[-1:])


def _noun(kind: Kind) -> tuple[str, ...]:
    return _singular(words(kind.name.rpartition(".")[2]))


def _singular(parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(singular(word) for word in parts)
