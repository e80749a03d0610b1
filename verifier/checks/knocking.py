"""Each operation as each principal: who should get through, and who does."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Any

from verifier.checks.holders import ways
from verifier.model import (
    Access,
    Draw,
    Exchange,
    Form,
    Operation,
    Principal,
    Request,
    Send,
    Step,
    Vendor,
)

__all__ = ["MOST_PRINCIPALS", "MOST_ROWS", "NOBODY", "Cell", "doors", "knocked"]

MOST_ROWS, MOST_PRINCIPALS = 30, 5
NOBODY = "(nobody)"
TORN = b'{"torn": '
REFUSED = frozenset({401, 403})
# What is said to a body that cannot be read, by whoever looked at the body at all.
READ = frozenset({400, 415, 422})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a principal got, and the id of the exchange that shows it."""

    access: Access
    exchange: str = ""


UNTRIED = Cell(access=Access.UNTESTED)


def doors(vendor: Vendor) -> Iterator[Operation]:
    """The operations to try: those that read first, those that need the fewest ids first."""
    found = [o for o in vendor.contract.operations if o.safe or vendor.writable]
    found = [o for o in found if o.method in ("GET", "POST", "PUT", "PATCH", "DELETE")]
    # Deletions only of what can be created first: nothing else is ever deleted.
    ours = {r.delete for r in vendor.contract.resources if r.delete and r.create}
    found = [o for o in found if o.method != "DELETE" or o.key in ours]
    ordered = sorted(found, key=lambda o: (not o.safe, len(o.parameters_in("path"))))
    yield from ordered[:MOST_ROWS]


def knocked(vendor: Vendor, operation: Operation) -> Generator[Step, Any, tuple[Cell, ...]]:
    """A cell for each principal, and for nobody."""
    request: Request | None = None
    if operation.safe or _takes_json(operation):
        drawn = yield Draw(operation=operation.key, or_none=True)
        if drawn is None:
            return (UNTRIED,) * (len(vendor.principals[:MOST_PRINCIPALS]) + 1)
        request = drawn.request
    cells = []
    for principal in vendor.principals[:MOST_PRINCIPALS]:
        cell = yield from _tried(operation, request, principal)
        cells.append(cell)
    if request is None or not operation.safe:
        return (*cells, UNTRIED)
    sent = yield Send(request.with_credential(Form.ABSENT), judged=True)
    return (*cells, _seen(sent, not operation.secured))


def _tried(
    operation: Operation, request: Request | None, principal: Principal
) -> Generator[Step, Any, Cell]:
    may = _may(operation, principal)
    if request is None:
        if may is not False:
            return UNTRIED
        # Without a body there is no harmless way: so on what was made for it.
        drawn = yield Draw(operation=operation.key, or_none=True)
        if drawn is None:
            return UNTRIED
        return _seen((yield Send(drawn.request.as_(principal.name), judged=True)), may)
    ours = request.as_(principal.name)
    if operation.safe:
        return _seen((yield Send(ours, judged=True)), may)
    kind = ours.header("content-type") or "application/json"
    harmless = yield Send(ours.with_body(TORN, kind), judged=True)
    if harmless.status in REFUSED:
        return _seen(harmless, may)
    if may is not False:
        read = harmless.status in READ
        return Cell(access=Access.ALLOWED, exchange=harmless.id) if read else UNTRIED
    drawn = yield Draw(operation=operation.key, or_none=True)
    if drawn is None:
        return UNTRIED
    return _seen((yield Send(drawn.request.as_(principal.name), judged=True)), may)


def _seen(exchange: Exchange, may: bool | None) -> Cell:
    """What came of it, held against what should have; None says that nobody knows."""
    if exchange.succeeded:
        access = Access.LET_IN if may is False else Access.ALLOWED
    elif exchange.status in REFUSED:
        access = Access.SHUT_OUT if may is True else Access.REFUSED
    else:
        access = Access.UNTESTED
    return Cell(access=access, exchange=exchange.id)


def _may(operation: Operation, principal: Principal) -> bool | None:
    """Whether it holds what the document asks for; None where either is not said."""
    if not operation.secured:
        return True
    named = ways(operation)
    if principal.scopes is None:
        return None
    if not all(named):
        return None if not any(named) else any(way <= principal.scopes for way in named)
    return any(way <= principal.scopes for way in named)


def _takes_json(operation: Operation) -> bool:
    media = operation.body.media if operation.body else ()
    return any("json" in one.type for one in media)
