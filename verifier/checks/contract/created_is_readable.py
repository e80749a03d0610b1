"""
What was just created can be read.

Why it matters
    An integration creates and goes on with the id. If the read that follows does not find it,
    the next step fails, or creates it again.

How it asks
    It creates one item and reads it back at once; where that fails, after a quarter of a second,
    one and three seconds more. The time until it could be read is reported.

Limits
    Delays beyond some four seconds count as never.
"""

from __future__ import annotations

from verifier.checks.specimens import Shelf
from verifier.model import (
    Create,
    Draw,
    Effect,
    Finding,
    Flow,
    Level,
    Pause,
    Question,
    Request,
    Resource,
    Response,
    Send,
    Severity,
    check,
)

WAITS_SECONDS = (0.25, 1.0, 3.0)


def _creates_and_reads(resource: Resource) -> str:
    return "" if resource.create and resource.read else "it cannot be both created and read"


@check(
    question=Question.CONTRACT,
    severity=Severity.BLOCKER,
    effect=Effect.WRITE,
    source="RFC 9110, 9.3.3 and 15.3.2 (the resource identified by a 201 exists)",
    catches="create-not-stored",
    price=6,
    applies=_creates_and_reads,
)
def created_is_readable(resource: Resource) -> Flow:
    created = yield Create(resource=resource.name)
    drawn = yield Draw(operation=resource.read, path=created.item.path)
    waited = 0.0
    for pause in (0.0, *WAITS_SECONDS):
        if pause:
            yield Pause(pause)
            waited += pause
        exchange = yield Send(drawn.request)
        if exchange.succeeded:
            return _late(resource, waited, (created.exchange.id, exchange.id))
        if exchange.status not in (404, 409, 425):
            return ()
    return (
        Finding(
            says=f"An item of {resource.name} that it said it created cannot be read.",
            signature="created-not-readable",
            operation=resource.create,
            evidence=(created.exchange.id, exchange.id),
            expected=f"the item at {drawn.request.path}",
            seen=f"{exchange.answer}, {waited:g} seconds after {created.exchange.answer}",
            ask="Answer 201 only when the item can be read, or document the delay.",
            build="After a create, poll the read with a limit before going on.",
        ),
    )


def _late(resource: Resource, waited: float, evidence: tuple[str, ...]) -> tuple[Finding, ...]:
    if not waited:
        return ()
    return (
        Finding(
            says=f"A new item of {resource.name} could be read only {waited:g} seconds later.",
            signature="read-after-write-delay",
            operation=resource.create,
            evidence=evidence,
            expected="readable at once",
            seen=f"readable after {waited:g} seconds",
            level=Level.WARNING,
            ask="Document how long a write takes to become readable.",
            build="After a create, poll the read with a limit before going on.",
            detail={"seconds": waited},
        ),
    )


created_is_readable.healthy(Shelf)


@created_is_readable.broken
class Leaky(Shelf):
    """Says created, and keeps nothing."""

    def finish(self, request: Request, response: Response) -> Response:
        """Forget everything after each answer."""
        if request.method == "POST":
            self.items.clear()
        return super().finish(request, response)
