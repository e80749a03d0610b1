"""What will be asked, what it will cost, and what is left out and why."""

from __future__ import annotations

from msgspec import Struct, field

__all__ = ["Omitted", "Plan", "Planned"]


class Planned(Struct, frozen=True, kw_only=True):
    """
    One check for one subject.

    Args:
        check: Id of the check.
        subject: Key of the operation, name of the resource, or ``""`` for contract and vendor.
        price: The most requests that it may send.
    """

    check: str
    subject: str
    price: int


class Omitted(Struct, frozen=True, kw_only=True):
    """
    A check that will not be run for a subject.

    Args:
        status: ``not tested`` (something is missing) or ``not applicable``.
        reason: Why.
        supply: What the user would have to give; empty where nothing helps.
    """

    check: str
    subject: str
    status: str
    reason: str
    supply: str = ""


class Plan(Struct, frozen=True, kw_only=True):
    """
    The order of a run: as far as the budget reaches, the most telling first.

    Args:
        cases: Operation key to the least number of drawn cases that its observations send; where
            something is left over it is up to ``deepest``.
        budget: The most requests that the run may send, clean-up excepted.
        per_second: Pace; 0 is unlimited.
    """

    items: tuple[Planned, ...]
    omitted: tuple[Omitted, ...]
    cases: dict[str, int] = field(default_factory=dict)
    deepest: int = 0
    budget: int = 0
    per_second: float = 0.0
    seed: int = 0

    @property
    def price(self) -> int:
        """The most requests that all of it may send, each drawn operation with its least."""
        return sum(item.price for item in self.items) + sum(self.cases.values())

    @property
    def most(self) -> int:
        """The most that it may send where nothing ends it: with all that may be drawn."""
        return sum(item.price for item in self.items) + self.deepest * len(self.cases)

    @property
    def sure(self) -> tuple[Planned, ...]:
        """The first items: those that are reached even if each before them costs what it may."""
        spent, drawn = 0, set[str]()
        for index, item in enumerate(self.items):
            if item.price:
                spent += item.price
            elif item.subject not in drawn:
                spent += self.cases.get(item.subject, 0)
                drawn.add(item.subject)
            if spent > self.budget:
                return self.items[:index]
        return self.items
