"""Workflows of what every integration does: the life of each thing, and a payment taken back."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from verifier.model import CaseSource, Contract, Operation
from verifier.scenarios.drafting.arranging import Draftsman, UndraftableError
from verifier.scenarios.drafting.lives import life, listing
from verifier.scenarios.drafting.plots import LeftOut, Plot, Repertoire, kebab

__all__ = ["drafted"]

REFUND = re.compile(r"refund|reversal|reimburse", re.IGNORECASE)
MOST_REFUNDS = 5


def drafted(contract: Contract, cases: CaseSource, resources: Sequence[str] = ()) -> Repertoire:
    """
    The life of each resource, from its creation to its end, and each way of taking a payment back.

    Args:
        resources: Only these, by name; empty for all.
    """
    draftsman = Draftsman(contract, cases)
    plots: list[Plot] = []
    left_out: list[LeftOut] = []

    def attempt(name: str, draw: Callable[[Draftsman], Plot | None]) -> None:
        try:
            plot = draw(draftsman)
        except UndraftableError as error:
            left_out.append(LeftOut(name, str(error)))
            return
        if plot is not None:
            plots.append(plot)

    for resource in contract.resources:
        if not resources or resource.name in resources:
            draw = life if resource.create else listing
            attempt(resource.name, lambda man, r=resource, draw=draw: draw(contract, man, r))  # type: ignore[misc]
    for operation in _refunds(contract):
        owner = contract.resource_of(operation.key)
        if not resources or (owner is not None and owner.name in resources):
            attempt(operation.key, lambda man, o=operation: _refund(contract, man, o))  # type: ignore[misc]
    return Repertoire(tuple(plots), tuple(left_out))


def _refunds(contract: Contract) -> list[Operation]:
    """Operations that take a payment back: posts that are named so."""
    posts = (o for o in contract.operations if o.method == "POST" and not o.deprecated)
    named = (o for o in posts if REFUND.search(o.path.rstrip("/").rpartition("/")[2]))
    return list(named)[:MOST_REFUNDS]


def _refund(contract: Contract, draftsman: Draftsman, operation: Operation) -> Plot | None:
    """A payment is made and taken back; None where the operation needs nothing that was paid."""
    name = kebab(operation.id or operation.path)
    plot = Plot(id=f"pay-and-{name}", summary="What was paid is taken back")
    act = draftsman.step(plot, operation.key)
    if not plot.known:
        return None
    plot.acts.append(act)
    paid = contract.resource(list(plot.known)[-1])
    if paid.read:
        plot.acts.append(draftsman.step(plot, paid.read))
    return plot
