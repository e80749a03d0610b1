"""
A creation can be repeated without creating twice.

Why it matters
    An answer that is lost on the way leaves only one choice: ask again. Without a key that both
    sides know, asking again may charge twice.

How it asks
    It does not: for each operation that creates something it looks for an idempotency key, a
    natural key chosen by the caller, or a PUT to an address that the caller chooses.

Limits
    Whether the key works is not tried here. A rule that stands only in prose is recognised where
    the words are plain.
"""

from __future__ import annotations

import re
from typing import Any

from verifier.checks.specimens import ITEMS, document
from verifier.model import (
    Contract,
    Effect,
    Finding,
    Findings,
    Level,
    Operation,
    Question,
    Resource,
    Severity,
    check,
)

MONEY = re.compile(
    r"payment|charge|refund|transfer|payout|invoice|order|checkout|subscription|transaction"
    r"|disbursement|deposit|withdraw",
    re.IGNORECASE,
)
NATURAL = re.compile(
    r"^(?:reference|external_?id|external_?reference|client_?(?:reference|token|request_id)"
    r"|merchant_?reference|request_?id|dedup\w*|unique\w*id)$",
    re.IGNORECASE,
)


def _creations(contract: Contract) -> list[Operation]:
    keys = {r.create for r in contract.resources if r.create}
    return [o for o in contract.operations if o.key in keys and o.method == "POST"]


def _creates(contract: Contract) -> str:
    return "" if _creations(contract) else "no operation that creates something was recognised"


@check(
    question=Question.DUPLICATES,
    severity=Severity.BLOCKER,
    effect=Effect.NONE,
    source="RFC 9110, 9.2.2; draft-ietf-httpapi-idempotency-key-header-07, 2",
    applies=_creates,
)
def retry_safety_documented(contract: Contract) -> Findings:
    safe = {k for c in contract.conventions_of("idempotency") for k in c.operations}
    safe |= {r.create for r in contract.resources if _chosen(contract, r)}
    unsafe = [o for o in _creations(contract) if o.key not in safe and not _natural(o)]
    money = [o for o in unsafe if MONEY.search(o.path)]
    plain = [o for o in unsafe if o not in money]
    findings = []
    if money:
        findings.append(_finding(contract, money, Level.FAIL, Severity.BLOCKER, "of money"))
    if plain:
        findings.append(_finding(contract, plain, Level.WARNING, Severity.MINOR, "plain"))
    return findings


def _chosen(contract: Contract, resource: Resource) -> bool:
    """Whether a PUT to an address of the caller's choice creates it, too: documented with 201."""
    put = contract.operation(resource.replace) if resource.replace else None
    return put is not None and any(response.status == "201" for response in put.responses)


def _natural(operation: Operation) -> bool:
    for media in operation.body.media if operation.body else ():
        if media.schema and any(NATURAL.match(name) for name in media.schema.members()):
            return True
    return False


def _finding(
    contract: Contract, found: list[Operation], level: Level, severity: Severity, kind: str
) -> Finding:
    what = ", and they move or promise money" if kind == "of money" else ""
    return Finding(
        says=f"{len(found)} of {len(_creations(contract))} operations that create something "
        f"name no safe way to repeat them{what}.",
        signature=f"no-retry-safety:{kind}",
        operation=found[0].key,
        at=found[0].at,
        expected="an Idempotency-Key, or a key chosen by the caller",
        seen=", ".join(o.key for o in found[:5]) + (" …" if len(found) > 5 else ""),
        level=level,
        severity=severity,
        ask="Which of these can be repeated safely after a lost answer, and how?",
        build="Look for the record by our own reference before repeating a creation.",
        detail={"operations": [o.key for o in found]},
    )


def _keyed() -> dict[str, Any]:
    key = {"name": "Idempotency-Key", "in": "header", "schema": {"type": "string"}}
    paths = dict(ITEMS["paths"])
    creating = {**paths["/items"]["post"], "parameters": [key]}
    return document(paths={**paths, "/items": {**paths["/items"], "post": creating}})


def _put() -> dict[str, Any]:
    paths = dict(ITEMS["paths"])
    item = paths["/items/{id}"]
    creates = {"operationId": "putItem", "responses": {"201": {"description": "Created."}}}
    return document(paths={**paths, "/items/{id}": {**item, "put": creates}})


retry_safety_documented.healthy(document=_keyed())
retry_safety_documented.healthy(document=_put())
retry_safety_documented.broken(document=document())
