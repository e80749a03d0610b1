"""On whose behalf something is asked: what it is for, what it spent, and numbers of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from msgspec import Struct, field

from verifier.model import Check, Effect, Outcome, Plan, Story, Subject, Vendor

__all__ = ["CASES", "Errand", "Errands"]

# What drawn cases are sent for, that several checks look at.
CASES = "cases"
SHARED = ""
# At most so many numbers are drawn for a request: a sample, its key, and what it is renewed with.
NUMBERS_A_REQUEST = 4


class Errand(Struct, eq=False):
    """
    One check for one subject, or something that the run does for itself.

    Args:
        purpose: Id of the check, or words for what is no check.
        numbers: What makes things unlike all others; housekeeping draws none.
        free: Whether it is clean-up: not counted, and sent whatever the vendor has said.
        staged: Whether it had the mock fail: what got no answer since was to get none.
        sent: How many requests were sent for it so far.
        story: The last that its flow told.
    """

    purpose: str
    numbers: Iterator[int] = field(default_factory=lambda: iter(()))
    free: bool = False
    staged: bool = False
    sent: int = 0
    story: Story | None = None

    def fresh(self) -> int:
        """A number that nothing in the run has had before."""
        return next(self.numbers)


class Errands:
    """
    The errands of a plan, each with numbers that follow from its place there and nothing else.

    So what is drawn is the same however errands overlap: the first of three has 1, 4, 7 ..., the
    second 2, 5, 8. What several look for together, an item of a resource, has a place too.

    Args:
        known: What is settled already (resume).
        sent: How many requests were sent already.
    """

    def __init__(
        self,
        plan: Plan,
        vendor: Vendor,
        checks: Mapping[str, Check],
        *,
        known: Sequence[Outcome] = (),
        sent: int = 0,
    ) -> None:
        keys = [
            (CASES if checks[item.check].subject is Subject.EXCHANGE else item.check, item.subject)
            for item in plan.items
            if checks[item.check].effect is not Effect.NONE
        ]
        keys += [(SHARED, resource.name) for resource in vendor.contract.resources]
        places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
        # What was cut off may have sent this many, under numbers that are never sent again.
        unsettled = sent - sum(outcome.requests for outcome in known)
        first = len(places) * NUMBERS_A_REQUEST * (unsettled + 1) if sent else 0
        self._numbers = {key: count(first + 1 + at, len(places)) for key, at in places.items()}

    def of(self, purpose: str, subject: str) -> Errand:
        """The errand of a check for a subject, or of the drawn cases of an operation."""
        return Errand(purpose, self._numbers.get((purpose, subject), iter(())))

    def shared(self, resource: str) -> Iterator[int]:
        """Numbers for an item of a resource that is there for all."""
        return self._numbers[SHARED, resource]
