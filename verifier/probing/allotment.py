"""Whether the next item of a plan can be paid for, and how many cases the next visit may send."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from verifier.model import Check, Plan, Planned, Subject
from verifier.probing.errand import Errand

__all__ = ["Allotment"]

# Below this an operation's answers tell nothing.
FEWEST_CASES = 2
# Checks send less than they may; how much less, this run has yet to show.
USUAL_SHARE, USUAL_WEIGHT = 0.85, 400


class Allotment:
    """
    Shares out what is left of a budget.

    An item is begun only where its whole price is left, and what is under way keeps what it may
    still need. Drawn cases get what all that comes later will probably not need, in equal parts.
    What is asked last of all only makes up for what the run has not sent by then: it keeps nothing.

    Args:
        todo: The items that are still to be asked, in their order.
    """

    def __init__(self, plan: Plan, checks: Mapping[str, Check], todo: Collection[Planned]) -> None:
        self._budget = plan.budget
        self._cases, self._deepest = plan.cases, plan.deepest
        observed = [i for i in todo if checks[i.check].subject is Subject.EXCHANGE]
        self._visits = len({item.subject for item in observed})
        self._last = {id for id, check in checks.items() if check.last}
        self._promised = sum(item.price for item in todo if item.check not in self._last)
        self._priced, self._spent = float(USUAL_WEIGHT), USUAL_SHARE * USUAL_WEIGHT
        self._under_way: dict[Errand, int] = {}

    def begins(self, item: Planned, errand: Errand, sent: int) -> bool:
        """Whether an item's whole price is left; it is kept for it then."""
        if item.check in self._last:
            self._under_way[errand] = 0
            return True
        if item.price > self._left(sent):
            self._promised -= item.price
            return False
        self._under_way[errand] = item.price
        return True

    def passed(self, item: Planned, errand: Errand) -> None:
        """An item's turn is over."""
        del self._under_way[errand]
        if item.check in self._last:
            return
        self._promised -= item.price
        self._priced += item.price
        self._spent += errand.sent

    def cases(self, operation: str, errand: Errand, sent: int) -> int:
        """How many cases an operation's visit may send; 0 where too little is left."""
        left = self._left(sent)
        needed = self._promised * min(1.0, self._spent / self._priced)
        share = int((left - needed) / max(1, self._visits))
        self._visits -= 1
        planned = self._cases.get(operation, 0)
        count = min(max(planned, min(share, self._deepest)), left)
        if count < min(FEWEST_CASES, planned or FEWEST_CASES):
            return 0
        self._under_way[errand] = count
        return count

    def visited(self, errand: Errand) -> None:
        """An operation's visit is over."""
        del self._under_way[errand]

    def _left(self, sent: int) -> int:
        kept = sum(max(0, price - errand.sent) for errand, price in self._under_way.items())
        return self._budget - sent - kept
