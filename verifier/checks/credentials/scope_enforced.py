"""
A key without the scope that the document asks for is refused.

Why it matters
    A key that is handed out to read, and can also write or delete, is a full key under a harmless
    name: whoever finds it in a log holds everything.

How it asks
    As up to two principals that lack the scope, those with the fewest scopes first. A body that
    cannot take effect comes first; only where that is not refused for its sender, it is asked for
    in earnest, on what this run created itself.

Limits
    It believes what vendor.yaml says of a principal's scopes. A refusal for another reason (400,
    409, 422) tells nothing about scopes, nor does a 404 that everybody is given.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from verifier.checks.holders import holding, is_known, lacking, locked, scoped, wanted
from verifier.checks.knocking import knock, ours
from verifier.checks.scoped import SCOPED, Office
from verifier.model import (
    Effect,
    Exchange,
    Finding,
    Flow,
    Level,
    Missing,
    Operation,
    Principal,
    Question,
    Request,
    Severity,
    Step,
    Vendor,
    check,
)

MOST_PRINCIPALS = 2
HIDES = frozenset({401, 403, 404})


def _applies(operation: Operation, vendor: Vendor) -> str:
    if not ours(operation, vendor):
        return "nothing is deleted but what was created for it"
    return scoped(operation)


def _needs(operation: Operation, vendor: Vendor) -> Missing | None:
    ours = {r.delete for r in vendor.contract.resources if r.delete and r.create}
    if operation.method == "DELETE" and operation.key not in ours:
        return Missing(reason="it removes what a run cannot create first")
    if lacking(vendor, operation):
        return None
    return Missing(
        reason=f"no principal is known to lack {wanted(operation)}",
        supply="a second principal with fewer 'scopes' in vendor.yaml",
    )


@check(
    question=Question.CREDENTIALS,
    severity=Severity.BLOCKER,
    effect=Effect.READ,
    source="RFC 6750, 3.1 (insufficient_scope); OpenAPI 3.1.1, 4.8.30",
    catches=("read-scope-writes", "item-unscoped"),
    price=MOST_PRINCIPALS * 2,
    applies=_applies,
    needs=_needs,
)
def scope_enforced(operation: Operation, vendor: Vendor) -> Flow:
    findings = []
    mute = ""
    for principal in lacking(vendor, operation)[:MOST_PRINCIPALS]:
        exchange = (yield from knock(operation, principal)).sent
        if exchange is None:
            mute = "no request for it could be made"
        elif exchange.succeeded:
            findings.append(_let_in(operation, principal, exchange))
        elif exchange.status == 401 and (yield from is_known(vendor, principal)):
            findings.append(_unclear(operation, principal, exchange))
        elif exchange.status == 404 and not (yield from _is_there(vendor, operation)):
            mute = "it answered 404 to whoever may, too"
        elif exchange.status not in HIDES:
            mute = f"it {exchange.answer}"
    if findings:
        yield from locked(vendor)
    elif mute:
        yield Missing(reason=f"whether it is refused for want of a scope cannot be told: {mute}")
    return findings


def _is_there(vendor: Vendor, operation: Operation) -> Generator[Step, Any, bool]:
    """Whether whoever may is not told 404; a write is not asked for once more to learn that."""
    for principal in holding(vendor, operation)[:1] if operation.safe else ():
        sent = (yield from knock(operation, principal)).sent
        return sent is not None and sent.status != 404
    return False


def _let_in(operation: Operation, principal: Principal, exchange: Exchange) -> Finding:
    scope = wanted(operation)
    return Finding(
        says=f"'{principal.name}' does not hold {scope}, and got through all the same.",
        signature=f"scope-not-enforced:{'read' if operation.safe else 'write'}",
        operation=operation.key,
        at=operation.at,
        evidence=(exchange.id,),
        expected="403",
        seen=exchange.answer,
        severity=Severity.MAJOR if operation.safe else None,
        ask=f"Refuse {operation.key} to whoever lacks {scope}.",
        build="Treat every key of this vendor's as one that can do everything.",
        detail={"principal": principal.name, "wanted": scope},
    )


def _unclear(operation: Operation, principal: Principal, exchange: Exchange) -> Finding:
    return Finding(
        says=f"A good key that may not do this is told that it is not known ('{principal.name}').",
        signature="insufficient-scope-as-401",
        operation=operation.key,
        at=operation.at,
        evidence=(exchange.id,),
        expected="403",
        seen="401",
        level=Level.WARNING,
        severity=Severity.MINOR,
        ask="Answer 403 where the credential is good and its scope is not.",
        build="Do not renew a token again and again on this 401.",
    )


scope_enforced.healthy(Office, document=SCOPED)


@scope_enforced.broken(document=SCOPED)
class Trusting(Office):
    """Lets everybody in who is known."""

    def suffices(self, request: Request, held: frozenset[str]) -> bool:
        """Any scope will do."""
        return bool(held)
