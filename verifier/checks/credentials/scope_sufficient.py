"""
A key with exactly the scope that the document asks for is let in.

Why it matters
    Where the documented scope is not enough, integrations are given more and more of them until
    something works, and end with a key that can do everything.

How it asks
    Once for each operation that only reads: as the principal that holds its scope, and the fewest
    others.

Limits
    It believes what vendor.yaml says of a principal's scopes. Operations that write are tried by
    the checks that write.
"""

from __future__ import annotations

from verifier.checks.holders import decided, holding, scoped, wanted
from verifier.checks.scoped import SCOPED, WRITE, Office
from verifier.model import (
    Draw,
    Effect,
    Finding,
    Flow,
    Missing,
    Operation,
    Question,
    Request,
    Send,
    Severity,
    Vendor,
    check,
)


def _applies(operation: Operation) -> str:
    return scoped(operation) or ("" if operation.method == "GET" else "it is not a GET")


def _needs(operation: Operation, vendor: Vendor) -> Missing | None:
    if holding(vendor, operation):
        return None
    return Missing(
        reason=f"no principal is known to hold {wanted(operation)}",
        supply=f"a principal with the scope {wanted(operation)} in vendor.yaml",
    )


@check(
    question=Question.CREDENTIALS,
    severity=Severity.MAJOR,
    effect=Effect.READ,
    source="OpenAPI 3.1.1, 4.8.30 Security Requirement Object; RFC 6750, 3.1",
    catches="scope-overdemanded",
    price=1,
    applies=_applies,
    needs=_needs,
)
def scope_sufficient(operation: Operation, vendor: Vendor) -> Flow:
    principal = holding(vendor, operation)[0]
    drawn = yield Draw(operation=operation.key)
    exchange = yield Send(drawn.request.as_(principal.name))
    yield from decided(exchange, "a key with this scope")
    if exchange.status != 403:
        return ()
    held = ", ".join(sorted(principal.scopes or ()))
    return (
        Finding(
            says=f"'{principal.name}' holds the scope that the document asks for, and is refused.",
            signature="scope-overdemanded",
            operation=operation.key,
            at=operation.at,
            evidence=(exchange.id,),
            expected="an answer",
            seen=f"403; it holds {held}",
            ask=f"Which scope does {operation.key} really need? Correct the document.",
            build="Find the scopes out by trying, one at a time, and write them down.",
            detail={"principal": principal.name},
        ),
    )


scope_sufficient.healthy(Office, document=SCOPED)


@scope_sufficient.broken(document=SCOPED)
class Demanding(Office):
    """Wants the scope for writing, always."""

    def suffices(self, request: Request, held: frozenset[str]) -> bool:
        """Reading takes no less than writing."""
        return WRITE in held
