"""
Reading changes nothing.

Why it matters
    Everybody reads without asking: caches, crawlers, monitors, a client that tries again. If a
    read changes what it reads, nobody knows any more who changed it, and "what changed since"
    shows everything, always.

How it asks
    It reads an item three times and asks for its head once in between, and compares what came.

Limits
    Only the item that is read is watched. Members that name no version and no time of change (a
    counter of views, the time of the answer) are a warning; a number that goes on as the clock
    does is none.
"""

from __future__ import annotations

from typing import Any

from verifier.checks.comparing import differences, runs, short, tells_state
from verifier.checks.specimens import Shelf
from verifier.model import (
    Create,
    Draw,
    Effect,
    Exchange,
    Existing,
    Finding,
    Flow,
    Level,
    Missing,
    Question,
    Request,
    Resource,
    Response,
    Send,
    Severity,
    Vendor,
    check,
)

HEADERS = ("ETag", "Last-Modified")


@check(
    question=Question.FAILURE,
    severity=Severity.MAJOR,
    effect=Effect.READ,
    source="RFC 9110, 9.2.1 (safe methods)",
    catches="get-has-effect",
    price=5,
    applies=lambda resource: "" if resource.read else "no operation reads one of it",
)
def safe_methods_are_safe(resource: Resource, vendor: Vendor) -> Flow:
    if resource.create and vendor.writable:
        item = (yield Create(resource=resource.name)).item
    else:
        item = yield Existing(resource=resource.name)
    drawn = yield Draw(operation=resource.read, path=item.path)
    reads = [(yield Send(drawn.request))]
    yield Send(drawn.request.with_method("HEAD"))
    reads += [(yield Send(drawn.request)), (yield Send(drawn.request))]
    if not all(read.succeeded for read in reads):
        yield Missing(reason=f"one of {resource.name} cannot be read each time")
    first, second, third = (_shown(resource, read) for read in reads)
    always = {path for path, _, _ in differences(first, second)}
    moved = [
        found
        for found in differences(second, third)
        if found[0] in always and not runs(*found[1:], *_elapsed(*reads[1:]))
    ]
    return [_finding(resource, reads, *found) for found in moved[:1]]


def _elapsed(before: Exchange, after: Exchange) -> tuple[float, float]:
    """The least and the most that may lie between two answers, each made within its exchange."""
    return max(0.0, after.started - before.ended), after.ended - before.started


def _shown(resource: Resource, read: Exchange) -> dict[str, Any]:
    """The members of the item, and the headers that tell its version."""
    headers = {n: v for n in HEADERS if read.response and (v := read.response.header(n))}
    return {**(resource.item_in(read.value) or {}), **headers}


def _finding(resource: Resource, reads: list[Exchange], path: str, old: Any, new: Any) -> Finding:
    name = path.strip("/")
    return Finding(
        says=f"Reading one of {resource.name} changes its {name}.",
        signature=f"read-changes:{name}",
        operation=resource.read,
        evidence=tuple(read.id for read in reads),
        expected="the same each time",
        seen=f"{short(old)}, then {short(new)}",
        level=Level.FAIL if tells_state(name) else Level.WARNING,
        ask=f"Leave {name} alone when somebody reads.",
        build=f"Take no notice of {name} when looking for changes.",
    )


safe_methods_are_safe.healthy(Shelf)


@safe_methods_are_safe.broken
class Touching(Shelf):
    """Keeps count of versions, and counts looks."""

    def read(self, request: Request, id: str) -> Response:
        """One more."""
        self.items[id]["version"] = int(self.items[id].get("version", 0)) + 1
        return super().read(request, id)
