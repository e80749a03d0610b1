"""
Every key opens what its scopes name, and nothing else.

Why it matters
    A key is handed out for one purpose. Whether it can also delete is seen only when somebody lays
    every key beside every door; and a key that opens too little stops the integration on the day on
    which it first needs that door.

How it asks
    Each operation as each principal, and reads as nobody. Writes are sent with a body that cannot
    take effect; only where that is not refused for its sender, and should have been, in earnest, on
    what this run created itself.

Limits
    It believes what vendor.yaml says of a principal's scopes; of one whose scopes are not said, it
    shows what was seen. A 404 may hide a refusal and decides nothing. At most thirty operations and
    five principals are tried; deletions only by those who should not be able to.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from verifier.checks.holders import locked
from verifier.checks.knocking import MOST_PRINCIPALS, MOST_ROWS, NOBODY, Cell, doors, knocked
from verifier.checks.scoped import SCOPED, Office
from verifier.model import (
    Access,
    AccessMatrix,
    Effect,
    Finding,
    Flow,
    Level,
    Missing,
    Question,
    Request,
    Severity,
    Step,
    Vendor,
    check,
    shown,
)

MOST_NAMED, MOST_EVIDENCE = 4, 12


def _applies(vendor: Vendor) -> str:
    found = any(operation.secured for operation in vendor.contract.operations)
    return "" if found else "no operation asks for a credential"


@check(
    question=Question.CREDENTIALS,
    severity=Severity.MAJOR,
    effect=Effect.READ,
    source="OpenAPI 3.1.1, 4.8.30; RFC 6750, 3.1; OWASP API5:2023",
    catches=("read-scope-writes", "item-unscoped", "scope-overdemanded", "open-operation"),
    price=MOST_ROWS * 4,
    applies=_applies,
)
def access_as_granted(vendor: Vendor) -> Flow:
    names = (*(p.name for p in vendor.principals[:MOST_PRINCIPALS]), NOBODY)
    rows = yield from _rows(vendor)
    picture = shown(
        AccessMatrix(
            principals=names,
            rows={key: tuple(cell.access for cell in cells) for key, cells in rows.items()},
        )
    )
    findings = []
    for index, name in enumerate(names):
        column = {key: cells[index] for key, cells in rows.items()}
        findings += [
            *_named(name, column, Access.LET_IN, picture),
            *_named(name, column, Access.SHUT_OUT, picture),
        ]
    if any(f.level is Level.FAIL for f in findings):
        yield from locked(vendor)
    tried = sum(cell.access is not Access.UNTESTED for cells in rows.values() for cell in cells)
    if not tried:
        yield Missing(reason="no answer said whether a key opens anything")
    return findings or [_as_granted(tried, len(rows) * len(names), picture)]


def _rows(vendor: Vendor) -> Generator[Step, Any, dict[str, tuple[Cell, ...]]]:
    rows = {}
    for operation in doors(vendor):
        rows[operation.key] = yield from knocked(vendor, operation)
    return rows


def _named(
    name: str, column: dict[str, Cell], wrong: Access, picture: dict[str, Any]
) -> list[Finding]:
    """What a principal can do and should not, or should and cannot."""
    keys = [key for key, cell in column.items() if cell.access is wrong]
    if not keys:
        return []
    over = wrong is Access.LET_IN
    listed = ", ".join(keys[:MOST_NAMED])
    listed += f" and {len(keys) - MOST_NAMED} more" if len(keys) > MOST_NAMED else ""
    who = "Whoever has no key" if name == NOBODY else f"The key '{name}'"
    return [
        Finding(
            says=f"{who} can also do {listed}." if over else f"{who} cannot do {listed}.",
            signature=f"{'over' if over else 'under'}-privileged:{name}",
            operation=keys[0],
            evidence=tuple(column[key].exchange for key in keys)[:MOST_EVIDENCE],
            expected="403" if over else "an answer",
            seen=f"{len(keys)} of {len(column)} operations, against what its scopes name",
            level=Level.FAIL if over else Level.WARNING,
            ask="Which scopes do these operations really need, and where is that enforced?",
            build="Treat this key as one that can do all of that, and keep it accordingly."
            if over
            else "Ask for the scopes by trying, one at a time, and write down what was needed.",
            detail={**picture, "operations": keys},
        )
    ]


def _as_granted(tried: int, ways: int, picture: dict[str, Any]) -> Finding:
    return Finding(
        says=f"{tried} of {ways} ways in were tried: each key opens what it should, and nothing "
        "else.",
        signature="access-as-granted",
        level=Level.INFORMATION,
        detail=picture,
    )


access_as_granted.healthy(Office, document=SCOPED)


@access_as_granted.broken(document=SCOPED)
class Trusting(Office):
    """Lets everybody in who is known."""

    def suffices(self, request: Request, held: frozenset[str]) -> bool:
        """Any key will do."""
        return True


@access_as_granted.broken(document=SCOPED)
class Miserly(Office):
    """Lets nobody read who cannot write."""

    def suffices(self, request: Request, held: frozenset[str]) -> bool:
        """All or nothing."""
        return len(held) > 1
