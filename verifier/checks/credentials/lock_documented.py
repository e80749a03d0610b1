"""
An operation that asks for a credential says so in the document.

Why it matters
    A client that is made from the document sends none, and every key, scope and refusal has to be
    found out by trying. Nor can anybody see from the document which operations are locked at all.

How it asks
    Where credentials are held, up to three reading operations that document none: once with ours,
    once without any. One that lets ours in and refuses the other is locked.

Limits
    A list that shows a stranger less than us is no refusal, and is not noticed.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.checks.provoking import readable
from verifier.checks.specimens import Shelf, document
from verifier.model import (
    Draw,
    Effect,
    Exchange,
    Finding,
    Flow,
    Form,
    Operation,
    Question,
    Request,
    Send,
    Severity,
    Vendor,
    check,
)

MOST = 3
LOCKED = frozenset({401, 403, 407})
UNLOCKED = document(security=[])


def _open_by_document(vendor: Vendor) -> str:
    if vendor.live and not vendor.principals:
        return "no credential is held"
    found = any(_undocumented(vendor))
    return "" if found else "every operation that only reads documents a credential"


def _undocumented(vendor: Vendor) -> Iterator[Operation]:
    return (operation for operation in readable(vendor) if not operation.secured)


@check(
    question=Question.CREDENTIALS,
    severity=Severity.MAJOR,
    effect=Effect.READ,
    source="OpenAPI 3.1.1, 4.8.30 Security Requirement Object",
    catches="asks-undocumented-credential",
    price=2 * MOST,
    applies=_open_by_document,
)
def lock_documented(vendor: Vendor) -> Flow:
    locked: list[tuple[Operation, Exchange]] = []
    for operation in list(_undocumented(vendor))[:MOST]:
        drawn = yield Draw(operation=operation.key)
        refused = yield Send(drawn.request.with_credential(Form.ABSENT), judged=True)
        if refused.status not in LOCKED:
            continue
        known = yield Send(drawn.request)
        if known.succeeded:
            locked += [(operation, refused), (operation, known)]
    return (_finding(vendor, locked),) if locked else ()


def _finding(vendor: Vendor, locked: list[tuple[Operation, Exchange]]) -> Finding:
    operation, refused = locked[0]
    none = "No operation" if not vendor.contract.schemes else "Not every operation that needs one"
    names = ", ".join(dict.fromkeys(o.key for o, _ in locked))
    return Finding(
        says=f"{none} documents a credential, and without one it answers {refused.status}.",
        signature="lock-undocumented",
        operation=operation.key,
        at=operation.at,
        evidence=tuple(exchange.id for _, exchange in locked),
        expected="a security requirement in the document",
        seen=f"{refused.status} without a credential, {locked[1][1].status} with ours: {names}",
        ask="Describe the credential in the document, and name it at each operation that asks it.",
        build="Write the security scheme into an overlay, and make the client from that.",
    )


lock_documented.broken(Shelf, document=UNLOCKED)


@lock_documented.healthy(document=UNLOCKED)
class Public(Shelf):
    """Documents no credential, and asks for none."""

    def admits(self, request: Request) -> bool:
        """Everybody."""
        return True
