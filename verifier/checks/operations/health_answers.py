"""
The operation that reports health says that the service is up.

Why it matters
    A monitor that is built on it wakes somebody at night. One that is refused, or that answers an
    error while everything else works, will be switched off after the third false alarm.

How it asks
    Once, without a credential first: monitors should not need one. Where that is refused, once more
    with ours.

Limits
    Whether it notices an outage cannot be seen from outside. What it says in its body is not read.
"""

from __future__ import annotations

from typing import Any

from verifier.checks.specimens import ITEMS, Shelf, document
from verifier.model import (
    Contract,
    Draw,
    Effect,
    Exchange,
    Finding,
    Flow,
    Form,
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

REFUSED = frozenset({401, 403})


def _health(contract: Contract) -> Operation | None:
    convention = contract.convention("health")
    keys = convention.operations if convention else ()
    found = [o for o in contract.operations if o.key in keys and o.method == "GET"]
    return min(found, key=lambda o: len(o.parameters_in("path")), default=None)


def _applies(vendor: Vendor) -> str:
    found = _health(vendor.contract)
    if found is None:
        return "the document has no operation that reports health"
    return "it takes an id" if found.parameters_in("path") else ""


@check(
    question=Question.OPERATIONS,
    severity=Severity.MINOR,
    effect=Effect.READ,
    source="the document's own operation",
    catches="health-says-down",
    price=2,
    anonymous=True,
    applies=_applies,
)
def health_answers(vendor: Vendor) -> Flow:
    operation = _health(vendor.contract)
    if operation is None:
        return ()
    drawn = yield Draw(operation=operation.key)
    first = yield Send(drawn.request.with_credential(Form.ABSENT), judged=True)
    if first.succeeded:
        return ()
    if first.status in REFUSED and vendor.principals:
        ours = yield Send(drawn.request, judged=True)
        if ours.succeeded:
            says = "Whoever wants to know whether it is up needs a credential."
            return (_finding(operation, says, "health-locked", (first, ours), Level.INFORMATION),)
        first = ours
    says = f"Its health operation {first.answer}."
    return (_finding(operation, says, "health-fails", (first,), Level.WARNING),)


def _finding(
    operation: Operation, says: str, signature: str, seen: tuple[Exchange, ...], level: Level
) -> Finding:
    return Finding(
        says=says,
        signature=signature,
        operation=operation.key,
        at=operation.at,
        evidence=tuple(exchange.id for exchange in seen),
        expected="2xx, without a credential",
        seen=seen[0].answer,
        level=level,
        ask="Let health be asked for without a credential, and answer 2xx while all is well.",
        build="A probe of our own with a cheap read, and an alert.",
    )


_WELL: dict[str, Any] = {"get": {"security": [], "responses": {"200": {"description": "Well."}}}}
_MONITORED = document(paths={**ITEMS["paths"], "/health": _WELL})


@health_answers.healthy(document=_MONITORED)
class Monitored(Shelf):
    """Says that it is up, to anybody."""

    def answer(self, request: Request) -> Response:
        """One path more."""
        return self.health(request) if request.path == "/health" else super().answer(request)

    def health(self, request: Request) -> Response:
        """All is well."""
        return self.json(200, {"status": "ok"}, request)


@health_answers.broken(document=_MONITORED)
class Down(Monitored):
    """Is up, and says that it is not."""

    def health(self, request: Request) -> Response:
        """A database of no consequence is away."""
        return self.problem(503, "Not well")


@health_answers.broken(document=_MONITORED)
class Private(Monitored):
    """Tells only its customers."""

    def health(self, request: Request) -> Response:
        """Behind the same lock as everything."""
        return super().health(request) if self.admits(request) else self.refuse(request)
