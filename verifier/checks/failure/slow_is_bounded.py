"""
Every request is answered in the end.

Why it matters
    A request that hangs holds a worker, a connection and a customer; one whose connection is cut
    leaves a client that does not know whether it was done. A handful of them a minute looks healthy
    on every graph of averages.

How it asks
    It counts all requests of the run, whatever they were sent for, and those to which no whole
    answer came: cut, reset, or silent for as long as we wait. Where the run has sent fewer than
    forty, it reads what can be read without knowing anything, up to that number, and waits ten
    seconds for each answer, or as long as the vendor's own limit where that is less.

Limits
    One lost answer is told, and accuses nobody; fewer than one in two hundred are a warning. The
    way to the vendor loses some of its own, and looks the same from here. A read on a connection
    that was kept, and ended without a byte, is asked anew and not counted: that is how idle ones
    end. The times of all requests of a run, operation by operation, stand in the report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import cycle, islice

from verifier.checks.provoking import readable
from verifier.checks.specimens import Shelf
from verifier.model import (
    Draw,
    Effect,
    Exchange,
    Failure,
    FailureKind,
    Finding,
    Flow,
    Level,
    Missing,
    Question,
    Request,
    Response,
    Send,
    Severity,
    Tallied,
    Tally,
    Vendor,
    check,
)

ENOUGH, MOST = 40, 4
PATIENCE_SECONDS = 10.0
TOLERATED = 1 / 200
MOST_EVIDENCE = 10


@check(
    question=Question.FAILURE,
    severity=Severity.MAJOR,
    effect=Effect.READ,
    source="common practice; RFC 9110, 15.6.5 (a gateway that waits too long says 504)",
    catches=("hangs", "cuts-answers"),
    price=ENOUGH,
    last=True,
)
def slow_is_bounded(vendor: Vendor) -> Flow:
    tally = yield Tally()
    patience = min(PATIENCE_SECONDS, vendor.limits.timeout_seconds)
    plain = [o for o in readable(vendor) if not o.parameters_in("path")][:MOST]
    for operation in islice(cycle(plain), max(0, ENOUGH - tally.total)):
        drawn = yield Draw(operation=operation.key)
        yield Send(drawn.request, judged=True, timeout_seconds=patience)
    tally = yield Tally()
    if tally.total < ENOUGH:
        yield Missing(
            reason=f"{tally.total} requests were sent: too few to miss an answer",
            supply="an operation that can be read without an id",
        )
    return tuple(_findings(tally))


def _findings(tally: Tallied) -> Iterator[Finding]:
    """One for silence, one for connections that were cut."""
    silent = tuple(e for e in tally.lost if e.failure and e.failure.kind is FailureKind.TIMEOUT)
    cut = tuple(e for e in tally.lost if e not in silent)
    for signature, lost in (("hangs", silent), ("answers-lost", cut)):
        if lost:
            yield _finding(tally, lost, signature)


def _finding(tally: Tallied, lost: tuple[Exchange, ...], signature: str) -> Finding:
    by = Counter(exchange.request.operation for exchange in lost)
    mute = [key for key, count in by.items() if key and 1 < count == tally.asked[key]]
    never = f" It never answers {', '.join(mute[:3])}." if mute else ""
    return Finding(
        says=f"{len(lost)} of {tally.total} requests of this run got no answer.{never}",
        signature=signature,
        operation=next(iter(by)) if len(by) == 1 else "",
        evidence=tuple(exchange.id for exchange in lost[:MOST_EVIDENCE]),
        expected="an answer to each, or an error",
        seen=lost[0].failure.says if lost[0].failure else "",
        level=_level(len(lost), tally.total, mute=bool(mute)),
        ask="Where do these answers get lost? Answer 503 or 504 where something takes too long, "
        "and end connections only once their answers are out.",
        build="Give every request a deadline, and take one without an answer for neither done nor "
        "undone: repeat reads, and writes only with a key or after a look.",
    )


def _level(lost: int, asked: int, *, mute: bool) -> Level:
    if lost == 1:
        return Level.INFORMATION
    return Level.FAIL if mute or lost / asked >= TOLERATED else Level.WARNING


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
        return self.lost()

    def lost(self) -> Failure:
        """Nothing comes."""
        return Failure(kind=FailureKind.TIMEOUT, says="nothing came", phase="wait")


@slow_is_bounded.broken
class Restarting(Crowded):
    """Is restarted while it answers."""

    def lost(self) -> Failure:
        """The connection is gone."""
        return Failure(kind=FailureKind.RESET, says="it was reset", phase="wait")
