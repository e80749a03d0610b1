"""What an event says, in the shape that the document gives it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from verifier.encoding import json_bytes
from verifier.mocking.bodies import Bodies, pruned
from verifier.mocking.english import singular, words
from verifier.mocking.webhooks.events import Event
from verifier.model import Headers, Operation, Schema
from verifier.validating import Direction, validator

__all__ = ["Told", "headers_of", "payload", "schema_of"]

KINDS = ("type", "event", "event_type", "eventtype", "topic", "action", "name", "trigger", "kind")
IDS = ("id", "event_id", "eventid", "uuid", "message_id", "delivery_id")
TIMES = ("created", "created_at", "createdat", "timestamp", "occurred_at", "event_time", "date")
THINGS = ("object", "data", "payload", "resource", "record", "body", "item", "entity")


class Told(Struct, frozen=True, kw_only=True):
    """
    What there is to say.

    Args:
        id: Of the event.
        resource: Name of the resource that it is about.
        value: The thing as it is now.
        moment: Seconds since the epoch.
    """

    event: Event
    id: str
    resource: str
    value: Mapping[str, Any]
    moment: float


def payload(bodies: Bodies, schema: Schema | None, told: Told) -> Any:
    """The body of an event."""
    if schema is None:
        stamp = _stamp(told.moment)
        return {"type": told.event.name, "timestamp": stamp, "data": dict(told.value)}
    return bodies.make(schema, _said(schema, told))


def headers_of(hook: Operation | None, told: Told) -> Headers:
    """The headers that the document describes, beside those of the signature."""
    found: list[tuple[str, str]] = []
    for parameter in hook.parameters_in("header") if hook is not None else ():
        name = parameter.name.lower()
        if "signature" in name or "hmac" in name:
            continue
        if "event" in name or "topic" in name:
            found.append((parameter.name, told.event.name))
        elif name.endswith(("-delivery", "-id", "-key")):
            found.append((parameter.name, told.id))
        elif "timestamp" in name:
            found.append((parameter.name, str(int(told.moment))))
    return tuple(found)


def schema_of(hook: Operation | None) -> Schema | None:
    """The schema of a documented webhook's body."""
    media = hook.body.media if hook is not None and hook.body is not None else ()
    return next((m.schema for m in media if "json" in m.type and m.schema is not None), None)


def _said(schema: Schema, told: Told) -> dict[str, Any]:
    known = schema.members()
    about = "_".join(singular(part) for part in words(told.resource.rpartition(".")[2]))
    said: dict[str, Any] = {}
    for name, member in known.items():
        for value in _values(name.lower(), member, about, told):
            if validator(member, Direction.REQUEST).accepts(value):
                said[name] = value
                break
    return said


def _values(name: str, member: Schema, about: str, told: Told) -> Iterator[Any]:
    """What a member may be told, the likeliest first."""
    if name in KINDS:
        own = told.event.name
        yield from (own, words(own)[-1] if words(own) else own, own.replace("-", "."))
    elif name in IDS:
        yield told.id
    elif name in TIMES:
        yield from (_stamp(told.moment), int(told.moment), int(told.moment * 1000))
    elif name in THINGS or name == about:
        value = dict(told.value)
        yield value
        inner = member.members()
        for inside in (*THINGS, about):
            if inside in inner:
                yield {inside: pruned(inner[inside], value)}
                yield {inside: value}
        yield pruned(member, value)


def _stamp(moment: float) -> str:
    told = datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds")
    return told.replace("+00:00", "Z")


def dumped(value: Any) -> bytes:
    """A payload as it is signed and sent."""
    return json_bytes(value)
