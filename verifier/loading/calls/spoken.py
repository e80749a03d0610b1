"""Operations that are called by a name, ``/chat.postMessage``: what the name and schemas say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from verifier.loading.calls.names import TELLING, Name, names_in
from verifier.loading.resources.language import is_plural, stem
from verifier.loading.view import ContractView, Piece, piece_of, word_set, words
from verifier.model import Operation

__all__ = ["Spoken", "about", "spoken_in"]

IDS = frozenset(("id",))
PAGING = word_set("responsemetadata metadata meta paging pagination page link cursor")
"""Stems of what stands beside things in an answer and is none."""


class Spoken(Struct, kw_only=True, eq=False):
    """
    One call, as far as it speaks for itself.

    Args:
        noun: What its name says before the last dot: ``admin``, ``users``.
        verb: The first word after it.
        thing: Stem of the words after the verb: of ``postMessage`` a message; empty for none.
        arguments: What whoever calls may say, by name: of the query and the body.
        shown: Member of the answer in which things stand; empty where it tells none.
        many: Whether several stand there.
        form: Schema of one of them.
        members: Of one of them, by the schema, or by the example where that does not say.
        tells: Further members of the answer that hold texts and numbers.
    """

    operation: Operation
    noun: tuple[str, ...]
    verb: str
    thing: str
    arguments: Mapping[str, Piece]
    shown: str = ""
    many: bool = False
    form: Piece | None = None
    members: Mapping[str, Piece] = field(default_factory=dict)
    tells: tuple[str, ...] = ()


def spoken_in(view: ContractView) -> list[Spoken]:
    """The calls of a document that are part of no resource, in its order."""
    names = names_in(view.operations)
    if not names:
        return []
    owned = {key for resource in view.resources for key in resource.operations}
    calls = [_spoken(view, o, n) for o, n in names if n.sure or o.key not in owned]
    things = {id(view.follow(call.form).node) for call in calls if call.form is not None}
    for call in calls:
        if not call.shown:
            _look_again(view, call, things)
    return calls


def _look_again(view: ContractView, call: Spoken, things: set[int]) -> None:
    """See a thing whose form only another answer shows: they refer to one schema."""
    for name, piece in view.members(view.success(call.operation)).items():
        node = view.follow(piece).node
        if node is not piece.node and id(node) in things:
            call.shown, call.form = name, piece
            return


def about(argument: str) -> tuple[str, ...]:
    """The words of what an argument names, whether it says that it is an id or not."""
    parts = words(argument)
    return parts[:-1] if len(parts) > 1 and parts[-1] in IDS else parts


def _spoken(view: ContractView, operation: Operation, name: Name) -> Spoken:
    verb, *rest = name.deed
    said = Spoken(
        operation=operation,
        noun=name.noun,
        verb=verb,
        thing=stem("_".join(rest)),
        arguments=_arguments(view, operation),
    )
    example = _example(operation)
    members = _told(view, operation, example)
    kinds = {n: _kind(view, piece, example.get(n)) for n, piece in members.items()}
    if verb not in TELLING:
        # What only an example shows is a thing where the call is about things.
        known = view.members(view.success(operation))
        kinds = {n: kind for n, kind in kinds.items() if n in known or stem(n) in _own(said)}
    said.shown = next(_telling(said, kinds), "")
    if said.shown:
        piece = members[said.shown]
        said.many = kinds[said.shown] == "things"
        said.form = (view.items(piece) or piece) if said.many else piece
        said.members = view.members(said.form) or _exemplary(example.get(said.shown))
    said.tells = tuple(name for name, kind in kinds.items() if kind == "value")
    return said


def _arguments(view: ContractView, operation: Operation) -> Mapping[str, Piece]:
    query = {
        p.name: piece_of(p.schema) if p.schema is not None else Piece({}, "")
        for p in operation.parameters_in("query")
    }
    return {**query, **view.members(view.body(operation))}


def _told(
    view: ContractView, operation: Operation, example: Mapping[str, Any]
) -> Mapping[str, Piece]:
    """The members of an answer: those of its schema, and what an example tells beyond them."""
    success = view.success(operation)
    node = view.follow(success).node if success is not None else {}
    closed = isinstance(node, dict) and node.get("additionalProperties") is False
    return {**({} if closed else _exemplary(example)), **view.members(success)}


def _example(operation: Operation) -> Mapping[str, Any]:
    """The first example of an answer; empty where there is none."""
    for spec in operation.responses:
        for media in spec.media if spec.status.startswith("2") else ():
            for example in media.examples:
                if isinstance(example.value, dict):
                    return example.value
    return {}


def _exemplary(example: Any) -> Mapping[str, Piece]:
    """The members that an example of a thing, or of several, shows."""
    first = example[0] if isinstance(example, list) and example else example
    types = {dict: "object", list: "array", bool: "boolean", int: "integer", str: "string"}
    held = first.items() if isinstance(first, dict) else ()
    return {
        name: Piece({"type": types[type(value)]} if type(value) in types else {}, "")
        for name, value in held
    }


def _kind(view: ContractView, piece: Piece, example: Any) -> str:
    """``thing``, ``things`` or ``value``; what the schema leaves open an example may say."""
    if view.members(view.items(piece)):
        return "things"
    if view.members(piece):
        return "thing"
    if isinstance(example, list) and example and isinstance(example[0], dict):
        return "things"
    if isinstance(example, dict) and example:
        return "thing"
    return "value" if view.kinds(piece) & {"string", "integer", "number"} else ""


def _own(said: Spoken) -> set[str]:
    """Stems of what a call is about: its noun, its object, and what its arguments name."""
    named = {stem("_".join(about(argument))) for argument in said.arguments}
    return {stem(said.noun[-1]), said.thing, *named}


def _telling(said: Spoken, kinds: Mapping[str, str]) -> Iterator[str]:
    """
    The members in which things stand, the likeliest first: called as the call's noun, its object
    or an argument are, then the only list, then the only object.
    """
    own = _own(said)
    told = {n: k for n, k in kinds.items() if k in ("thing", "things") and stem(n) not in PAGING}
    singles = [n for n, kind in told.items() if kind == "thing" and not is_plural(n)]
    lists = [n for n, kind in told.items() if kind == "things"]
    yield from (n for n in singles if stem(n) in own)
    yield from (n for n in lists if stem(n) in own)
    if len(lists) == 1:
        yield lists[0]
    elif len(singles) == 1 and not lists:
        yield singles[0]
