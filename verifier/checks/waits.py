"""How a limit was met, as attempts and waits over time, for the report to draw."""

from __future__ import annotations

from typing import Any

from verifier.checks.meeting import Met
from verifier.model import Attempt, Exchange, RetryTimeline, Wait, shown

__all__ = ["timeline"]

# The last of the burst that were let through, so that the refusal can be seen beside them.
MOST_BEFORE = 5
US, THEM, WRITING = "we", "another tenant", "a creation"


def timeline(met: Met) -> dict[str, Any]:
    """The burst's end, who else was asked meanwhile, the wait, and what came after it."""
    refusal = met.refusal
    if refusal is None:
        return {}
    let_in = [e for e in met.burst if e.succeeded][-MOST_BEFORE:]
    begins = min(e.started for e in (*let_in, refusal))
    told = [(e, US, True) for e in let_in] + [(refusal, US, True)]
    told += [(met.stranger, THEM, met.stranger.succeeded)] if met.stranger else []
    told += [(met.write, WRITING, True)] if met.write else []
    told += [(met.after, US, met.after.succeeded)] if met.after else []
    attempts = tuple(_attempt(e, lane, good, begins) for e, lane, good in told)
    return shown(RetryTimeline(attempts=attempts, waits=_waits(met, refusal, begins)))


def _attempt(exchange: Exchange, lane: str, good: bool, begins: float) -> Attempt:
    return Attempt(
        at_seconds=round(max(0.0, exchange.started - begins), 3),
        took_seconds=round(exchange.timing.total_seconds, 3),
        lane=lane,
        answer=str(exchange.status) if exchange.status else "no answer",
        good=good,
        exchange=exchange.id,
    )


def _waits(met: Met, refusal: Exchange, begins: float) -> tuple[Wait, ...]:
    if met.asked_seconds is None:
        return ()
    start = max(0.0, refusal.ended - begins)
    return (
        Wait(
            lane=US,
            from_seconds=round(start, 3),
            until_seconds=round(start + met.asked_seconds, 3),
            says=f"Retry-After: {met.asked_seconds:g}",
        ),
    )
