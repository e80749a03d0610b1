"""
A write that is refused has changed nothing.

Why it matters
    A client that is refused mends its request and sends it again. What the first one left behind
    is then there twice, or half.

How it asks
    It creates an item and sends a change of two members, one of them right and one of a wrong
    type; then a creation with one member of a wrong type. After each refusal it reads back.

Limits
    Only members of plain types are spoilt, one at a time. What is not refused is the matter of
    another check. Traces that no list and no read shows remain unseen.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any

from verifier.checks.changing import change_of, changeable
from verifier.checks.effects import agrees, census
from verifier.checks.members import members
from verifier.checks.specimens import Shelf
from verifier.model import (
    Create,
    Draw,
    Effect,
    Finding,
    Flow,
    Missing,
    Question,
    Request,
    Resource,
    Response,
    Send,
    Severity,
    Step,
    Vendor,
    check,
)

SPOILT = {"verifier": ["no", "value", "of", "this", "type"]}
# Findings, or None where it could not be tried.
Tried = Generator[Step, Any, list[Finding] | None]
PLAIN = frozenset({"string", "number", "integer", "boolean"})


@check(
    question=Question.FAILURE,
    severity=Severity.BLOCKER,
    effect=Effect.WRITE,
    source="RFC 9110, 15.5; RFC 5789, 2 (a PATCH is applied as a whole, or not at all)",
    catches="partial-write",
    price=12,
    applies=lambda made: "" if made.create and made.read else "it is not created and read",
)
def rejected_writes_leave_nothing(resource: Resource, vendor: Vendor) -> Flow:
    changing = None if changeable(resource) else (yield from _refused_change(resource, vendor))
    creating = yield from _refused_creation(resource, vendor)
    if changing is None and creating is None:
        yield Missing(reason="nothing in it can be spoilt, and read back afterwards")
    return [*(changing or ()), *(creating or ())]


def _refused_change(resource: Resource, vendor: Vendor) -> Tried:
    created = yield Create(resource=resource.name)
    reading = yield Draw(operation=resource.read, path=created.item.path)
    before = yield Send(reading.request)
    old = resource.item_in(before.value) or {}
    change = change_of(vendor.contract, resource, old)
    other = _spoilable(vendor, change.operation, change.name) if change else ""
    if change is None or not other:
        return None
    body = {**change.body, other: SPOILT}
    drawn = yield Draw(operation=change.operation, path=created.item.path, body=body, exact=True)
    refused = yield Send(drawn.request)
    after = yield Send(reading.request)
    if not 400 <= refused.status < 600 or not after.succeeded:
        return None
    if not change.shown_in(resource.item_in(after.value) or {}):
        return []
    seen = f"{refused.answer} for {other}; {change.name} was changed all the same"
    ids = (before.id, refused.id, after.id)
    return [_finding(resource, change.operation, "change", seen, ids)]


def _refused_creation(resource: Resource, vendor: Vendor) -> Tried:
    name = _spoilable(vendor, resource.create, "")
    drawn = yield Draw(operation=resource.create)
    sent = drawn.case.draft.body
    if not name or not isinstance(sent, Mapping) or not resource.list:
        return None
    path = drawn.case.draft.path
    before = yield from census(vendor.contract, resource, path)
    body = {**sent, name: SPOILT}
    spoilt = yield Draw(operation=resource.create, path=path, body=body, exact=True)
    refused = yield Send(spoilt.request)
    after = yield from census(vendor.contract, resource, path)
    rest = {key: value for key, value in sent.items() if key != name}
    new = [i for i, row in after.rows.items() if i not in before.rows and agrees(rest, row)]
    if not 400 <= refused.status < 600 or not (before.whole and after.whole):
        return None
    if not new:
        return []
    seen = f"{refused.answer} for {name}; {len(new)} more are listed"
    ids = (*before.evidence, refused.id, *after.evidence)
    return [_finding(resource, resource.create, "creation", seen, ids)]


def _spoilable(vendor: Vendor, operation: str, but: str) -> str:
    """The last member of a plain type, other than the one that is changed; empty for none."""
    known = members(vendor.contract.operation(operation))
    names = [n for n, s in known.items() if isinstance(s, Mapping) and str(s.get("type")) in PLAIN]
    return next((name for name in reversed(names) if name != but), "")


def _finding(
    resource: Resource, operation: str, what: str, seen: str, ids: tuple[str, ...]
) -> Finding:
    return Finding(
        says=f"A {what} of {resource.name} that was refused took effect.",
        signature=f"refused-{what}-applied",
        operation=operation,
        evidence=ids,
        expected="nothing changed",
        seen=seen,
        ask="Validate the whole request before anything of it is done.",
        build="Read back after a refusal, before the request is sent again.",
    )


rejected_writes_leave_nothing.healthy(Shelf)


@rejected_writes_leave_nothing.broken
class Piecemeal(Shelf):
    """Keeps what fits, and refuses because of the rest."""

    def update(self, request: Request, id: str) -> Response:
        """Half of it."""
        self.items[id] |= {k: v for k, v in request_members(request).items() if isinstance(v, str)}
        return super().update(request, id)


def request_members(request: Request) -> dict[str, Any]:
    """The members of a JSON body."""
    value = Response(status=200, body=request.body).json_or_none()
    return value if isinstance(value, dict) else {}
