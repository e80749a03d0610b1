"""What happens at a limit: found out once, for all checks that want to know."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from verifier.checks.effects import Effects, census, effects_of
from verifier.checks.holders import stranger
from verifier.checks.provoking import readable
from verifier.dialects.quotas import Quota, quotas_in, tightest
from verifier.model import (
    Burst,
    Contract,
    Draw,
    Exchange,
    Missing,
    Once,
    Operation,
    Pause,
    RateStep,
    Request,
    Resource,
    Send,
    Step,
    Vendor,
    retry_after_seconds,
)

__all__ = ["MOST", "PRICE", "Met", "documented", "limit_met", "reachable"]

# The most requests of a burst, and how many are under way at a time.
MOST, AT_ONCE = 60, 6
BEYOND = AT_ONCE
SURVEYED = 4
PRICE = MOST + 30
CALM_REQUESTS, LONGEST_CALM_SECONDS = 3, 2.0
LONGEST_WAIT_SECONDS = 120.0
CALMING_SECONDS = (2.0, 4.0, 8.0, 16.0, 30.0, 60.0)


class Met(Struct, frozen=True, kw_only=True):
    """
    How a limit was met.

    Args:
        operation: Key of the operation that was asked.
        told: The limits that its answer told, before the burst.
        left: How many requests should have been let through, by the tightest of them.
        burst: What came of the burst.
        steps: The paces that were tried, the burst the last.
        stranger: What another tenant was answered while we were limited; None where none was asked.
        write: What a creation was answered while we were limited; likewise.
        created: What that creation left behind all the same.
        asked_seconds: For how long its refusal asks us to wait; None where it does not, or not in
            a form that can be read.
        after: The answer once that time was over; None where nobody waited so long.
    """

    operation: str
    told: tuple[Quota, ...]
    left: int | None
    burst: tuple[Exchange, ...]
    steps: tuple[RateStep, ...]
    stranger: Exchange | None = None
    write: Exchange | None = None
    created: Effects | None = None
    asked_seconds: float | None = None
    after: Exchange | None = None

    @property
    def refusal(self) -> Exchange | None:
        """The first answer that was no success."""
        return next((e for e in self.burst if not e.succeeded), None)

    @property
    def accepted(self) -> int:
        """How many of the burst were let through."""
        return sum(e.succeeded for e in self.burst)

    @property
    def seconds(self) -> float:
        """How long the burst took."""
        ends = max(e.ended for e in self.burst)
        return max(0.001, ends - self.burst[0].started)


def limit_met(vendor: Vendor) -> Generator[Step, Any, Met]:
    """Meet the limit, or be told how it was met; a Missing where it was not."""
    met: Met = yield Once(name="limit", part=lambda: _meet(vendor))
    return met


def reachable(vendor: Vendor) -> str:
    """Why no limit can be met; empty where one can be tried."""
    return "" if next(readable(vendor), None) else "it has no operation that only reads"


def documented(contract: Contract, operation: str) -> tuple[int, float] | None:
    """Requests and seconds of the limit that the document states for an operation."""
    for rule in _rules(contract):
        keys = rule.get("operations") or ()
        if not keys or operation in keys:
            quota, seconds = rule.get("quota"), rule.get("window_seconds")
            if isinstance(quota, int) and isinstance(seconds, (int, float)) and seconds > 0:
                return quota, float(seconds)
    return None


def _rules(contract: Contract) -> list[dict[str, Any]]:
    convention = contract.convention("limits")
    rules = convention.detail.get("rules", ()) if convention else ()
    return [rule for rule in rules if isinstance(rule, dict)]


def _meet(vendor: Vendor) -> Generator[Step, Any, Met]:
    request, told = yield from _surveyed(vendor)
    tight = tightest(told)
    if tight is not None and (tight.remaining or 0) > MOST:
        yield Missing(
            reason=f"{tight.remaining} requests are left, and a burst has {MOST} at most",
            supply="a sandbox, or a credential, with a lower limit",
        )
    creation = yield from _prepared(vendor, request.operation)
    calm, last = yield from _calmly(request, tight, documented(vendor.contract, request.operation))
    left = _left(last) if last and last.response else tight.remaining if tight else None
    left, burst = yield from _limited(request, left)
    met = Met(operation=request.operation, told=told, left=left, burst=burst, steps=calm)
    refused = sum(not e.succeeded for e in burst)
    last_step = RateStep(
        per_second=round(len(burst) / met.seconds, 1), sent=len(burst), refused=refused
    )
    met = replace(met, steps=(*calm, last_step))
    refusal = met.refusal
    if refusal is None:
        yield Missing(
            reason=f"{len(burst)} requests in {met.seconds:.1f} seconds were not refused",
            supply="a sandbox, or a credential, with a lower limit",
        )
    elif refusal.failure is not None and (left is None or met.accepted < left):
        yield Missing(
            reason=f"the burst ended with a request that {refusal.answer}, which need not be the "
            "limit",
            supply="a vendor that answers; see failure.slow-is-bounded",
        )
    return (yield from _beyond(vendor, met, request, creation))


def _limited(
    request: Request, left: int | None
) -> Generator[Step, Any, tuple[int | None, tuple[Exchange, ...]]]:
    """A burst that goes a little beyond what is left, and how much that was when it began."""
    most = MOST if left is None else min(MOST, left) + BEYOND
    burst = yield from _pressed(request, most)
    if left is None or not all(exchange.succeeded for exchange in burst):
        return left, burst
    # Not refused: a window began anew meanwhile, and its answers tell what that one has.
    again, rest = _left(burst[-1]), MOST + BEYOND - len(burst)
    if again is None or again + BEYOND > rest:
        return left, burst
    return again, (yield from _pressed(request, again + BEYOND))


def _pressed(request: Request, most: int) -> Generator[Step, Any, tuple[Exchange, ...]]:
    burst: tuple[Exchange, ...] = yield Burst(
        request=request, most=most, at_once=AT_ONCE, stop_when=lambda e: not e.succeeded
    )
    return burst


def _left(exchange: Exchange) -> int | None:
    """What an answer says to remain, by the tightest limit that it tells."""
    told = quotas_in(exchange.response, exchange.started) if exchange.response else ()
    tight = tightest(told)
    return tight.remaining if tight else None


def _beyond(
    vendor: Vendor, met: Met, request: Request, creation: _Creation | None
) -> Generator[Step, Any, Met]:
    """What else happens while we are limited, and how that ends."""
    other = stranger(vendor)
    if other:
        (theirs,) = yield Burst(request=request.as_(other), most=1, at_limit=True)
        met = replace(met, stranger=theirs)
    if creation is not None:
        (write,) = yield Burst(request=creation.request, most=1, at_limit=True)
        met = replace(met, write=write)
    met = yield from _waited(met, request)
    if creation is not None and met.write is not None and not met.write.succeeded:
        created = yield from effects_of(
            vendor, creation.resource, creation.before, (), creation.sent, creation.path
        )
        met = replace(met, created=created)
    return met


def _waited(met: Met, request: Request) -> Generator[Step, Any, Met]:
    refusal = met.refusal
    response = refusal.response if refusal else None
    if refusal is None or response is None:
        return met
    asked = retry_after_seconds(response, refusal.ended)
    tight = tightest(met.told)
    rest = (tight.reset_seconds if tight else None) or 1.0
    if asked is None or asked > LONGEST_WAIT_SECONDS:
        yield from _calmed(request, rest)
        return replace(met, asked_seconds=asked)
    yield Pause(asked)
    (after,) = yield Burst(request=request, most=1, at_limit=True)
    if not after.succeeded:
        yield from _calmed(request, max(rest, asked))
    return replace(met, asked_seconds=asked, after=after)


def _calmed(request: Request, first_seconds: float) -> Generator[Step, Any, None]:
    """
    Wait until we are let through again, where nobody says truly how long that takes.

    Whoever asks on meanwhile, to confirm this or for another check, would see the limit, and take
    it for something else.
    """
    for seconds in (min(first_seconds, LONGEST_WAIT_SECONDS), *CALMING_SECONDS):
        yield Pause(seconds)
        (again,) = yield Burst(request=request, most=1, at_limit=True)
        if again.succeeded:
            return


def _surveyed(vendor: Vendor) -> Generator[Step, Any, tuple[Request, tuple[Quota, ...]]]:
    """The request of which the fewest are left, and what its answer told."""
    found: list[tuple[int, Request, tuple[Quota, ...]]] = []
    for operation in _candidates(vendor):
        drawn = yield Draw(operation=operation.key)
        exchange = yield Send(drawn.request)
        if not exchange.succeeded:
            continue
        told = quotas_in(exchange.response, exchange.started)
        tight = tightest(told)
        left = tight.remaining if tight and tight.remaining is not None else 10**9
        found.append((left, drawn.request, told))
    if not found:
        yield Missing(
            reason="no operation that only reads could be asked",
            supply="a credential that may read",
        )
    _, request, told = min(found, key=lambda entry: entry[0])
    return request, told


def _candidates(vendor: Vendor) -> Iterator[Operation]:
    """Operations with a documented limit of their own first, then those that are surely there."""
    own = {key for rule in _rules(vendor.contract) for key in rule.get("operations") or ()}
    ordered = sorted(readable(vendor), key=lambda o: o.key not in own)
    yield from ordered[:SURVEYED]


def _calmly(
    request: Request, tight: Quota | None, said: tuple[int, float] | None
) -> Generator[Step, Any, tuple[tuple[RateStep, ...], Exchange | None]]:
    """A few requests at half the pace that is stated, and at that pace."""
    pace = (tight.per_second if tight else None) or (said[0] / said[1] if said else None)
    steps: list[RateStep] = []
    last: Exchange | None = None
    for part in (0.5, 1.0):
        if pace is None or 1 / (pace * part) > LONGEST_CALM_SECONDS:
            continue
        refused = 0
        for _ in range(CALM_REQUESTS):
            yield Pause(1 / (pace * part))
            last = yield Send(request)
            refused += not last.succeeded
        steps.append(RateStep(per_second=pace * part, sent=CALM_REQUESTS, refused=refused))
    return tuple(steps), last


class _Creation(Struct, frozen=True, kw_only=True):
    """Something to be created while we are limited, and what there was before."""

    resource: Resource
    request: Request
    sent: Any
    path: Any
    before: Any


def _prepared(vendor: Vendor, operation: str) -> Generator[Step, Any, _Creation | None]:
    resource = _creatable(vendor, operation)
    if resource is None:
        return None
    drawn = yield Draw(operation=resource.create)
    draft = drawn.case.draft
    before = yield from census(vendor.contract, resource, draft.path)
    if not before.whole:
        return None
    return _Creation(
        resource=resource, request=drawn.request, sent=draft.body, path=draft.path, before=before
    )


def _creatable(vendor: Vendor, operation: str) -> Resource | None:
    """The resource of the operation itself, for that is what its limit surely holds for."""
    if not vendor.writable:
        return None
    resource = vendor.contract.resource_of(operation)
    found = [resource] if resource else []
    found += [r for r in vendor.contract.resources if not r.parent]
    return next((r for r in found if r.create and r.list), None)
