"""
What the API creates it can also remove.

Why it matters
    Test data that cannot be removed stays for ever, a mistake cannot be undone by the same way, and
    leaving the vendor means leaving the data behind.

How it asks
    It does not: for each resource that can be created it looks for a deletion or an action that
    ends it.

Limits
    Some things must not be deleted (payments, ledger entries); a cancellation counts.
"""

from __future__ import annotations

import re

from verifier.checks.specimens import ITEMS, document
from verifier.model import (
    Contract,
    Effect,
    Finding,
    Findings,
    Level,
    Question,
    Resource,
    Severity,
    check,
)

ENDINGS = re.compile(
    r"cancel|void|archive|delete|remove|revoke|close|refund|reverse|deactivate|disable|terminate",
    re.IGNORECASE,
)


def _created(contract: Contract) -> list[Resource]:
    return [r for r in contract.resources if r.create]


def _creates(contract: Contract) -> str:
    return "" if _created(contract) else "no resource that can be created was recognised"


@check(
    question=Question.OPERATIONS,
    severity=Severity.MINOR,
    effect=Effect.NONE,
    source="the document's own operations",
    applies=_creates,
)
def reversible(contract: Contract) -> Findings:
    created = _created(contract)
    stuck = [r for r in created if not r.delete and not any(map(ENDINGS.search, r.actions))]
    if not stuck:
        return ()
    names = [r.name for r in stuck]
    return (
        Finding(
            says=f"{len(stuck)} of {len(created)} kinds of things can be created and not removed.",
            signature="not-reversible",
            operation=stuck[0].create,
            expected="a deletion or an ending for each",
            seen=", ".join(names[:8]) + (" …" if len(names) > 8 else ""),
            level=Level.WARNING,
            ask="How are these removed or undone?",
            build="Mark our test data, and keep a list of what we created.",
            detail={"resources": names},
        ),
    )


_STUCK = {
    path: {method: value for method, value in item.items() if method != "delete"}
    for path, item in ITEMS["paths"].items()
}
reversible.healthy(document=document())
reversible.broken(document=document(paths=_STUCK))
