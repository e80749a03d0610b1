"""Operations that are gone, moved, or new."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.diffing.pairs import ContractPair, shape_of_path
from verifier.diffing.shifts import Shift, family
from verifier.model import Impact, Operation, Side

__all__ = ["operations"]


@family("contract")
def operations(pair: ContractPair) -> Iterator[Shift]:
    """What is gone breaks who used it, unless it was announced."""
    added = list(pair.added)
    for old in pair.removed:
        new = _successor(old, added)
        if new is None:
            yield _removed(old)
        else:
            added.remove(new)
            yield _moved(old, new)
    for new in added:
        yield Shift(
            name="added",
            says=f"{new.key} is new.",
            side=Side.NONE,
            impact=Impact.INFO,
            new=new.at,
            operations=(new.key,),
        )


def _removed(old: Operation) -> Shift:
    announced = " It had been marked as deprecated." if old.deprecated else ""
    return Shift(
        name="removed-deprecated" if old.deprecated else "removed",
        says=f"{old.key} is gone.{announced}",
        side=Side.NONE,
        # Whoever read the mark had time; whether it was enough, no date in the document says.
        impact=Impact.WARNING if old.deprecated else Impact.BREAKING,
        old=old.at,
        operations=(old.key,),
    )


def _moved(old: Operation, new: Operation) -> Shift:
    respelled = old.method == new.method and _plain(old) == _plain(new)
    return Shift(
        name="respelled" if respelled else "moved",
        says=f"{old.key} is now {new.key}.",
        side=Side.NONE,
        # Many routers forgive letter case and a slash at the end.
        impact=Impact.WARNING if respelled else Impact.BREAKING,
        old=old.at,
        new=new.at,
        words=shape_of_path(new.key),
        operations=(new.key,),
    )


def _successor(old: Operation, added: list[Operation]) -> Operation | None:
    """The new operation that is this one elsewhere: spelled alike, or of the same id."""
    for new in added:
        if new.method == old.method and _plain(new) == _plain(old):
            return new
    return next((new for new in added if old.id and new.id == old.id), None)


def _plain(operation: Operation) -> str:
    return shape_of_path(operation.path).rstrip("/").lower()
