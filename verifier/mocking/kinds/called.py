"""What calls say of the things that they are about: ``/conversations.info?channel=C1``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from verifier.mocking.documented import answer_schema, json_media, success_of
from verifier.mocking.kinds.layout import Layout
from verifier.mocking.kinds.schemas import items_of, members_of, node_of
from verifier.model import Call, Operation, Resource, Schema

__all__ = ["argument_schemas", "call_layout", "called_item"]

DEEPEST = 4
TYPES = {dict: "object", list: "array", bool: "boolean", int: "integer", str: "string"}


def call_layout(call: Call, answer: Schema | None) -> Layout | None:
    """Where things stand in a call's answer; None where it tells none."""
    member = answer.members().get(call.shown) if answer is not None and call.shown else None
    if member is None:
        return None
    inner = (items_of(member) or member) if call.many else member
    return Layout(path=(call.shown,), many=call.many, schema=inner)


def called_item(resource: Resource, operations: Mapping[str, Operation]) -> Schema | None:
    """
    The schema of one thing: of the calls that tell it the first that describes it, else what an
    example shows.
    """
    shown = list(_shown(resource, operations))
    for _, schema in shown:
        if members_of(schema):
            return schema
    for operation, schema in shown:
        example = _example(operation, resource.calls[operation.key])
        if example is not None:
            return Schema(document=schema.document, node=_described(example, 0), at=schema.at)
    return shown[0][1] if shown else None


def _shown(
    resource: Resource, operations: Mapping[str, Operation]
) -> Iterator[tuple[Operation, Schema]]:
    """The calls that tell things, those that tell one first, each with a thing's schema."""
    for key in sorted(resource.calls, key=lambda key: resource.calls[key].many):
        layout = call_layout(resource.calls[key], answer_schema(operations.get(key)))
        if layout is not None and layout.schema is not None:
            yield operations[key], layout.schema


def _example(operation: Operation, call: Call) -> Mapping[str, Any] | None:
    media = json_media(success_of(operation))
    for example in media.examples if media is not None else ():
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
