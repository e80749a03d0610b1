"""
A key can be made that may only read.

Why it matters
    An integration that only reads should not hold a key that can also delete. Where the vendor has
    but one kind of key, every leak is a full one.

How it asks
    It does not: it reads the scopes that the document asks for, operation by operation.

Limits
    A vendor may offer rights that its document does not mention (roles, restricted keys).
"""

from __future__ import annotations

from verifier.checks.specimens import ITEMS, document
from verifier.model import (
    Contract,
    Effect,
    Finding,
    Findings,
    Level,
    Operation,
    Question,
    Severity,
    check,
)


def _is_secured(contract: Contract) -> str:
    return "" if any(o.secured for o in contract.operations) else "no operation is secured"


@check(
    question=Question.CREDENTIALS,
    severity=Severity.MAJOR,
    effect=Effect.NONE,
    source="OpenAPI 3.1.1, 4.8.30; RFC 6749, 3.3; OWASP API5:2023",
    applies=_is_secured,
)
def least_privilege_possible(contract: Contract) -> Findings:
    secured = [o for o in contract.operations if o.secured]
    scoped = [o for o in secured if _scopes(o)]
    if not scoped:
        says = "The document names no scopes: as far as it says, every key can do everything."
        return (_finding(says, "no-scopes", Level.WARNING),)
    writing = {s for o in scoped if not o.safe for s in _scopes(o)}
    reading = [o for o in scoped if o.safe]
    tied = [o for o in reading if _scopes(o) <= writing]
    if len(writing | {s for o in reading for s in _scopes(o)}) == 1:
        return (_finding("One scope opens everything.", "one-scope", Level.FAIL),)
    if reading and len(tied) == len(reading):
        says = "Reading needs a scope that also writes, everywhere."
        return (_finding(says, "reading-needs-writing", Level.FAIL),)
    if tied:
        says = f"{len(tied)} of {len(reading)} reads need a scope that also writes."
        keys = [o.key for o in tied[:50]]
        return (_finding(says, "some-reads-need-writing", Level.WARNING, keys),)
    return ()


def _scopes(operation: Operation) -> frozenset[str]:
    """The scopes of the least demanding way in that asks for any: with it a key can be small."""
    needs = [need.schemes.values() for need in operation.security]
    ways = [frozenset(s for scopes in need for s in scopes) for need in needs]
    return min(filter(None, ways), key=len, default=frozenset())


def _finding(says: str, signature: str, level: Level, keys: list[str] | None = None) -> Finding:
    return Finding(
        says=says,
        signature=signature,
        expected="scopes that tell reading from writing",
        seen=says,
        level=level,
        ask="Offer keys or scopes that can only read, and say so in the document.",
        build="Keep this key where only the integration can read it, and plan its replacement.",
        detail={"operations": keys or []},
    )


def _scoped(read: str, write: str) -> dict[str, object]:
    scheme = {
        "type": "oauth2",
        "flows": {
            "clientCredentials": {"tokenUrl": "/token", "scopes": {read: "Read", write: "Write"}}
        },
    }
    paths = {
        "/items": {
            "get": {"security": [{"oauth": [read]}], "responses": {}},
            "post": {"security": [{"oauth": [write]}], "responses": {}},
        }
    }
    return {**ITEMS, "paths": paths, "components": {"securitySchemes": {"oauth": scheme}}}


least_privilege_possible.healthy(document=_scoped("items:read", "items:write"))
least_privilege_possible.broken(document=_scoped("items", "items"))
least_privilege_possible.broken(document=document())
