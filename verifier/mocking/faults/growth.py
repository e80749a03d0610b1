"""The answer has grown beyond the document, as a vendor calls compatible.

Imitates the next release: a member that is new, a state that nobody knows yet, nothing where there
always was something, more text than any column expected, a number that has become text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from verifier.mocking.fault import Play
from verifier.mocking.rewording import reworded
from verifier.mocking.turn import Turn
from verifier.model import Resource, Schema
from verifier.wire import Answer

__all__ = ["Options", "after"]

LONG = "A longer text than anybody expected. " * 300
Members = Mapping[str, Schema]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """
    How it has grown.

    Args:
        by: A member more (field), an unknown value (enum), null where it may be left out, a very
            long text, or numbers that have become text (type).
    """

    by: Literal["field", "enum", "null", "text", "type"] = "field"


def after(play: Play, answer: Answer) -> Answer:
    """Let every thing that is told grow."""
    asked = play.turn.asked
    if asked is None or answer.status >= 300:
        return answer
    item = asked.practice.item
    known = item.members() if item is not None else {}
    needed = _required(item)
    own = asked.practice.kind.id_path[:1] if asked.practice.kind is not None else ()
    given = asked.draft.body if isinstance(asked.draft.body, Mapping) else {}

    def grow(value: dict[str, Any], known: Members, needed: frozenset[str]) -> dict[str, Any]:
        grown = WAYS[play.options.by](value, known, needed)
        # What the client has just sent, and what names a thing, no release makes longer.
        kept = (*given, *own)
        same = {name: value[name] for name in kept if grown.get(name) == LONG}
        return {**grown, **same}

    return reworded(answer, lambda body: _each(play.turn, body, lambda v: grow(v, known, needed)))


def _each(turn: Turn, body: Any, grow: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
    """A body with each thing in it grown: the items of a list, or the one thing."""
    resource = turn.asked.resource if turn.asked is not None else None
    many = resource.list_member if resource is not None else ""
    if isinstance(body, list):
        return [_one(resource, item, grow) for item in body]
    if isinstance(body, dict) and isinstance(body.get(many), list):
        return {**body, many: [_one(resource, item, grow) for item in body[many]]}
    return _one(resource, body, grow)


def _one(
    resource: Resource | None, value: Any, grow: Callable[[dict[str, Any]], dict[str, Any]]
) -> Any:
    wrapped = resource.envelope if resource is not None else ""
    if isinstance(value, dict) and isinstance(value.get(wrapped), dict):
        return {**value, wrapped: grow(value[wrapped])}
    return grow(value) if isinstance(value, dict) else value


def _field(value: dict[str, Any], known: Members, needed: frozenset[str]) -> dict[str, Any]:
    return {**value, "added_by_a_later_release": {"since": "2"}}


def _enum(value: dict[str, Any], known: Members, needed: frozenset[str]) -> dict[str, Any]:
    return {
        name: "a_value_of_a_later_release" if _chosen(known.get(name), held) else held
        for name, held in value.items()
    }


def _null(value: dict[str, Any], known: Members, needed: frozenset[str]) -> dict[str, Any]:
    spare = [name for name in value if name not in needed] or list(value)[-1:]
    return {name: None if name in spare else held for name, held in value.items()}


def _text(value: dict[str, Any], known: Members, needed: frozenset[str]) -> dict[str, Any]:
    return {name: _long(known.get(name), held) for name, held in value.items()}


def _type(value: dict[str, Any], known: Members, needed: frozenset[str]) -> dict[str, Any]:
    return {
        name: str(held) if isinstance(held, (int, float)) and not isinstance(held, bool) else held
        for name, held in value.items()
    }


WAYS = MappingProxyType(
    {"field": _field, "enum": _enum, "null": _null, "text": _text, "type": _type}
)


def _node(member: Schema | None) -> Mapping[str, Any]:
    node = member.resolved().value if member is not None else None
    return node if isinstance(node, Mapping) else {}


def _chosen(member: Schema | None, held: Any) -> bool:
    return isinstance(held, str) and bool(_node(member).get("enum"))


def _long(member: Schema | None, held: Any) -> Any:
    node = _node(member)
    plain = isinstance(held, str) and not (node.keys() & {"enum", "format", "pattern", "readOnly"})
    return LONG if plain and "id" not in node.get("description", "").lower().split() else held


def _required(item: Schema | None) -> frozenset[str]:
    return frozenset(_node(item).get("required", ()))
