"""Property steps: many bodies are drawn, and what must always hold is held against each answer."""

from __future__ import annotations

from typing import Any

import orjson
from msgspec import Struct
from msgspec.structs import replace

from verifier.model import Drawn, Request, Send, Shrink, Sweep, Vendor
from verifier.scenarios.description import Step
from verifier.scenarios.expressions import Seen
from verifier.scenarios.flows.act import Act
from verifier.scenarios.flows.attempts import Attempt, Attempts, Flowing
from verifier.scenarios.flows.hooks import Hooks
from verifier.scenarios.flows.requests import Built
from verifier.scenarios.flows.trail import Trail

__all__ = ["Generated"]

MOST_SHRINKS = 30
LONGEST_SHOWN = 300


class Generated(Struct, frozen=True):
    """
    Sends a step with many bodies, until one shows that what it states does not always hold.

    Args:
        trail: Where the step's beat is written: one for all bodies.
    """

    vendor: Vendor
    trail: Trail
    hooks: Hooks

    def play(self, act: Act, step: Step, built: Built) -> Flowing:
        """All of them, and where one fails, smaller ones that fail as well. -> Attempt."""
        call = act.script.calls[step.at]
        given = built.draft.body if isinstance(built.draft.body, dict) else {}
        drawn = yield Sweep(
            operation=call.operation.key,
            limit=step.extension.cases,
            path=built.draft.path,
            query=built.draft.query,
            body=given,
        )
        attempt: Attempt | None = None
        for count, one in enumerate(drawn, start=1):
            attempt = yield from self._one(act, step, built, one)
            if attempt.failure is not None:
                return (yield from self._smallest(act, step, built, one, attempt, count))
        self._told(act, step, attempt, f"{len(drawn)} bodies")
        if attempt is None:
            raise ValueError("a sweep gave nothing, and did not say why")
        return attempt

    def _one(self, act: Act, step: Step, built: Built, drawn: Drawn) -> Flowing:
        """One body, sent and judged; only the outcome is kept. -> Attempt."""
        quiet = Attempts(self.vendor, Trail(), self.hooks)
        request = _as_built(drawn.request, built.request)
        exchange = yield Send(request, judged=True, timeout_seconds=step.timeout_seconds or 0.0)
        self.trail.evidence.append(exchange.id)
        return (yield from quiet.judged(act, step, [Seen(drawn.case.draft, exchange)]))

    def _smallest(
        self, act: Act, step: Step, built: Built, drawn: Drawn, failed: Attempt, count: int
    ) -> Flowing:
        """The smallest body that fails for the same reason. -> Attempt."""
        mark = failed.failure.mark if failed.failure else ""
        smaller = yield Shrink(drawn.case)
        candidate = next(smaller, None)
        tries = 0
        while candidate is not None and tries < MOST_SHRINKS:
            tries += 1
            attempt = yield from self._one(act, step, built, candidate)
            fails = attempt.failure is not None and attempt.failure.mark == mark
            failed = attempt if fails else failed
            try:
                candidate = smaller.send(fails)
            except StopIteration:
                candidate = None
        smaller.close()
        self._told(act, step, failed, f"body {count} of {step.extension.cases}, made smaller")
        return self._worded(failed)

    def _worded(self, failed: Attempt) -> Attempt:
        failure, seen = failed.failure, failed.seen
        if failure is None or seen is None:
            return failed
        shown = f"{failure.seen}; sent {_shown(seen.draft.body)}"
        evidence = self.trail.leading_to(seen.exchange.id)
        return replace(failed, failure=replace(failure, seen=shown, evidence=evidence), final=True)

    def _told(self, act: Act, step: Step, attempt: Attempt | None, says: str) -> None:
        if attempt is None or attempt.seen is None:
            return
        failure = attempt.failure
        told = (f"{failure.expected}: {failure.seen}",) if failure else ()
        exchange = attempt.seen.exchange
        self.trail.sent(
            act, step.id, "send", exchange, at=step.at, held=not failure, seen=told, more=says
        )


def _as_built(drawn: Request, built: Request) -> Request:
    """A drawn request, as whom and with the headers that the step says."""
    request = replace(drawn, identity=built.identity)
    for name, value in built.headers:
        if name.lower() not in ("accept", "content-type"):
            request = request.with_header(name, value)
    return request


def _shown(body: Any) -> str:
    text = orjson.dumps(body, default=str).decode()
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
