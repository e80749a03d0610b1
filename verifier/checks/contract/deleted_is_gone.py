"""
What was deleted is gone.

Why it matters
    Data that is deleted and still served is a privacy promise broken, and a second system goes on
    treating it as alive.

How it asks
    It creates an item, deletes it, and then reads it and looks for it in the list.

Limits
    Only what this run created is ever deleted. A vendor that marks an item as deleted and goes on
    serving it is accepted where the representation says so (a member ``deleted``, ``archived`` or
    ``status`` with such a word).
"""

from __future__ import annotations

from typing import Any

from verifier.checks.serving import served
from verifier.checks.specimens import Shelf
from verifier.model import (
    Create,
    Created,
    Draw,
    Effect,
    Exchange,
    Finding,
    Flow,
    Missing,
    Question,
    Resource,
    Response,
    Send,
    Severity,
    check,
)

MARKS = ("deleted", "archived", "removed", "inactive", "closed", "canceled", "cancelled")


def _lives_and_dies(resource: Resource) -> str:
    ways = resource.create and resource.delete and (resource.read or resource.list)
    return "" if ways else "it cannot be created, deleted and looked for"


@check(
    question=Question.CONTRACT,
    severity=Severity.MAJOR,
    effect=Effect.DELETE,
    source="RFC 9110, 9.3.5",
    catches="delete-keeps",
    price=6,
    applies=_lives_and_dies,
)
def deleted_is_gone(resource: Resource) -> Flow:
    created = yield Create(resource=resource.name)
    deletion = yield Draw(operation=resource.delete, path=created.item.path)
    deleted = yield Send(deletion.request)
    if not deleted.succeeded or deleted.status == 202:
        yield Missing(reason=f"nothing was deleted yet: it {deleted.answer}")
    findings = []
    if resource.read:
        reading = yield Draw(operation=resource.read, path=created.item.path)
        read = yield Send(reading.request)
        if served(read) and not _marked(read):
            findings.append(_finding(resource, created, (deleted.id, read.id), "served"))
    if resource.list:
        listing = yield Draw(operation=resource.list, path=created.item.path)
        listed = yield Send(listing.request)
        if _holds(listed, created.item.id):
            findings.append(_finding(resource, created, (deleted.id, listed.id), "listed"))
    return findings


def _marked(exchange: Exchange) -> bool:
    value: Any = exchange.response.json_or_none() if exchange.response else None
    words = {str(v).lower() for v in value.values()} if isinstance(value, dict) else set()
    flags = [k for k, v in value.items() if v] if isinstance(value, dict) else []
    return bool(words & set(MARKS)) or any(mark in k.lower() for k in flags for mark in MARKS)


def _holds(exchange: Exchange, id: str) -> bool:
    if not exchange.succeeded or exchange.response is None:
        return False
    return f'"{id}"'.encode() in exchange.response.body


def _finding(resource: Resource, created: Created, ids: tuple[str, ...], how: str) -> Finding:
    return Finding(
        says=f"A deleted item of {resource.name} is still {how}.",
        signature=f"deleted-still-{how}",
        operation=resource.delete,
        evidence=(created.exchange.id, *ids),
        expected="404 or 410, and no trace in the list",
        seen=f"still {how} after a successful DELETE",
        ask="Stop serving what was deleted, or document how a deletion is marked.",
        build="Remember deletions on our side; do not trust the vendor's list alone.",
    )


deleted_is_gone.healthy(Shelf)


@deleted_is_gone.broken
class Hoarder(Shelf):
    """Says deleted, and keeps everything."""

    def delete(self, id: str) -> Response:
        """Delete nothing."""
        return Response(status=204)
