"""What each kind of operation does to the state, and what it answers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from verifier.mocking.asked import Asked
from verifier.mocking.bodies import Bodies, json_media, success_of, written
from verifier.mocking.errors import Errors
from verifier.mocking.hooks import Hooks
from verifier.mocking.paging import page_of
from verifier.mocking.representing import (
    Representing,
    body_members,
    if_valid,
    is_read_only,
    members,
    moment,
)
from verifier.mocking.state import Row, State
from verifier.model import Contract, Resource, Schema
from verifier.validating import Direction, validator
from verifier.wire import Answer

__all__ = ["Acting"]

MOVED = ("updated_at", "updatedAt", "updated", "modified_at", "modifiedAt", "last_modified")


class Acting:
    """Carries operations out on the state."""

    def __init__(
        self,
        contract: Contract,
        state: State,
        bodies: Bodies,
        errors: Errors,
        hooks: Hooks,
        now: Callable[[], float],
        seed: int,
    ) -> None:
        self._contract = contract
        self._state = state
        self._bodies = bodies
        self._errors = errors
        self._hooks = hooks
        self._shapes = Representing(bodies, now, seed)
        self._keys: dict[tuple[str, str, str], tuple[str, Answer]] = {}

    def act(self, asked: Asked) -> Answer:
        """Do what was asked, once for each idempotency key."""
        key = self._key(asked)
        if key is None:
            return self._act(asked)
        mark = hashlib.sha256(asked.incoming.body).hexdigest()
        known = self._keys.get(key)
        if known is not None and known[0] != mark:
            says = "This idempotency key was used with another body."
            return self._errors.say(asked.operation, 422, "idempotency_key_reused", says)
        if known is not None:
            return known[1]
        answer = self._act(asked)
        if answer.status < 400:
            self._keys[key] = (mark, answer)
        return answer

    def _key(self, asked: Asked) -> tuple[str, str, str] | None:
        convention = self._contract.convention("idempotency")
        if convention is None or asked.operation.key not in convention.operations:
            return None
        name = str(convention.detail.get("name") or "Idempotency-Key")
        given = asked.incoming.header(name)
        return (asked.caller.tenant, asked.operation.key, given) if given else None

    def _act(self, asked: Asked) -> Answer:
        resource = asked.resource
        if resource is None or not asked.role:
            return self._plain(asked)
        missing = self._missing_parent(asked, resource)
        if missing is not None:
            return missing
        match asked.role:
            case "create":
                return self._create(asked, resource)
            case "list" | "search":
                return self._list(asked, resource)
            case _:
                return self._item(asked, resource)

    def _missing_parent(self, asked: Asked, resource: Resource) -> Answer | None:
        if not resource.parent:
            return None
        parent = self._contract.resource(resource.parent)
        id = str(asked.draft.path.get(parent.id_parameter, ""))
        knows = self._state.count(parent.name) or parent.create
        if not id or not knows or self._state.get(parent.name, id, asked.caller.tenant):
            return None
        return self._gone(asked, parent)

    def _gone(self, asked: Asked, resource: Resource) -> Answer:
        says = f"There is no {resource.name} of this id."
        return self._errors.say(asked.operation, 404, "not_found", says)

    def _create(self, asked: Asked, resource: Resource) -> Answer:
        unknown = self._unknown_reference(asked, resource)
        if unknown is not None:
            return unknown
        given = self._hooks.through("stored", asked, self._writable(asked))
        schema = self._item_schema(resource)
        id = self._shapes.new_id(resource, schema)
        value = self._shapes.represent(asked, resource, schema, given, id)
        if not self._hooks.any("forgets", asked):
            row = Row(
                resource=resource.name,
                id=str(value.get(resource.id_field, id)),
                tenant=asked.caller.tenant,
                path=asked.parents,
                value=value,
            )
            self._state.add(row)
        return self._shown(asked, resource, value, version=1)

    def _unknown_reference(self, asked: Asked, resource: Resource) -> Answer | None:
        for reference in resource.references:
            given = asked.body.get(reference.field.strip("/"))
            target = self._contract.resource(reference.resource)
            if not isinstance(given, str) or not target.create or reference.confidence < 0.7:
                continue
            if self._state.get(target.name, given, asked.caller.tenant) is None:
                says = f"{reference.field}: there is no {target.name} of the id {given}."
                return self._errors.say(asked.operation, 422, "unknown_reference", says)
        return None

    def _item(self, asked: Asked, resource: Resource) -> Answer:
        row = self._state.get(resource.name, asked.id, asked.caller.tenant)
        if row is None:
            if asked.role == "replace" and not resource.create:
                return self._create(asked, resource)
            return self._gone(asked, resource)
        if asked.role == "read":
            return self._read(asked, resource, row)
        stale = self._stale(asked, row)
        if stale is not None:
            return stale
        if asked.role == "delete":
            if not self._hooks.any("forgets", asked):
                self._state.remove(row)
            return self._shown(asked, resource, row.value, version=row.version)
        if not self._hooks.any("forgets", asked):
            self._change(asked, resource, row)
        return self._shown(asked, resource, row.value, version=row.version)

    def _read(self, asked: Asked, resource: Resource, row: Row) -> Answer:
        if asked.incoming.header("if-none-match") == _etag(row.version) and self._tagged(asked):
            return Answer(status=304, headers=(("ETag", _etag(row.version)),))
        return self._shown(asked, resource, row.value, version=row.version)

    def _stale(self, asked: Asked, row: Row) -> Answer | None:
        wanted = asked.incoming.header("if-match")
        if wanted in (None, "*", _etag(row.version)):
            return None
        return self._errors.say(asked.operation, 412, "stale", "It was changed meanwhile.")

    def _change(self, asked: Asked, resource: Resource, row: Row) -> None:
        given = self._hooks.through("stored", asked, self._writable(asked))
        if asked.role == "action":
            given = self._moved(asked, resource, row)
        schema = self._item_schema(resource)
        value = dict(row.value)
        for name, new in given.items():
            if name in members(schema) or not schema:
                value = if_valid(schema, value, name, new)
        for name in MOVED:
            if name in value:
                value = if_valid(schema, value, name, self._shapes.stamp(value[name]))
        row.value, row.version = value, row.version + 1

    def _moved(self, asked: Asked, resource: Resource, row: Row) -> dict[str, Any]:
        """The status that an action's name means, where the schema has it."""
        verb = asked.operation.path.rstrip("/").rpartition("/")[2].rpartition(":")[2].lower()
        schema = self._item_schema(resource)
        for name, member in members(schema).items():
            choices = member.node.get("enum") if isinstance(member.node, Mapping) else None
            for choice in choices or ():
                stem = str(choice).lower()
                if stem.startswith(verb.rstrip("e")) or verb.startswith(stem):
                    return {name: choice}
        return {}

    def _list(self, asked: Asked, resource: Resource) -> Answer:
        filters = {} if not self._hooks.all("filters", asked) else self._filters(asked, resource)
        rows = list(
            self._state.all(
                resource.name,
                asked.caller.tenant,
                asked.parents,
                lambda row: all(_matches(row.value, name, v) for name, v in filters.items()),
            )
        )
        since = self._since(asked)
        rows = [row for row in rows if since is None or not _before(row.value, since)]
        page = page_of(self._contract, asked, rows)
        items = [self._hooks.through("shown", asked, row.value) for row in page.rows]
        if resource.envelope:
            items = [{resource.envelope: item} for item in items]
        spec = success_of(asked.operation)
        media = json_media(spec)
        value: Any = items
        if resource.list_member and media is not None and media.schema is not None:
            says = {resource.list_member: items, **page.members}
            value = self._bodies.make(media.schema, says, f"list:{asked.serial}")
            if isinstance(value, dict) and value.get(resource.list_member) != items:
                value = {**value, resource.list_member: items}
        return _answer(spec, value, page.headers)

    def _filters(self, asked: Asked, resource: Resource) -> dict[str, Any]:
        known = members(self._item_schema(resource))
        return {name: value for name, value in asked.draft.query.items() if name in known}

    def _since(self, asked: Asked) -> datetime | None:
        """The time that a list is asked for changes since; None where it is not."""
        convention = self._contract.convention("changed-since")
        name = str(convention.detail.get("name")) if convention else ""
        return moment(asked.draft.query.get(name))

    def _shown(
        self, asked: Asked, resource: Resource, value: Mapping[str, Any], *, version: int
    ) -> Answer:
        spec = success_of(asked.operation)
        media = json_media(spec)
        headers: tuple[tuple[str, str], ...] = ()
        if self._tagged(asked) and asked.role != "delete":
            headers += (("ETag", _etag(version)),)
        if asked.role == "create" and spec is not None and spec.status == "201":
            path = asked.incoming.target.partition("?")[0].rstrip("/")
            headers += (("Location", f"{path}/{value.get(resource.id_field, '')}"),)
        if media is None or spec is None or spec.status == "204":
            return Answer(status=int(spec.status) if spec and spec.status.isdigit() else 204)
        told = self._hooks.through("shown", asked, dict(value))
        whole: Any = {resource.envelope: told} if resource.envelope else told
        if media.schema is not None and not validator(media.schema, Direction.RESPONSE).accepts(
            whole
        ):
            made = self._bodies.make(media.schema, whole, f"shown:{asked.serial}")
            whole = made if told == value else whole
        return _answer(spec, whole, headers)

    def _plain(self, asked: Asked) -> Answer:
        """An example or a sampled body, for what is no resource."""
        spec = success_of(asked.operation)
        media = json_media(spec)
        if media is None or spec is None:
            return Answer(status=int(spec.status) if spec and spec.status.isdigit() else 204)
        says = asked.body if asked.operation.method != "GET" else {}
        value = None
        for example in media.examples:
            judge = validator(media.schema, Direction.RESPONSE) if media.schema else None
            if judge is None or judge.accepts(example.value):
                value = example.value
                break
        if value is None and media.schema is not None:
            value = self._bodies.make(media.schema, says, f"plain:{asked.operation.key}")
        return _answer(spec, value, ())

    def _writable(self, asked: Asked) -> dict[str, Any]:
        if self._hooks.any("writes_read_only", asked):
            own = asked.resource.id_field if asked.resource else ""
            return {name: value for name, value in asked.body.items() if name != own}
        sent = body_members(asked.operation)
        shown = members(self._item_schema(asked.resource)) if asked.resource else {}
        return {
            name: value
            for name, value in asked.body.items()
            if not is_read_only(sent.get(name)) and not is_read_only(shown.get(name))
        }

    def _item_schema(self, resource: Resource) -> Schema | None:
        for key in (resource.read, resource.create, resource.update, resource.replace):
            operation = self._contract.operation(key) if key else None
            media = json_media(success_of(operation)) if operation else None
            if media is not None and media.schema is not None:
                if resource.envelope:
                    return media.schema.members().get(resource.envelope)
                return media.schema
        return None

    def _tagged(self, asked: Asked) -> bool:
        spec = success_of(asked.operation)
        return any(header.name.lower() == "etag" for header in (spec.headers if spec else ()))


def _before(value: Mapping[str, Any], since: datetime) -> bool:
    changed = next((moment(value[name]) for name in MOVED if name in value), None)
    return changed is not None and changed < since


def _matches(value: Mapping[str, Any], name: str, wanted: Any) -> bool:
    held = value.get(name)
    return held in wanted if isinstance(wanted, list) else held == wanted


def _etag(version: int) -> str:
    return f'"{version}"'


def _answer(spec: Any, value: Any, headers: tuple[tuple[str, str], ...]) -> Answer:
    media = json_media(spec)
    kind = media.type if media else "application/json"
    kind = "application/json" if "*" in kind else kind
    status = int(spec.status) if spec and spec.status.isdigit() else 200
    return Answer(
        status=status, headers=(("Content-Type", kind), *headers), body=written(value, kind)
    )
