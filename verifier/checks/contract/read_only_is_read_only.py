"""
What only the vendor may write cannot be written by a caller.

Why it matters
    A caller who can set an id, an owner or a balance that the document calls read-only can take
    what is not theirs (mass assignment), or overwrite it by mistake.

How it asks
    It creates an item, sends an update (or, where there is none, a creation) that sets a readOnly
    text or number, and reads the item. Refusing and ignoring are both right.

Limits
    Only top-level members of kinds for which another value is plain (text, date, number) are tried.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.checks.effects import there
from verifier.checks.members import body_members
from verifier.checks.specimens import Shelf
from verifier.model import (
    Create,
    Draw,
    Effect,
    Finding,
    Flow,
    Missing,
    Operation,
    Question,
    Request,
    Resource,
    Response,
    Send,
    Severity,
    Vendor,
    check,
)

PROBES: Mapping[str, Any] = {"string": "verifier-probe", "integer": 424242, "number": 4242.5}
BY_FORMAT = {"date-time": "2001-02-03T04:05:06Z", "date": "2001-02-03"}


def _changes_and_reads(resource: Resource) -> str:
    ways = resource.create and resource.read and (resource.update or resource.replace)
    return "" if ways else "it cannot be created, changed and read"


@check(
    question=Question.CONTRACT,
    severity=Severity.BLOCKER,
    effect=Effect.WRITE,
    source="OpenAPI 3.1.1, 4.8.24 (readOnly); OWASP API3:2023",
    catches="readonly-writable",
    price=5,
    applies=_changes_and_reads,
)
def read_only_is_read_only(resource: Resource, vendor: Vendor) -> Flow:
    operation = vendor.contract.operation(resource.update or resource.replace)
    created = yield Create(resource=resource.name)
    reading = yield Draw(operation=resource.read, path=created.item.path)
    before = yield Send(reading.request)
    yield from there(resource, before)
    probes = _probes(_read_only(operation, vendor, resource), resource.item_in(before.value) or {})
    if not probes:
        yield Missing(reason="none of its read-only members is shown, and of a type to be tried")
    updating = yield Draw(operation=operation.key, path=created.item.path, body=probes)
    updated = yield Send(updating.request)
    if 400 <= updated.status < 500:
        return ()
    after = yield Send(reading.request)
    yield from there(resource, after)
    shown = resource.item_in(after.value) or {}
    return [
        Finding(
            says=f"A caller can set {name} of {resource.name}, which the document calls read-only.",
            signature=f"readonly-set:{name}",
            operation=operation.key,
            evidence=(before.id, updated.id, after.id),
            expected=f"{name} as the vendor set it",
            seen=f"{name} is what we sent",
            ask=f"Ignore or refuse {name} in requests.",
        )
        for name, value in probes.items()
        if shown.get(name) == value
    ]


def _read_only(operation: Operation, vendor: Vendor, resource: Resource) -> dict[str, Any]:
    """Members marked readOnly in what can be sent, or in what is read."""
    found = dict(body_members(operation))
    answer = vendor.contract.operation(resource.read).response(200)
    for media in answer.media if answer else ():
        if media.schema is not None:
            found |= {name: schema.node for name, schema in media.schema.members().items()}
    return {k: v for k, v in found.items() if isinstance(v, Mapping) and v.get("readOnly") is True}


def _probes(schemas: Mapping[str, Any], old: Mapping[str, Any]) -> dict[str, Any]:
    probes = {}
    for name, schema in schemas.items():
        kind = schema.get("type")
        kind = kind[0] if isinstance(kind, list) and kind else kind
        value = BY_FORMAT.get(str(schema.get("format")), PROBES.get(str(kind)))
        if name in old and value is not None and value != old[name] and "enum" not in schema:
            probes[name] = value
    return probes


read_only_is_read_only.healthy(Shelf)


@read_only_is_read_only.broken
class Trusting(Shelf):
    """Lets a caller set the time of creation."""

    def update(self, request: Request, id: str) -> Response:
        """Take the members as they come."""
        if b'"created_at"' in request.body:
            self.items[id]["created_at"] = BY_FORMAT["date-time"]
        return super().update(request, id)
