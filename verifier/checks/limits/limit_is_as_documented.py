"""
As much is let through as is stated.

Why it matters
    Capacity is planned by the number in the document and in the headers. If half of it is all, the
    integration is too slow on the day on which everything has to go through.

How it asks
    A few requests at half the stated pace and at that pace, then one burst of never more than 60;
    those that are let through are counted against what the last answer said was left, and against
    the limit that the document states.

Limits
    A limit that is higher than a burst may be is not met. Others who spend from the same limit are
    not seen: so a tenth less is tolerated, and a second burst must show the same.
"""

from __future__ import annotations

from verifier.checks.meeting import Met, documented, limit_met, reachable
from verifier.checks.metered import METERED, QUOTA, Metered
from verifier.dialects.quotas import tightest
from verifier.model import (
    Effect,
    Finding,
    Flow,
    Level,
    Question,
    RateStaircase,
    Severity,
    Vendor,
    check,
    shown,
)

TOLERATED = 0.9
# What we may have spent ourselves before the burst began.
OWN = 15


@check(
    question=Question.LIMITS,
    severity=Severity.MAJOR,
    effect=Effect.BURST,
    source="the vendor's own headers and document; draft-ietf-httpapi-ratelimit-headers-11",
    catches="limit-lower-than-said",
    price=2,
    applies=reachable,
)
def limit_is_as_documented(vendor: Vendor) -> Flow:
    met = yield from limit_met(vendor)
    stated = documented(vendor.contract, met.operation)
    pace = _pace(met, stated)
    picture = shown(RateStaircase(steps=met.steps, documented_per_second=pace))
    said = _promised(met, stated)
    if said is None or met.accepted >= said * TOLERATED:
        return (_told(met, picture),)
    return (
        Finding(
            says=f"It lets {met.accepted} requests through where it says that {said} are left.",
            signature="limit-lower-than-said",
            operation=met.operation,
            evidence=_evidence(met),
            expected=f"{said} requests",
            seen=f"{met.accepted}, then {met.refusal.answer if met.refusal else 'nothing'}",
            ask="Which limit really holds? State it, or keep to what is stated.",
            build=f"A pace of our own, of at most {met.accepted} requests at a time.",
            detail=picture,
        ),
    )


def _promised(met: Met, stated: tuple[int, float] | None) -> int | None:
    """How many should have been let through: by its last answer, else by its document."""
    if met.left is not None:
        return met.left
    return max(0, stated[0] - OWN) if stated is not None else None


def _pace(met: Met, stated: tuple[int, float] | None) -> float | None:
    tight = tightest(met.told)
    told = tight.per_second if tight else None
    return told or (stated[0] / stated[1] if stated else None)


def _told(met: Met, picture: dict[str, object]) -> Finding:
    """No accusation: what was let through, to be drawn."""
    return Finding(
        says=f"It let {met.accepted} requests through {_within(met.seconds)}, then refused.",
        signature="limit-measured",
        operation=met.operation,
        evidence=_evidence(met),
        level=Level.INFORMATION,
        build="Keep a pace of our own below this.",
        detail=picture,
    )


def _within(seconds: float) -> str:
    return "at once" if seconds < 0.05 else f"in {seconds:.1f} seconds"


def _evidence(met: Met) -> tuple[str, ...]:
    refused = (met.refusal.id,) if met.refusal else ()
    return (met.burst[0].id, *refused)


limit_is_as_documented.healthy(Metered, document=METERED)


@limit_is_as_documented.broken(document=METERED)
class Halved(Metered):
    """Counts on each of two servers."""

    def quota(self) -> int:
        """Half is all."""
        return QUOTA // 2
