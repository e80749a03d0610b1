"""Actions: what an operation does to a thing that is neither reading nor writing it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any

from verifier.mocking.acting.consequences import states_of
from verifier.mocking.acting.counting import count, counts
from verifier.mocking.acting.creating import make
from verifier.mocking.acting.merging import settle
from verifier.mocking.acting.preconditions import stale
from verifier.mocking.acting.references import unknown_reference
from verifier.mocking.acting.several import AT_ONCE, remove_several, several, tell_several
from verifier.mocking.acting.shop import Shop
from verifier.mocking.acting.verbs import ENDS
from verifier.mocking.acting.writing import given_things, writable
from verifier.mocking.asked import Asked
from verifier.mocking.english import alike, words
from verifier.mocking.kinds import Kind
from verifier.mocking.kinds.schemas import members_of, overlap, same, types
from verifier.mocking.outcome import Nothing, Outcome, Plain, Shown
from verifier.mocking.practice import Practice, Practices
from verifier.mocking.refusal import Refusal
from verifier.mocking.state import Row

__all__ = ["action_of", "meant", "move"]

ALIKE = 0.6
WRITES = ("POST", "PUT", "PATCH")
IS, UNDONE = (("is",), ("was",), ("has",)), ("un", "dis", "de")
MAKING = (("create",), ("add",), ("new",), ("upsert",))


def action_of(practice: Practice, practices: Practices) -> str:
    """
    What an action does, in a word: ``flag`` (switches something on, off, or asks whether it is),
    ``upsert`` (makes or changes several), ``count`` (tells how many there are), ``move`` (changes
    a thing), ``tell`` (asks about it), ``remove several``, ``tell several``.
    """
    operation, kind = practice.operation, practice.kind
    if kind is None:
        return "tell"
    if practice.call is not None:
        silent = practice.answer is None and not _leaves_a_mark(practice, kind)
        return "tell" if silent or operation.method == "GET" else "move"
    if counts(practice, kind):
        return "count"
    at_once = several(practice, kind)
    if at_once:
        return f"{at_once} several"
    if operation.method in WRITES and _at_the_collection(practice, kind):
        return "upsert"
    if practice.media is None and practices.toggles(operation):
        return "flag"
    told = practice.answer.schema if practice.answer is not None else None
    about = told is None or same(told, kind.item) or overlap(told, kind.item) >= ALIKE
    return "move" if about and operation.method != "GET" else "tell"


def _leaves_a_mark(practice: Practice, kind: Kind) -> bool:
    """Whether a thing can be seen to be another after an action: by its name, or what it takes."""
    named = practice.call.arguments.values() if practice.call is not None else ()
    known = members_of(kind.item).keys()
    return bool(meant(practice.verb, kind)) or not known.isdisjoint(practice.given.keys() - named)


def _at_the_collection(practice: Practice, kind: Kind) -> bool:
    """Whether it is sent to all of a kind: at their path, or beside them at ``/create``."""
    path = practice.operation.path
    if path == kind.resource.collection:
        return True
    verb = tuple(word for word in words(path.rpartition("/")[2]) if word not in AT_ONCE)
    return (
        path.rpartition("/")[0] == kind.template.rpartition("/")[0]
        and (verb[:1] in MAKING or not verb)
        and (bool(practice.body.path) or practice.body.many)
    )


def move(shop: Shop, asked: Asked, kind: Kind) -> Outcome | Refusal:
    """Do what the action's name means, as far as it can be seen in what is kept."""
    does = action_of(asked.practice, shop.practices)
    if does == "count":
        return count(shop, asked, kind)
    if does == "remove several":
        return remove_several(shop, asked, kind)
    if does == "tell several":
        return tell_several(shop, asked, kind)
    if does == "upsert":
        return _upsert(shop, asked, kind)
    if not _names_one(asked, kind):
        return _told(asked)
    row = shop.find(asked, kind)
    if row is None:
        return shop.gone(kind)
    if does == "flag":
        return _flag(shop, asked, row)
    if asked.operation.method != "GET":
        refused = stale(asked, row)
        if refused is not None:
            return refused
        _change(shop, asked, kind, row)
    return Shown(rows=(row,)) if does == "move" else _told(asked)


