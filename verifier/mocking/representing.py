"""How a thing is shown: its members, its id, its times."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from verifier.mocking.asked import Asked
from verifier.mocking.bodies import Bodies
from verifier.model import Operation, Resource, Schema
from verifier.validating import Direction, validator

__all__ = [
    "MOVED",
    "Representing",
    "body_members",
    "if_valid",
    "is_read_only",
    "members",
    "moment",
]

STAMPS = (
    "created_at",
    "createdAt",
    "created",
    "date_created",
    "updated_at",
    "updatedAt",
    "updated",
)
MOVED = ("updated_at", "updatedAt", "updated", "modified_at", "modifiedAt", "last_modified")


class Representing:
    """
    Makes representations.

    Args:
        now: The clock: seconds since the epoch.
    """

    def __init__(self, bodies: Bodies, now: Callable[[], float], seed: int) -> None:
        self._bodies = bodies
        self._now = now
        self._seed = seed
        self._made = 0

    def represent(
        self,
        asked: Asked,
        resource: Resource,
        schema: Schema | None,
        given: Mapping[str, Any],
        id: Any,
    ) -> dict[str, Any]:
        """A new thing as it is shown: what was given, what we set, and no inventions."""
        says = {**given, resource.id_field: id} if resource.id_field else dict(given)
        if schema is None:
            return says
        says = self._completed(asked, schema, says)
        made = self._bodies.make(schema, says, f"{resource.name}:{self._made}")
        if not isinstance(made, dict):
            return says
        ours = body_members(asked.operation).keys() - says.keys() - _required(schema)
        for name in sorted(ours & made.keys()):
            less = {k: v for k, v in made.items() if k != name}
            made = less if validator(schema, Direction.RESPONSE).accepts(less) else made
        return made

    def _completed(self, asked: Asked, schema: Schema, says: dict[str, Any]) -> dict[str, Any]:
        """With times, with what stands in the path, and null where nothing was given."""
        known = members(schema)
        for name, member in known.items():
            if name in says:
                continue
            if name in STAMPS:
                says = {**says, name: self._stamp_for(member)}
            elif name in asked.draft.path:
                says = {**says, name: asked.draft.path[name]}
            elif (begins := _first_state(name, member)) is not None:
                says = {**says, name: begins}
            elif not is_read_only(member):
                says = _without_invention(says, name, member)
        return says

    def new_id(self, resource: Resource, schema: Schema | None) -> Any:
        """An id that was not given out before, in the documented form."""
        self._made += 1
        member = members(schema).get(resource.id_field) if schema else None
        node = member.node if member and isinstance(member.node, Mapping) else {}
        digest = hashlib.sha256(f"{self._seed}:{resource.name}:{self._made}".encode()).hexdigest()
        if node.get("type") in ("integer", "number"):
            return 1000 + self._made
        if node.get("format") == "uuid":
            return f"{digest[:8]}-{digest[8:12]}-4{digest[13:16]}-a{digest[17:20]}-{digest[20:32]}"
        for pattern_id in (f"{_prefix(node)}{digest[:16]}", digest[:24], digest[:32], digest[:8]):
            if member is None or validator(member, Direction.RESPONSE).accepts(pattern_id):
                return pattern_id
        return None if member is None else self._bodies.plain(member, f"id:{self._made}")

    def _stamp_for(self, member: Schema) -> Any:
        node = member.node if isinstance(member.node, Mapping) else {}
        return int(self._now()) if node.get("type") in ("integer", "number") else self.stamp("")

    def stamp(self, like: Any) -> Any:
        """Now, in the form of another time: seconds since the epoch, or RFC 3339."""
        if isinstance(like, (int, float)):
            return int(self._now())
        return (
            datetime.fromtimestamp(self._now(), UTC)
            .isoformat(timespec="milliseconds")
            .replace("+00:00", "Z")
        )


def members(schema: Schema | None) -> dict[str, Schema]:
    """The members of a schema; none where there is no schema."""
    return schema.members() if schema is not None else {}


def body_members(operation: Operation) -> dict[str, Schema]:
    """The members that an operation's body may have."""
    for media in operation.body.media if operation.body else ():
        if media.schema is not None:
            return media.schema.members()
    return {}


def _first_state(name: str, member: Schema) -> Any:
    """Where a new thing stands: at the default of its status, or at the first of its choices."""
    node = member.node if isinstance(member.node, Mapping) else {}
    choices = node.get("enum")
    if name.lower() not in ("status", "state") or not isinstance(choices, list) or not choices:
        return None
    return node.get("default", choices[0])


def _required(schema: Schema) -> set[str]:
    node = schema.resolved().value
    parts = [node, *node.get("allOf", ())] if isinstance(node, Mapping) else []
    found: set[str] = set()
    for part in parts:
        resolved = schema.document.resolve(part, schema.at).value
        found |= set(resolved.get("required", ())) if isinstance(resolved, Mapping) else set()
    return found


def is_read_only(member: Schema | None) -> bool:
    """Whether only the vendor writes a member."""
    return (
        isinstance(member.node, Mapping) and bool(member.node.get("readOnly")) if member else False
    )


def _without_invention(says: dict[str, Any], name: str, member: Schema) -> dict[str, Any]:
    """A member that was not given is null where it may be."""
    judge = validator(member, Direction.RESPONSE)
    return {**says, name: None} if not judge.broken and judge.accepts(None) else says


def if_valid(schema: Schema | None, value: dict[str, Any], name: str, new: Any) -> dict[str, Any]:
    """A value with a member changed, or as it was where the change would break its schema."""
    changed = {**value, name: new}
    if schema is None or validator(schema, Direction.RESPONSE).accepts(changed):
        return changed
    return value


def _prefix(node: Mapping[str, Any]) -> str:
    """The prefix of a documented example, such as ``cus_``."""
    examples = [node.get("example"), *(node.get("examples") or ())]
    for example in examples:
        if isinstance(example, str) and "_" in example:
            return example.rpartition("_")[0] + "_"
    return ""


def moment(value: Any) -> datetime | None:
    """The time that a text or a number of seconds means; None where it means none."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return datetime.fromtimestamp(value, UTC)
    try:
        found = datetime.fromisoformat(str(value).upper().replace("Z", "+00:00"))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
