"""What the document says of an operation's good answers, as far as a draft asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from verifier.model import Operation, Resource, Schema, escape
from verifier.scenarios.drafting.plots import Condition

__all__ = ["gone", "id_pointer", "members_of_answer", "quoted", "succeeds"]

USUAL_IDS = ("id", "uuid")


def succeeds(operation: Operation) -> Condition:
    """The status is one of those that the document promises; any good one where it names none."""
    good = [r.status for r in operation.responses if r.status.isdigit() and r.status[0] == "2"]
    if not good:
        return Condition(text="$statusCode >= 200 && $statusCode < 300")
    return Condition(text=" || ".join(f"$statusCode == {status}" for status in good))


def gone() -> Condition:
    """The item is there no more."""
    return Condition(text="$statusCode == 404 || $statusCode == 410")


def members_of_answer(operation: Operation, resource: Resource) -> Mapping[str, Schema]:
    """Members of the item in a good answer; none where the document does not tell."""
    schema = _answer(operation)
    members = schema.members() if schema is not None else {}
    if resource.envelope and resource.envelope in members:
        return members[resource.envelope].members()
    return members


def id_pointer(operation: Operation, resource: Resource) -> str:
    """JSON pointer of the id in the answer that shows an item; empty where it tells none."""
    members = members_of_answer(operation, resource)
    wanted = [resource.id_field] if resource.id_field else [resource.id_parameter, *USUAL_IDS]
    # Where the document tells nothing of its answers, the inference is all there is.
    name = next((name for name in wanted if name in members), "" if members else wanted[0])
    if not name:
        return ""
    return "".join(f"/{escape(part)}" for part in (resource.envelope, name) if part)


def quoted(schema: Schema | None) -> bool:
    """Whether a value of a schema is a text, and stands in quotes in a JSONPath."""
    node = schema.node if schema is not None else None
    kinds = node.get("type") if isinstance(node, Mapping) else None
    return not ({"integer", "number"} & set(_listed(kinds)))


def _listed(kinds: object) -> Iterable[str]:
    if isinstance(kinds, str):
        return (kinds,)
    return [kind for kind in kinds if isinstance(kind, str)] if isinstance(kinds, list) else ()


def _answer(operation: Operation) -> Schema | None:
    for spec in operation.responses:
        if spec.status[:1] == "2":
            for media in spec.media:
                if "json" in media.type and media.schema is not None:
                    return media.schema
    return None
