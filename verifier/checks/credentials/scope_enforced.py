"""
A key without the scope that the document asks for is refused.

Why it matters
    A key that is handed out to read, and can also write or delete, is a full key under a harmless
    name: whoever finds it in a log holds everything.

How it asks
    As up to two principals that lack the scope, those with the fewest scopes first. An operation
    that takes a body is first sent one that cannot take effect; only where that is not refused for
    its sender, it is asked for in earnest, on what this run created itself.

Limits
    It believes what vendor.yaml says of a principal's scopes. A refusal for another reason (400,
    409, 422) tells nothing about scopes, nor does a 404 that everybody is given.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from verifier.checks.holders import holding, lacking, locked, scoped, wanted
from verifier.checks.scoped import SCOPED, Office
from verifier.model import (
    Draw,
    Drawn,
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
    Send,
    Severity,
    Step,
    Vendor,
    check,
)

MOST_PRINCIPALS = 2
HIDES = frozenset({401, 403, 404})
TORN = b'{"torn": '


def _needs(operation: Operation, vendor: Vendor) -> Missing | None:
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
    price=MOST_PRINCIPALS * 3,
    applies=scoped,
    needs=_needs,
)
def scope_enforced(operation: Operation, vendor: Vendor) -> Flow:
    findings = []
    mute = ""
    for principal in lacking(vendor, operation)[:MOST_PRINCIPALS]:
        drawn = yield Draw(operation=operation.key)
        exchange = yield from _tried(drawn, principal)
        if exchange.succeeded:
            findings.append(_let_in(operation, principal, exchange))
        elif exchange.status == 401 and (yield from _is_known(vendor, principal)):
            findings.append(_unclear(operation, principal, exchange))
        elif exchange.status not in HIDES:
            mute = mute or f"it {exchange.answer}"
        elif exchange.status == 404 and not (yield from _is_there(vendor, operation, drawn)):
            mute = mute or "it answered 404 to whoever may, too"
    if findings:
        yield from locked(vendor)
    elif mute:
        yield Missing(reason=f"whether it is refused for want of a scope cannot be told: {mute}")
    return findings


def _tried(drawn: Drawn, principal: Principal) -> Generator[Step, Any, Exchange]:
    request = drawn.request.as_(principal.name)
    kind = request.header("content-type")
    if request.body and kind and "json" in kind:
        harmless: Exchange = yield Send(request.with_body(TORN, kind))
        if harmless.status in HIDES:
            return harmless
    exchange: Exchange = yield Send(request)
    return exchange


def _is_there(vendor: Vendor, operation: Operation, drawn: Drawn) -> Generator[Step, Any, bool]:
    """Whether whoever may is not told 404; a write is not asked for once more to learn that."""
    for principal in holding(vendor, operation)[:1] if operation.safe else ():
        return bool((yield Send(drawn.request.as_(principal.name))).status != 404)
    return False


def _is_known(vendor: Vendor, principal: Principal) -> Generator[Step, Any, bool]:
    """Whether a principal is let in where it should be: else its 401 speaks of itself."""
    for operation in vendor.contract.operations:
        plain = operation.method == "GET" and not operation.parameters_in("path")
        if plain and operation.secured and principal in holding(vendor, operation):
            drawn = yield Draw(operation=operation.key)
            return bool((yield Send(drawn.request.as_(principal.name))).succeeded)
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