def _names_one(asked: Asked, kind: Kind) -> bool:
    return bool(kind.keys) and all(key in asked.own_path for key in kind.keys)


def _change(shop: Shop, asked: Asked, kind: Kind, row: Row) -> None:
    """The status that the name means, and the members that were sent with it."""
    if shop.hooks.any("forgets", asked):
        return
    thing = next(iter(given_things(asked)), {})
    sent: Mapping[str, Any] = writable(shop, asked, thing)
    told = kind.without_id(sent)
    settle(shop, kind, row, {**told, **meant(asked.practice.verb, kind)}, deep=True)


def meant(verb: str, kind: Kind) -> dict[str, Any]:
    """The status that an action's name means; where the schema has it."""
    spoken = words(verb) or ("",)
    leads = ENDS.get(spoken[0], ()) if len(spoken) == 1 else ()
    states = states_of(kind)
    for wanted in (spoken[0], verb, *leads):
        for name, known in states.items():
            for plain, choice in _plainly(known):
                if alike(choice, wanted) or alike(plain, wanted):
                    return {name: choice}
    return _switched(verb, kind)


def _switched(verb: str, kind: Kind) -> dict[str, Any]:
    """What an action says yes or no to: ``archive`` to ``is_archived``, ``unarchive`` too."""
    for name, member in members_of(kind.item).items():
        named = words(name)
        named = named[1:] if named[:1] in IS and len(named) > 1 else named
        if len(named) != 1 or "boolean" not in types(member):
            continue
        undone = next((verb.removeprefix(un) for un in UNDONE if verb.startswith(un)), "")
        if alike(named[0], verb):
            return {name: True}
        if undone and alike(named[0], undone):
            return {name: False}
    return {}


def _plainly(choices: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """Each choice without what all begin with: ``JOB_STATUS_FAILED`` is ``failed``."""
    texts = [choice for choice in choices if isinstance(choice, str)]
    split = [words(text) for text in texts]
    alike_so_far = takewhile(lambda column: len(set(column)) == 1, zip(*split, strict=False))
    shared = sum(1 for _ in alike_so_far) if len(split) > 1 else 0
    for text, parts in zip(texts, split, strict=True):
        yield "_".join(parts[shared:]), text


def _flag(shop: Shop, asked: Asked, row: Row) -> Outcome | Refusal:
    """Something about a thing is switched on, off, or asked about."""
    name = asked.operation.path.rstrip("/").rpartition("}")[2].strip("/") or asked.operation.path
    name += "/".join(v for k, v in asked.path.items() if k not in row.path)
    if asked.operation.method in ("PUT", "DELETE"):
        if not shop.hooks.any("forgets", asked):
            shop.state.flag(row, name, on=asked.operation.method == "PUT")
    elif name not in row.flags:
        return Refusal(status=404, code="not_found", says=f"Its {name} is not set.")
    return _told(asked)


def _upsert(shop: Shop, asked: Asked, kind: Kind) -> Outcome | Refusal:
    """Several things at a collection: those that are there change, the others are made."""
    things = given_things(asked)
    if not things:
        return _told(asked)
    for thing in things:
        refused = unknown_reference(shop, asked, kind, thing)
        if refused is not None:
            return refused
    rows, created = [], False
    for thing in things:
        known = shop.state.get(kind.name, str(kind.id_in(thing)), asked.caller.tenant)
        if known is None:
            rows.append(make(shop, asked, kind, thing))
            created = True
        elif not shop.hooks.any("forgets", asked):
            settle(shop, kind, known, writable(shop, asked, thing))
            rows.append(known)
    return Shown(rows=tuple(rows), created=created)


def _told(asked: Asked) -> Outcome:
    if asked.practice.media is None:
        return Nothing()
    return Plain(says=dict(asked.body) if asked.operation.method != "GET" else {})
