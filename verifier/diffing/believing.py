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
    """What references lead to nowhere in one of the two, and so was not compared."""
    for contract, which in ((pair.old, "earlier"), (pair.new, "later")):
        lost = contract.lost
        if lost:
            first = lost[0]
            more = f", and {len(lost) - 1} more" if len(lost) > 1 else ""
            yield Doubt(
                says=f"The {which} document refers to something that cannot be read, which was"
                f" not compared: {first.says[:200]} ({contract.document.place(first.at)}){more}.",
                mend=first.mend,
            )
