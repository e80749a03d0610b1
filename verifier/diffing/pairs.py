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
        index = _index(after)
        taken = set()
        for operation in before:
            found = index.get(_shape(operation))
            if found is None:
                removed.append(operation)
                continue
            taken.add(_shape(operation))
            kept.append(
                OperationPair(
                    old=operation, new=found, old_contract=old, new_contract=new, asks=asks
                )
            )
        added += [operation for operation in after if _shape(operation) not in taken]
    return ContractPair(
        old=old, new=new, kept=tuple(kept), removed=tuple(removed), added=tuple(added)
    )


def _shape(operation: Operation) -> tuple[str, str, str]:
    return operation.kind, operation.method, shape_of_path(operation.path)


def _index(operations: Iterable[Operation]) -> dict[tuple[str, str, str], Operation]:
    return {_shape(operation): operation for operation in operations}
