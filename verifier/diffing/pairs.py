"""Which operation of the later document is which of the earlier one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from verifier.diffing.shapes import Part
from verifier.diffing.shifts import Descent, Label, Movement, Shift, impact_of
from verifier.model import Contract, Impact, Operation, Pointer, Schema, Side

__all__ = ["ContractPair", "OperationPair", "pair_up", "shape_of_path"]

TEMPLATE = re.compile(r"\{[^{}]*\}")


def shape_of_path(path: str) -> str:
    """A path with its parameters' names left out: ``/items/{}``. They never reach the vendor."""
    return TEMPLATE.sub("{}", path)


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationPair:
    """
    One operation before and after.

    Args:
        asks: Who sends the request: of a webhook it is the vendor.
    """

    old: Operation
    new: Operation
    old_contract: Contract
    new_contract: Contract
    asks: Side = Side.REQUEST

    @property
    def tells(self) -> Side:
        """Who sends the answer."""
        return self.asks.other

    def shift(
        self,
        name: str,
        movement: Movement,
        says: str,
        *,
        side: Side = Side.REQUEST,
        old: Pointer | None = None,
        new: Pointer | None = None,
        words: str = "",
        impact: Impact | None = None,
    ) -> Shift:
        """One difference; ``side`` is as for an operation that the client asks for."""
        side = side if self.asks is Side.REQUEST else side.other
        return Shift(
            name=name,
            says=says,
            side=side,
            impact=impact or impact_of(movement, side),
            old=old,
            new=new,
            words=words,
        )

    def descend(self, old: Schema, new: Schema, side: Side, root: str) -> Descent:
        """Compare two schemas; ``side`` is as for an operation that the client asks for."""
        return Descent(
            old=(Part(old.node, old.at),),
            new=(Part(new.node, new.at),),
            side=side if self.asks is Side.REQUEST else side.other,
            label=Label(root),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractPair:
    """
    Two editions of a contract.

    Args:
        kept: Operations that both have.
        removed: Those of the earlier one that the later one has not.
        added: The reverse.
    """

    old: Contract
    new: Contract
    kept: tuple[OperationPair, ...]
    removed: tuple[Operation, ...]
    added: tuple[Operation, ...]


def pair_up(old: Contract, new: Contract) -> ContractPair:
    """Match operations by method and by the shape of their path."""
    kept: list[OperationPair] = []
    removed: list[Operation] = []
    added: list[Operation] = []
    for before, after, asks in (
        (old.operations, new.operations, Side.REQUEST),
        (old.webhooks, new.webhooks, Side.RESPONSE),
    ):
        matched = _match(before, after)
        for operation in before:
            found = matched.get(operation)
            if found is None:
                removed.append(operation)
            else:
                pair = OperationPair(
                    old=operation, new=found, old_contract=old, new_contract=new, asks=asks
                )
                kept.append(pair)
        taken = set(matched.values())
        added += [operation for operation in after if operation not in taken]
    return ContractPair(
        old=old, new=new, kept=tuple(kept), removed=tuple(removed), added=tuple(added)
    )


def _match(before: Iterable[Operation], after: Iterable[Operation]) -> dict[Operation, Operation]:
    """
    Earlier operation to later one: of the same path first, then of the same shape of path.

    Some documents hold two paths of one shape, which only their names keep apart.
    """
    exact = {(o.kind, o.key): o for o in after}
    matched = {o: exact[o.kind, o.key] for o in before if (o.kind, o.key) in exact}
    taken = set(matched.values())
    alike: dict[tuple[str, str, str], list[Operation]] = {}
    for operation in after:
        if operation not in taken:
            alike.setdefault(_shape(operation), []).append(operation)
    for operation in before:
        if operation not in matched and alike.get(_shape(operation)):
            matched[operation] = alike[_shape(operation)].pop(0)
    return matched


def _shape(operation: Operation) -> tuple[str, str, str]:
    return operation.kind, operation.method, shape_of_path(operation.path)
