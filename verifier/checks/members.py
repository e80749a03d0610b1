"""The members that bodies may have by the document, and plain values for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.model import Operation, Resource, Schema

__all__ = [
    "body_members",
    "listed_values",
    "members",
    "other_value",
    "required_members",
    "row_members",
]


def members(operation: Operation) -> dict[str, Any]:
    """
    The top-level members that an operation's JSON or form body may have, each with its schema.

    Members that are readOnly are left out; a body that is not an object has none.
    """
    return {
        name: schema
        for name, schema in body_members(operation).items()
        if not (isinstance(schema, Mapping) and schema.get("readOnly"))
    }


def body_members(operation: Operation) -> Mapping[str, Any]:
    """The same, readOnly members included; references inside a member are followed once."""
    for media in operation.body.media if operation.body else ():
        if media.schema is not None and ("json" in media.type or "form" in media.type):
            return {name: schema.node for name, schema in media.schema.members().items()}
    return {}


def required_members(operation: Operation) -> tuple[str, ...]:
    """The top-level members that an operation's body must have."""
    for media in operation.body.media if operation.body else ():
        node = media.schema.resolved().value if media.schema is not None else None
        if isinstance(node, Mapping) and isinstance(node.get("required"), list):
            return tuple(name for name in node["required"] if isinstance(name, str))
    return ()


def other_value(schema: Any, old: Any) -> Any:
    """A valid value other than the old one, for kinds where that is plain; else None."""
    if not isinstance(schema, Mapping):
        return None
    choices = [v for v in schema.get("enum") or () if v != old and v is not None]
    if schema.get("enum"):
        return choices[0] if choices else None
    if isinstance(old, bool):
        return not old
    kinds = schema.get("type")
    if old is None and (kinds == "string" or (isinstance(kinds, list) and "string" in kinds)):
        old = ""
    if isinstance(old, str) and not schema.get("format") and not schema.get("pattern"):
        longest = schema.get("maxLength", 200)
        new = f"Changed {old}"[: longest if isinstance(longest, int) else 200].strip()
        return new if new != old else None
    return None


def listed_values(schema: Schema | None) -> list[Any]:
    """The values that a schema lists (enum); none where it lists none."""
    node = schema.resolved().value if schema else {}
    listed = node.get("enum") if isinstance(node, Mapping) else None
    return listed if isinstance(listed, list) else []


def row_members(operation: Operation, resource: Resource) -> Mapping[str, Schema]:
    """The members of the items of a documented list answer; none where it is not described."""
    answer = operation.response(200)
    for media in answer.media if answer else ():
        held = media.schema
        if held is not None and resource.list_member:
            held = held.members().get(resource.list_member)
        node, at = held.resolved() if held is not None else (None, None)
        if held is not None and isinstance(node, Mapping) and "items" in node and at is not None:
            return Schema(document=held.document, node=node["items"], at=at / "items").members()
    return {}
