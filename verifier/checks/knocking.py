"""Each operation as each principal: who should get through, and who does."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any

from msgspec import Struct

from verifier.checks.holders import ways
from verifier.model import (
    Access,
    Draw,
    Exchange,
    Form,
    Once,
    Operation,
    Principal,
    Send,
    Step,
    Vendor,
)

__all__ = [
    "MOST_PRINCIPALS",
    "MOST_ROWS",
    "NOBODY",
    "Cell",
    "doors",
    "knock",
    "knocked",
    "ours",
]

MOST_ROWS, MOST_PRINCIPALS = 30, 5
NOBODY = "(nobody)"
TORN = b'{"torn": '
REFUSED = frozenset({401, 403})
# What is said to a body that cannot be read, by whoever looked at the body at all.
READ = frozenset({400, 415, 422})


class Cell(Struct, frozen=True, kw_only=True):
    """What a principal got, and the exchange that shows it."""

    access: Access
    sent: Exchange | None = None

    @property
    def exchange(self) -> str:
        """Its id; empty where nothing was sent."""
        return self.sent.id if self.sent else ""


UNTRIED = Cell(access=Access.UNTESTED)


def doors(vendor: Vendor) -> Iterator[Operation]:
    """The operations to try: those that read first, those that need the fewest ids first."""
    found = [o for o in vendor.contract.operations if o.safe or vendor.writable]
    found = [o for o in found if o.method in ("GET", "POST", "PUT", "PATCH", "DELETE")]
    found = [o for o in found if ours(o, vendor) and not o.ends_session]
    ordered = sorted(found, key=lambda o: (not o.safe, len(o.parameters_in("path"))))
    yield from ordered[:MOST_ROWS]


def ours(operation: Operation, vendor: Vendor) -> bool:
    """Whether it may be asked for at all: nothing is deleted but what was created for it."""
    return operation.method != "DELETE" or any(
        r.delete == operation.key and r.create for r in vendor.contract.resources
    )


def knocked(vendor: Vendor, operation: Operation) -> Generator[Step, Any, tuple[Cell, ...]]:
    """A cell for each principal, and for nobody."""
    cells = []
    for principal in vendor.principals[:MOST_PRINCIPALS]:
        cell = yield from knock(operation, principal)
        cells.append(cell)
    drawn = (yield Draw(operation=operation.key, or_none=True)) if operation.safe else None
    if drawn is None:
        return (*cells, UNTRIED)
    sent = yield Send(drawn.request.with_credential(Form.ABSENT), judged=True)
    return (*cells, _seen(sent, not operation.secured))


def knock(operation: Operation, principal: Principal) -> Generator[Step, Any, Cell]:
    """What one principal gets, asked once for all checks that want to know."""
    name = f"{operation.key} as {principal.name}"
    cell: Cell = yield Once(name=name, part=lambda: _tried(operation, principal))
    return cell


def _tried(operation: Operation, principal: Principal) -> Generator[Step, Any, Cell]:
    may, json = _may(operation, principal), _takes_json(operation)
    if not operation.safe and not json and may is not False:
        # Without a body there is no harmless way.
        return UNTRIED
    drawn = yield Draw(operation=operation.key, or_none=True)
    if drawn is None:
        return UNTRIED
    request = drawn.request.as_(principal.name)
    if operation.safe or not json:
        return _seen((yield Send(request, judged=True)), may)
    kind = request.header("content-type") or "application/json"
    harmless = yield Send(request.with_body(TORN, kind), judged=True)
    if harmless.status in REFUSED:
        return _seen(harmless, may)
    if may is not False:
        return Cell(access=Access.ALLOWED, sent=harmless) if harmless.status in READ else UNTRIED
    return _seen((yield Send(request, judged=True)), may)


def _seen(exchange: Exchange, may: bool | None) -> Cell:
    """What came of it, held against what should have; None says that nobody knows."""
    if exchange.succeeded:
        access = Access.LET_IN if may is False else Access.ALLOWED
    elif exchange.status in REFUSED:
        access = Access.SHUT_OUT if may is True else Access.REFUSED
    else:
        access = Access.UNTESTED
    return Cell(access=access, sent=exchange)


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
