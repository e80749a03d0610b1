"""The document as a whole: whether enough of it is left to be believed."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.diffing.pairs import ContractPair
from verifier.diffing.shifts import Shift, family
from verifier.model import Impact, Side

__all__ = ["document"]

FAR_SMALLER = 0.5


@family("contract")
def document(pair: ContractPair) -> Iterator[Shift]:
    """An empty document is no unchanged one; most often the wrong file was fetched."""
    old, new = len(pair.old.operations), len(pair.new.operations)
    if old and not new:
        says = f"The document describes no operation any more; it described {old}."
        yield Shift(name="emptied", says=says, side=Side.NONE, impact=Impact.BREAKING)
    elif new < old * FAR_SMALLER:
        says = f"The document describes {new} operations; it described {old}."
        yield Shift(name="shrunk", says=says, side=Side.NONE, impact=Impact.WARNING)
    yield from _unreadable(pair)


def _unreadable(pair: ContractPair) -> Iterator[Shift]:
    """Operations of which the later document has lost a part, where it lost any."""
    old = {problem.operation for problem in pair.old.problems if problem.operation}
    new = {p.operation: p for p in pair.new.problems if p.operation}
    kept = {kept.new.key for kept in pair.kept}
    if len(new) <= len(old):
        return  # of two operations that clash, the one that stands second gets the blame
    for key, problem in new.items():
        if key in kept and key not in old:
            yield Shift(
                name="unreadable",
                says=f"Part of {key} can no longer be read: {problem.says[:200]}",
                side=Side.NONE,
                impact=Impact.WARNING,
                new=problem.at,
                operations=(key,),
            )
