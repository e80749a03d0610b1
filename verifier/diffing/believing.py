"""Whether a comparison can be believed: an empty or shrunk document is most often the wrong one."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.diffing.pairs import ContractPair
from verifier.model import Doubt

__all__ = ["doubts"]

FAR_SMALLER = 0.5
MEND = "See whether the right file was fetched, and whole; then compare again."


def doubts(pair: ContractPair) -> Iterator[Doubt]:
    """What makes the comparison say less than it seems to; a fatal one makes it say nothing."""
    old = len(pair.old.operations) + len(pair.old.webhooks)
    new = len(pair.new.operations) + len(pair.new.webhooks)
    if not old:
        yield Doubt(
            says="The earlier document describes no operation: there is nothing to compare with.",
            mend="Give the document that the integration was built against.",
            fatal=True,
        )
    elif not new:
        says = f"The later document describes no operation; the earlier one described {old}."
        yield Doubt(says=says, mend=MEND, fatal=True)
    elif new < old * FAR_SMALLER:
        says = f"The later document describes {new} operations; the earlier one described {old}."
        yield Doubt(says=says, mend=MEND, fatal=True)
    yield from _unreadable(pair)


def _unreadable(pair: ContractPair) -> Iterator[Doubt]:
    """Parts that cannot be read in one of the two, and so were not compared."""
    for contract, which in ((pair.old, "earlier"), (pair.new, "later")):
        lost = [problem for problem in contract.problems if problem.operation]
        operations = sorted({problem.operation for problem in lost})
        if operations:
            first = lost[0]
            more = f" and {len(operations) - 1} more operations" if len(operations) > 1 else ""
            yield Doubt(
                says=f"Parts of {operations[0]}{more} cannot be read in the {which} document,"
                f" so they were not compared: {first.says[:160]}",
                mend=first.mend,
            )
