"""What is newly marked as deprecated, and what no longer is."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.diffing.pairs import OperationPair
from verifier.diffing.schemas import SchemaPair
from verifier.diffing.shifts import Movement, Shift, family
from verifier.model import Impact, Side

__all__ = ["members", "operations"]


@family("operation")
def operations(pair: OperationPair) -> Iterator[Shift]:
    """A mark breaks nothing today; it says that something will."""
    if pair.old.deprecated != pair.new.deprecated:
        marked = pair.new.deprecated
        yield pair.shift(
            "operation-marked" if marked else "operation-unmarked",
            Movement.OTHER,
            f"{pair.new.key} is {'now' if marked else 'no longer'} deprecated.",
            side=Side.NONE,
            old=pair.old.at,
            new=pair.new.at,
            impact=Impact.WARNING if marked else Impact.INFO,
        )


@family("schema")
def members(pair: SchemaPair) -> Iterator[Shift]:
    """Fields and schemas that are going to be given up."""
    if pair.old.deprecated != pair.new.deprecated:
        marked = pair.new.deprecated
        says = f"{pair.label.start} is {'now' if marked else 'no longer'} deprecated."
        rule = "marked" if marked else "unmarked"
        yield pair.shift(rule, Movement.OTHER, says, impact=Impact.INFO)
