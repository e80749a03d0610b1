"""Webhooks that a scenario waits for: addresses of ours are opened, deliveries taken and judged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from verifier.model import Delivery, Hook, Listen, Missing, Receive
from verifier.scenarios.description import Reception, Step, Workflow
from verifier.scenarios.expressions import NOTHING, Message, Scope, Seen
from verifier.scenarios.flows.act import Act
from verifier.scenarios.flows.judging import Demand, all_hold, unmet
from verifier.scenarios.flows.trail import Trail
from verifier.scenarios.values import value_of

__all__ = ["Hooks", "Waited"]

MOST_DELIVERIES = 200
MOST_SHOWN = 5


class Waited(Struct, frozen=True, kw_only=True):
    """
    What came of waiting.

    Args:
        demand: What was not met; None where everything came.
        last: The last delivery that counted.
        deliveries: Ids of those that show it.
    """

    demand: Demand | None
    last: Message | None
    deliveries: tuple[str, ...]


class Hooks:
    """The addresses that a workflow, and those that it calls, can be told things at."""

    def __init__(self, trail: Trail) -> None:
        self._trail = trail
        self._hooks: dict[str, Hook] = {}
        self._waiting: dict[str, list[Delivery]] = {}

    def opened(self, workflow: Workflow, inputs: Mapping[str, Any]) -> Any:
        """
        Inputs with an address of ours for each that wants one. -> dict.

        One that a calling workflow passes on is kept.
        """
        found = dict(inputs)
        for name in workflow.extension.hooks:
            if found.get(name) not in self._hooks:
                hook: Hook = yield Listen()
                self._hooks[hook.url] = hook
                found[name] = hook.url
        return found

    def wait(self, act: Act, step: Step, seen: Seen, reception: Reception) -> Any:
        """Take deliveries until there are as many of the kind as there must be. -> Waited."""
        url = value_of(reception.url, act.scope(seen))
        hook = self._hooks.get(url) if isinstance(url, str) else None
        if hook is None:
            yield Missing(
                reason=f"step '{step.id}' waits at {_told(url)}, which no workflow opened",
                supply="'hooks: [NAME]' in x-verifier of the workflow, and 'url: $inputs.NAME'",
            )
            raise AssertionError("a flow goes on where something is missing")
        deliveries = yield from self._take(hook, seen, reception, act)
        return self._judged(act, step, seen, reception, deliveries)

    def _take(self, hook: Hook, seen: Seen, reception: Reception, act: Act) -> Any:
        """Those that fit, until enough came or the time is over. -> list of Deliveries."""
        waiting = self._waiting.setdefault(hook.url, [])
        fitting = [d for d in waiting if _fits(d, act, seen, reception)]
        del fitting[reception.count :]
        ends = _answered(seen) + reception.within_seconds
        now = _answered(seen)
        for _ in range(MOST_DELIVERIES):
            if len(fitting) >= reception.count or now >= ends:
                break
            came = yield Receive(hook=hook, within_seconds=ends - now)
            if not came:
                break
            now = max(now, came[0].received)
            waiting.append(came[0])
            if _fits(came[0], act, seen, reception):
                fitting.append(came[0])
        return fitting

    def _judged(
        self, act: Act, step: Step, seen: Seen, reception: Reception, fitting: list[Delivery]
    ) -> Waited:
        unfit = [d for d in self._waiting[self._url(reception, act, seen)] if d not in fitting]
        for delivery in fitting:
            self._waiting[self._url(reception, act, seen)].remove(delivery)
        demand = _short(act, seen, reception, fitting, unfit) or _unsigned(reception, fitting)
        shown = fitting or unfit[-MOST_SHOWN:]
        for delivery in shown:
            self._trail.received(
                act, step.id, delivery, at=reception.at, held=delivery in fitting and demand is None
            )
        return Waited(
            demand=demand,
            last=_message(fitting[-1]) if fitting else None,
            deliveries=tuple(delivery.id for delivery in shown),
        )

    def _url(self, reception: Reception, act: Act, seen: Seen) -> str:
        return str(value_of(reception.url, act.scope(seen)))


def _answered(seen: Seen) -> float:
    exchange = seen.exchange
    return exchange.started + exchange.timing.total_seconds


def _message(delivery: Delivery) -> Message:
    body = delivery.json_or_none()
    return Message(
        headers=delivery.headers,
        body=body if body is not None else delivery.body.decode("utf-8", "replace"),
    )


def _scope(delivery: Delivery, act: Act, seen: Seen) -> Scope:
    return act.scope(seen, message=_message(delivery))


def _fits(delivery: Delivery, act: Act, seen: Seen, reception: Reception) -> bool:
    return all_hold(reception.criteria, _scope(delivery, act, seen))


def _short(
    act: Act, seen: Seen, reception: Reception, fitting: list[Delivery], unfit: list[Delivery]
) -> Demand | None:
    """Too few came: what the last other one lacked, where there was one."""
    if len(fitting) >= reception.count:
        return None
    wanted = " and ".join(criterion.text for criterion in reception.criteria) or "any"
    expected = f"{reception.count} within {reception.within_seconds:g} s: {wanted}"
    if fitting or not unfit:
        return Demand("count", expected, f"{len(fitting) or 'none'} came")
    lacks = unmet(reception.criteria, _scope(unfit[-1], act, seen))
    why = f"; the last: {lacks[0].seen}" if lacks else ""
    return Demand("count", expected, f"{len(unfit)} other came{why}")


def _unsigned(reception: Reception, fitting: list[Delivery]) -> Demand | None:
    if not reception.signed:
        return None
    for delivery in fitting:
        signature = delivery.signature
        if signature.valid is not True:
            if signature.scheme == "none":
                seen = "it is not signed"
            elif signature.valid is None:
                seen = f"its {signature.scheme} signature cannot be checked: nobody told its secret"
            else:
                seen = f"its {signature.scheme} signature does not fit"
            return Demand("signature", "a signature that fits", seen)
    return None


def _told(url: Any) -> str:
    return "an address that has no value" if url is NOTHING else f"'{url}'"
