"""What follows a step: the first action whose criteria hold, with retries counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from verifier.model import Exchange, retry_after_seconds
from verifier.scenarios.description import Action
from verifier.scenarios.expressions import Scope
from verifier.scenarios.flows.judging import all_hold

__all__ = ["LONGEST_WAIT_SECONDS", "actions_of", "next_action", "wait_seconds"]

LONGEST_WAIT_SECONDS = 60.0


def actions_of(own: Sequence[Action], common: Iterable[Action]) -> list[Action]:
    """The actions of a step, then those of its workflow that it does not override by name."""
    names = {action.name for action in own}
    return [*own, *(action for action in common if action.name not in names)]


def next_action(actions: Iterable[Action], scope: Scope, retried: Counter[str]) -> Action | None:
    """
    The first action whose criteria hold; one that may retry no more is passed over.

    Args:
        retried: How often each action was taken for this step so far.
    """
    for action in actions:
        if action.type == "retry" and retried[action.name] >= action.retry_limit:
            continue
        if all_hold(action.criteria, scope):
            return action
    return None


def wait_seconds(action: Action, exchange: Exchange | None) -> float:
    """How long to wait before a retry: what the vendor asks for overrules what the author says."""
    response = exchange.response if exchange is not None else None
    if exchange is None or response is None:
        return action.retry_after_seconds
    received = exchange.started + max(0.0, exchange.timing.total_seconds)
    asked = retry_after_seconds(response, received)
    return action.retry_after_seconds if asked is None else asked
