"""
Every request is answered in the end.

Why it matters
    A request that hangs holds a worker, a connection and a customer. A handful of them a minute
    stands still what looks healthy on every graph of averages.

How it asks
    It reads what can be read without knowing anything, twenty times in all, and waits for each
    answer as long as a client would: ten seconds, or the vendor's own limit where that is less.

Limits
    What is slow for us may be slow on the way. The times of all requests of a run, operation by
    operation, stand in the report; only silence is reported here, and only where it shows again.
"""

from __future__ import annotations

from itertools import cycle, islice

from verifier.checks.provoking import readable
from verifier.checks.specimens import Shelf
from verifier.model import (
    Draw,
    Effect,
    Failure,
    FailureKind,
    Finding,
    Flow,
    Operation,
    Question,
    Request,
    Response,
    Send,
    Severity,
    Vendor,
    check,
)

ASKED, MOST = 20, 4
PATIENCE_SECONDS = 10.0


def _plain(vendor: Vendor) -> list[Operation]:
    """A few operations that can be asked without knowing anything."""
    return [o for o in readable(vendor) if not o.parameters_in("path")][:MOST]


def _applies(vendor: Vendor) -> str:
    return "" if _plain(vendor) else "nothing can be read without an id"


@check(
    question=Question.FAILURE,
    severity=Severity.MAJOR,
    effect=Effect.READ,
    source="common practice; RFC 9110, 15.6.5 (a gateway that waits too long says 504)",
    catches="hangs",
    price=ASKED,
    applies=_applies,
)
def slow_is_bounded(vendor: Vendor) -> Flow:
    patience = min(PATIENCE_SECONDS, vendor.limits.timeout_seconds)
    asked = []
    for operation in islice(cycle(_plain(vendor)), ASKED):
        drawn = yield Draw(operation=operation.key)
        asked.append((yield Send(drawn.request, judged=True, timeout_seconds=patience)))
    silent = [e for e in asked if e.failure and e.failure.kind is FailureKind.TIMEOUT]
    if not silent or len(silent) == len(asked):
        return ()
    return (
        Finding(
            says=f"{len(silent)} of {len(asked)} reads were not answered within "
            f"{patience:g} seconds.",
            signature="hangs",
            operation=silent[0].request.operation,
            evidence=tuple(exchange.id for exchange in silent),
            expected="an answer, or an error",
            seen="silence",
            ask="Bound every request on your side, and answer 503 or 504 where it takes too long.",
            build="Give every request a deadline, and take a read that is late for lost.",
        ),
    )


slow_is_bounded.healthy(Shelf)


@slow_is_bounded.broken
class Crowded(Shelf):
    """Has nobody for every tenth caller."""

    def __init__(self) -> None:
        super().__init__()
        self.calls = 0

    def __call__(self, request: Request) -> Response | Failure:
        """Silence now and then."""
        self.calls += 1
        if self.calls % 10:
            return super().__call__(request)
        return Failure(kind=FailureKind.TIMEOUT, says="nothing came", phase="wait")
