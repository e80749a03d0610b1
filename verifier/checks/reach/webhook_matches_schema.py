"""
What an event says has the form that the document gives it.

Why it matters
    A receiver that cannot read what it is told refuses it, and is told again, and again; or it
    takes it, and files nonsense.

How it asks
    It brings events about at an address of ours, and holds what comes against the schema of the
    documented webhook.

Limits
    It takes a documented webhook with a schema, and a way for the vendor to us.
"""

from __future__ import annotations

from typing import Any

import orjson

from verifier.checks.hearing import heard, pushes
from verifier.checks.hooked import HOOKED, Hooked
from verifier.model import (
    Effect,
    Finding,
    Flow,
    Missing,
    Operation,
    Question,
    Schema,
    Severity,
    Vendor,
    check,
)
from verifier.validating import Direction, validator

MOST = 5


@check(
    question=Question.REACH,
    severity=Severity.MAJOR,
    effect=Effect.WRITE,
    source="OpenAPI 3.1.1, 4.8.1 (webhooks); JSON Schema 2020-12",
    catches="webhook-wrong-payload",
    price=1,
    applies=pushes,
)
def webhook_matches_schema(vendor: Vendor) -> Flow:
    told = yield from heard(vendor)
    hook = told.trigger.hook
    schema = _schema(hook)
    if hook is None or schema is None or not told.first:
        reason = "no event came" if schema is not None else "the document gives events no schema"
        yield Missing(reason=reason, supply="a documented webhook that is delivered")
        return ()
    judge = validator(schema, Direction.RESPONSE)
    found = []
    for delivery in told.first:
        value = delivery.json_or_none()
        wrong = judge.errors(value, MOST) if value is not None else ()
        for path, says in [(v.path, v.says) for v in wrong] or _unread(value):
            found.append((delivery.id, path, says))
    if not found:
        return ()
    _, path, says = found[0]
    return (
        Finding(
            says=f"What an event says breaks its schema at {path or 'its top'}: {says}.",
            signature=f"webhook-schema:{path}",
            operation=told.trigger.resource.create,
            at=hook.at,
            evidence=tuple(dict.fromkeys(id for id, _, _ in found)),
            expected="a body that obeys the documented schema",
            seen=f"{path or '/'}: {says}",
            ask="Send events as documented, or correct the document.",
            build="Take what is told as a hint only, and read the thing itself.",
        ),
    )


def _unread(value: Any) -> list[tuple[str, str]]:
    return [] if value is not None else [("", "it is no JSON")]


def _schema(hook: Operation | None) -> Schema | None:
    media = hook.body.media if hook is not None and hook.body is not None else ()
    return next((m.schema for m in media if "json" in m.type and m.schema is not None), None)


webhook_matches_schema.healthy(Hooked, document=HOOKED)


@webhook_matches_schema.broken(document=HOOKED)
class Wrapped(Hooked):
    """Has a new serializer."""

    def payload(self, id: str, item: dict[str, Any]) -> bytes:
        """Everything stands one level deeper."""
        return orjson.dumps({"event": orjson.loads(super().payload(id, item))})
