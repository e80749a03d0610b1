"""What a step must have brought about, read back until it shows or its time is over."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from msgspec.structs import replace

from verifier.model import Exchange, Pause, Send, Vendor
from verifier.scenarios.binding import Call
from verifier.scenarios.criteria import equal
from verifier.scenarios.description import Effect, Step
from verifier.scenarios.expressions import NOTHING, Scope, Seen
from verifier.scenarios.flows.act import Act
from verifier.scenarios.flows.judging import Demand, judge
from verifier.scenarios.flows.requests import CannotBuild, build
from verifier.scenarios.flows.trail import Trail
from verifier.scenarios.values import value_of

__all__ = ["read_back"]

FIRST_PAUSE_SECONDS = 0.25
LONGEST_PAUSE_SECONDS = 5.0


def read_back(
    act: Act, step: Step, seen: Seen, index: int, vendor: Vendor, trail: Trail
) -> Generator[Any, Any, tuple[list[Demand], tuple[str, ...]]]:
    """
    Ask for one effect of a step, again and again until it shows.

    Returns:
        The demands that were not met in the end, and the exchanges that show it.
    """
    effect = step.extension.effects[index]
    call = act.script.calls[effect.at]
    waited, pause, ids = 0.0, FIRST_PAUSE_SECONDS, []
    while True:
        exchange = yield from _ask(act, effect, call, seen, vendor)
        if isinstance(exchange, str):
            return [Demand(f"effect-{index}", "an effect that can be read back", exchange)], ()
        ids.append(exchange.id)
        demands = _unmet(act, effect, index, seen, exchange)
        last = not demands or waited >= effect.within_seconds
        if last:
            told = tuple(demand.seen for demand in demands)
            trail.sent(act, step.id, "effect", exchange, at=effect.at, held=not demands, seen=told)
            return demands, tuple(ids)
        pause = min(pause, effect.within_seconds - waited)
        yield Pause(pause)
        waited, pause = waited + pause, min(pause * 2, LONGEST_PAUSE_SECONDS)


def _ask(
    act: Act, effect: Effect, call: Call, seen: Seen, vendor: Vendor
) -> Generator[Any, Any, Exchange | str]:
    """The answer that reads an effect back; why it cannot be asked for, where it cannot."""
    identity = act.identity
    try:
        built = build(
            call,
            effect.parameters,
            None,
            act.scope(seen),
            identity,
            vendor,
        )
    except CannotBuild as error:
        return str(error)
    exchange: Exchange = yield Send(built.request, judged=True)
    return exchange


def _unmet(act: Act, effect: Effect, index: int, seen: Seen, exchange: Exchange) -> list[Demand]:
    # '$request' is what the step sent, '$response' what was read back.
    both = Seen(draft=seen.draft, exchange=replace(exchange, request=seen.exchange.request))
    scope = act.scope(both)
    demands = judge(effect.criteria, scope, exchange)
    if not demands and effect.count is not None:
        demands = _counted(effect, scope)
    return [_marked(demand, index) for demand in demands]


def _marked(demand: Demand, index: int) -> Demand:
    """The same demand, as one of an effect."""
    return replace(demand, mark=f"effect-{index}-{demand.mark}")


def _counted(effect: Effect, scope: Scope) -> list[Demand]:
    items = value_of(effect.items, scope) if effect.items is not None else NOTHING
    if not isinstance(items, list):
        return [Demand("count", f"{effect.count} items", "there is no list to count in")]
    wanted = [(name, value_of(value, scope)) for name, value in effect.where]
    found = sum(1 for item in items if _matches(item, wanted))
    if found == effect.count:
        return []
    where = " and ".join(f"{name} = {value}" for name, value in wanted)
    expected = f"{effect.count} with {where}" if where else f"{effect.count} items"
    return [Demand("count", expected, f"there are {found}")]


def _matches(item: Any, wanted: list[tuple[str, Any]]) -> bool:
    if not isinstance(item, dict):
        return False
    return all(name in item and equal(item[name], value) for name, value in wanted)
