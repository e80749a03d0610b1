"""One attempt at a step: what is sent, and whether what came back is what its author demands."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from verifier.model import Abandon, Exchange, Form, Identity, Send, Vendor
from verifier.scenarios.binding import Call
from verifier.scenarios.description import Step
from verifier.scenarios.expressions import NOTHING, Scope, Seen
from verifier.scenarios.flows.act import Act, Failure
from verifier.scenarios.flows.effects import read_back
from verifier.scenarios.flows.hooks import Hooks
from verifier.scenarios.flows.judging import Demand, judge
from verifier.scenarios.flows.requests import Built, CannotBuild, build, merged
from verifier.scenarios.flows.trail import Trail
from verifier.scenarios.values import value_of
from verifier.validating import judge_request

__all__ = ["Attempt", "Attempts", "Flowing"]

Flowing = Generator[Any, Any, Any]


class Attempt(Struct, frozen=True, kw_only=True):
    """
    What came of trying a step once.

    Args:
        failure: Why it failed; None where it succeeded.
        seen: The request and its answer; None where nothing was sent.
        scope: What its actions can see.
        final: Whether its failure is ours to tell: the step itself succeeded, so no action of the
            standard's follows.
    """

    failure: Failure | None
    seen: Seen | None
    scope: Scope
    final: bool = False

    @property
    def exchange(self) -> Exchange | None:
        """The last exchange; None where nothing was sent."""
        return self.seen.exchange if self.seen else None


class Attempts:
    """
    Tries steps that call operations.

    Args:
        tidying: Whether they clean up: then they are sent even when the budget is spent.
    """

    def __init__(
        self, vendor: Vendor, trail: Trail, hooks: Hooks, *, tidying: bool = False
    ) -> None:
        self._vendor = vendor
        self._trail = trail
        self._hooks = hooks
        self._tidying = tidying

    def one(self, act: Act, step: Step) -> Flowing:
        """Send a step once (or as often at once as it says) and judge it. -> Attempt."""
        try:
            built = self.built(act, step)
        except CannotBuild as error:
            return self.unsendable(act, step, str(error))
        if step.extension.abandon:
            exchange = yield Abandon(built.request)
            return self._abandoned(act, step, Seen(draft=built.draft, exchange=exchange))
        copies = step.extension.copies
        if copies > 1:
            exchanges = yield tuple(self._send(built, step) for _ in range(copies))
        else:
            exchange = yield self._send(built, step)
            exchanges = (exchange,)
        seen = [Seen(draft=built.draft, exchange=exchange) for exchange in exchanges]
        return (yield from self.judged(act, step, seen))

    def together(self, act: Act, group: Sequence[Step]) -> Flowing:
        """Send several steps before any answer is read. -> list of Attempts, in their order."""
        made: list[tuple[Step, Built]] = []
        for step in group:
            try:
                made.append((step, self.built(act, step)))
            except CannotBuild as error:
                return [self.unsendable(act, step, str(error))]
        exchanges = yield tuple(self._send(built, step) for step, built in made)
        attempts = []
        for (step, built), exchange in zip(made, exchanges, strict=True):
            seen = Seen(draft=built.draft, exchange=exchange)
            attempts.append((yield from self.judged(act, step, [seen])))
        return attempts

    def built(self, act: Act, step: Step) -> Built:
        """The request of a step; CannotBuild where something has no value."""
        call = act.script.calls[step.at]
        identity = _identity(act, step)
        return build(
            call,
            merged(act.workflow.parameters, step.parameters),
            step.body,
            act.scope(act.last),
            identity,
            self._vendor,
        )

    def judged(self, act: Act, step: Step, seen: Sequence[Seen]) -> Flowing:
        """What came back of a step, sent once or several times at once. -> Attempt."""
        first: Attempt | None = None
        failed: Attempt | None = None
        for one in seen:
            attempt = self._judged_one(act, step, one)
            first = first or (attempt if attempt.failure is None else None)
            failed = failed or (attempt if attempt.failure is not None else None)
        chosen = failed or first
        if chosen is None or chosen.seen is None:
            raise ValueError("a step was judged of which nothing was sent")
        act.last = chosen.seen
        self._keep_outputs(act, step, chosen)
        chosen = replace(chosen, scope=act.scope(chosen.seen))
        if chosen.failure is None:
            chosen = yield from self._with_effects(act, step, chosen)
        if chosen.failure is None:
            chosen = yield from self._with_webhooks(act, step, chosen)
        return chosen

    def _send(self, built: Built, step: Step) -> Send:
        return Send(
            built.request,
            judged=True,
            tidying=self._tidying,
            timeout_seconds=step.timeout_seconds or 0.0,
        )

    def _judged_one(self, act: Act, step: Step, seen: Seen) -> Attempt:
        scope = act.scope(seen)
        demands = judge(step.criteria, scope, seen.exchange)
        kind = "cleanup" if self._tidying else "send"
        told = tuple(f"{d.expected}: {d.seen}" for d in demands)
        self._trail.sent(act, step.id, kind, seen.exchange, at=step.at, held=not demands, seen=told)
        failure = self._failure(act, step, demands[0], seen) if demands else None
        return Attempt(failure=failure, seen=seen, scope=scope)

    def _failure(self, act: Act, step: Step, demand: Demand, seen: Seen, *shown: str) -> Failure:
        exchange = seen.exchange
        failure = act.failure(
            step,
            demand.mark,
            f"{exchange.request.method} {exchange.request.path} {exchange.answer}",
            expected=demand.expected,
            seen="; ".join((demand.seen, *_invalid(act.script.calls.get(step.at), seen))),
            evidence=self._trail.leading_to(*(shown or (exchange.id,))),
        )
        # An answer that does not come within the time that the author gave is an answer, too.
        silent = exchange.failure is not None and step.timeout_seconds is None
        return replace(failure, silent=silent)

    def unsendable(self, act: Act, step: Step, reason: str) -> Attempt:
        """A step for which no request can be made, and why."""
        self._trail.note(act, step.id, "send", f"cannot be sent: {reason}", at=step.at)
        failure = act.failure(
            step,
            "unsendable",
            "it could not be sent",
            expected="a request",
            seen=reason,
            evidence=self._trail.leading_to(),
        )
        return Attempt(failure=failure, seen=None, scope=act.scope())

    def _abandoned(self, act: Act, step: Step, seen: Seen) -> Attempt:
        self._trail.sent(act, step.id, "abandon", seen.exchange, at=step.at)
        return Attempt(failure=None, seen=seen, scope=act.scope(seen))

    def _keep_outputs(self, act: Act, step: Step, attempt: Attempt) -> None:
        if attempt.seen is None or attempt.seen.exchange.response is None:
            return
        found = ((name, value_of(value, attempt.scope)) for name, value in step.outputs)
        act.steps[step.id] = {name: value for name, value in found if value is not NOTHING}

    def _with_effects(self, act: Act, step: Step, attempt: Attempt) -> Flowing:
        seen = attempt.seen
        for index in range(len(step.extension.effects)):
            if seen is None or step.extension.effects[index].at not in act.script.calls:
                continue
            demands, shown = yield from read_back(act, step, seen, index, self._vendor, self._trail)
            if demands:
                failure = self._failure(act, step, demands[0], seen, seen.exchange.id, *shown[-1:])
                says = f"the effect of {seen.exchange.request.method} {seen.exchange.request.path}"
                shown_failure = replace(failure, says=f"{says} does not show")
                return replace(attempt, failure=shown_failure, final=True)
        return attempt

    def _with_webhooks(self, act: Act, step: Step, attempt: Attempt) -> Flowing:
        """Wait for what the step must make the vendor tell us. -> Attempt."""
        seen = attempt.seen
        for index, reception in enumerate(step.extension.receptions):
            if seen is None:
                break
            waited = yield from self._hooks.wait(act, step, seen, reception)
            if waited.last is not None:
                attempt = replace(attempt, scope=act.scope(seen, message=waited.last))
                self._keep_outputs(act, step, attempt)
            if waited.demand is not None:
                demand = replace(waited.demand, mark=f"webhook-{index}-{waited.demand.mark}")
                failure = self._failure(
                    act, step, demand, seen, seen.exchange.id, *waited.deliveries
                )
                says = f"the webhook of {seen.exchange.request.method} {seen.exchange.request.path}"
                return replace(attempt, failure=replace(failure, says=says), final=True)
        return attempt


def _identity(act: Act, step: Step) -> Identity:
    """As whom a step is sent: as it says itself, else as its workflow."""
    extension = step.extension
    if extension.principal is None:
        return (
            act.identity
            if extension.form is Form.INTACT
            else replace(act.identity, form=extension.form)
        )
    return Identity(principal=extension.principal, form=extension.form)


def _invalid(call: Call | None, seen: Seen) -> list[str]:
    """A hint where the request itself was not what the document asks for."""
    if call is None or seen.exchange.status not in (400, 404, 415, 422):
        return []
    found = judge_request(call.operation, seen.draft)
    if not found:
        return []
    first = found[0]
    return [
        f"the request was not what the document asks for: {first.part} {first.path} {first.says}"
    ]
