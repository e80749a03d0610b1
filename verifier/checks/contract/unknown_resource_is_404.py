"""
Something that does not exist is said not to exist.

Why it matters
    A vendor that invents an answer for an unknown id makes a wrong link look right, and a
    deleted record look alive.

How it asks
    A valid read, with the last id replaced by one of the same form that was never given out.

Limits
    403 and 400 are accepted: some vendors hide what the caller may not see, or check the form of
    an id first.
"""

from __future__ import annotations

from verifier.checks.provoking import stranger_to
from verifier.checks.serving import error_in
from verifier.checks.specimens import Shelf
from verifier.model import (
    Draw,
    Effect,
    Finding,
    Flow,
    Level,
    Operation,
    Question,
    Request,
    Response,
    Send,
    Severity,
    Vendor,
    check,
)


def _id_parameter(operation: Operation, vendor: Vendor) -> str:
    resource = vendor.contract.resource_of(operation.key)
    return resource.id_parameter if resource and resource.read == operation.key else ""


def _reads_an_item(operation: Operation, vendor: Vendor) -> str:
    reads = _id_parameter(operation, vendor)
    return "" if reads else "it does not read one item by its id"


@check(
    question=Question.CONTRACT,
    severity=Severity.MAJOR,
    effect=Effect.READ,
    source="RFC 9110, 15.5.5",
    catches="invents-resources",
    price=2,
    applies=_reads_an_item,
)
def unknown_resource_is_404(operation: Operation, vendor: Vendor) -> Flow:
    known = yield Draw(operation=operation.key)
    name = _id_parameter(operation, vendor)
    unknown = stranger_to(known.case.draft.path.get(name))
    asked = yield Draw(operation=operation.key, path={**known.case.draft.path, name: unknown})
    exchange = yield Send(asked.request)
    if 400 <= exchange.status < 500:
        return _unless_usual(operation, exchange.status, exchange.id)
    # An error inside a success is no invented resource; failure.success-means-success names it.
    if error_in(exchange.value):
        return ()
    return (
        Finding(
            says=f"It {exchange.answer} when asked for an id that does not exist.",
            signature=f"unknown-id:{exchange.status // 100}xx",
            operation=operation.key,
            at=operation.at,
            evidence=(exchange.id,),
            expected="404",
            seen=exchange.answer,
            ask="Answer 404 for an id that does not exist.",
            build="Compare the id in the answer with the id that was asked for.",
        ),
    )


def _unless_usual(operation: Operation, status: int, id: str) -> tuple[Finding, ...]:
    if status in (400, 403, 404, 410, 422):
        return ()
    return (
        Finding(
            says=f"It answered {status} when asked for an id that does not exist.",
            signature=f"unknown-id:{status}",
            operation=operation.key,
            at=operation.at,
            evidence=(id,),
            expected="404",
            seen=str(status),
            level=Level.WARNING,
            ask="Answer 404 for an id that does not exist.",
        ),
    )


unknown_resource_is_404.healthy(Shelf)


@unknown_resource_is_404.broken
class Inventive(Shelf):
    """Makes an item up."""

    def missing(self, request: Request, id: str) -> Response:
        """An item that nobody created."""
        return self.json(200, {"id": id, "name": "?", "created_at": "2026-01-01T00:00:00Z"})
