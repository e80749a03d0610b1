"""What calls say of the things that they are about: ``/conversations.info?channel=C1``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from verifier.mocking.documented import json_media, success_of
from verifier.mocking.kinds.layout import Layout
from verifier.mocking.kinds.schemas import items_of, members_of, node_of
from verifier.model import Call, Media, Operation, Resource, Schema

__all__ = ["argument_schemas", "call_layout", "called_example", "called_item"]

DEEPEST = 4
TYPES = {dict: "object", list: "array", bool: "boolean", int: "integer", str: "string"}


def call_layout(call: Call, media: Media | None) -> Layout | None:
    """
    Where things stand in a call's answer, by its schema, or by an example of what that leaves
    open; None where it tells none.
    """
    answer = media.schema if media is not None else None
    if media is None or answer is None or not call.shown:
        return None
    member = answer.members().get(call.shown)
    if member is not None:
        inner = (items_of(member) or member) if call.many else member
        return Layout(path=(call.shown,), many=call.many, schema=inner)
    example = _example(media, call)
    if example is None:
        return None
    told = Schema(document=answer.document, node=_described(example, 0), at=answer.at)
    return Layout(path=(call.shown,), many=call.many, schema=told)


def called_item(resource: Resource, operations: Mapping[str, Operation]) -> Schema | None:
    """
    The schema of one thing: of the calls that tell it the first that describes it, else what an
    example shows.
    """
    shown = list(_shown(resource, operations))
    for media, call, schema in shown:
        if members_of(schema) and call.shown in members_of(media.schema):
            return schema
    example = called_example(resource, operations)
    if shown and example is not None:
        first = shown[0][2]
        return Schema(document=first.document, node=_described(example, 0), at=first.at)
    return shown[0][2] if shown else None


def called_example(
    resource: Resource, operations: Mapping[str, Operation]
) -> Mapping[str, Any] | None:
    """One thing as the first example of a call shows it; None where none does."""
    shown = (_example(media, call) for media, call, _ in _shown(resource, operations))
    return next((example for example in shown if example is not None), None)


def _shown(
    resource: Resource, operations: Mapping[str, Operation]
) -> Iterator[tuple[Media, Call, Schema]]:
    """The calls that tell things, those that tell one first, each with a thing's schema."""
    for key in sorted(resource.calls, key=lambda key: resource.calls[key].many):
        media = json_media(success_of(operations[key]))
        layout = call_layout(resource.calls[key], media)
        if media is not None and layout is not None and layout.schema is not None:
            yield media, resource.calls[key], layout.schema


def _example(media: Media, call: Call) -> Mapping[str, Any] | None:
    for example in media.examples:
        told = example.value.get(call.shown) if isinstance(example.value, Mapping) else None
        first = told[0] if isinstance(told, list) and told else told
        if isinstance(first, Mapping):
            return first
    return None


def _described(value: Any, depth: int) -> dict[str, Any]:
    """What an example says of its kind: members and their types, and that it is an example."""
    kind = TYPES.get(type(value))
    described: dict[str, Any] = {} if kind is None else {"type": kind}
    if isinstance(value, Mapping) and depth < DEEPEST:
        described["properties"] = {n: _described(held, depth + 1) for n, held in value.items()}
    elif kind is not None:
        described["example"] = value
    return described


def argument_schemas(
    resource: Resource, own: str, operations: Mapping[str, Operation]
) -> Iterator[Schema]:
    """What calls say of the argument that names one thing."""
    for key, call in resource.calls.items():
        operation, name = operations[key], call.arguments.get(own)
        for parameter in operation.parameters_in("query"):
            if parameter.name == name and parameter.schema is not None:
                yield parameter.schema
        for media in operation.body.media if operation.body and call.role != "create" else ():
            member = media.schema.members().get(name or "") if media.schema is not None else None
            if member is not None and node_of(member):
                yield member
