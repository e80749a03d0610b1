"""What an implementation was asked, what it did otherwise, and what it was not asked."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from verifier.model import Place

__all__ = ["EdgeState", "Example", "Found", "TestReport"]


class Example(Struct, frozen=True, kw_only=True):
    """
    The smallest record that shows it.

    Args:
        record: Masked where it comes from real data.
        says: What is special about it.
        before: What was asked before, for what depends on that; or the target that was changed.
    """

    record: Any
    says: str
    expected: Any
    actual: Any
    before: Any = None


class Found(Struct, frozen=True, kw_only=True):
    """
    One thing that the implementation does otherwise than the contract.

    Args:
        field: The target's field; empty where it is the record as a whole.
        oracles: Letter of each oracle that found it to the phases and rounds in which it did.
        edges: Numbers of the edge cases that show it.
        relations: Names of relations, and formulas of laws, that do not hold.
        count: How often.
        rule: The line of the contract that says how it should be.
    """

    field: str
    kind: str
    says: str
    oracles: Mapping[str, tuple[str, ...]]
    edges: tuple[int, ...]
    relations: tuple[str, ...]
    count: int
    rule: Place
    example: Example


class EdgeState(Struct, frozen=True, kw_only=True):
    """
    What was done about one edge case.

    Args:
        state: ``covered``, ``found``, ``not applicable`` or ``not exercised``.
        because: Why, for the last two.
        asked: How many records and batches.
    """

    number: int
    title: str
    state: str
    because: str = ""
    asked: int = 0


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TestReport:
    """
    The result of a test.

    Args:
        contract: Id of the contract.
        implementation: What was tested, in words.
        asked: Questions by phase or round.
        found: What it does otherwise, the most telling first.
        not_exercised: A sentence for everything that the test did not reach.
        given_up: Why the test ended early; empty where it did not.
        seconds: How long it took.
    """

    __test__ = False  # for pytest, which takes the name for a test's

    contract: str
    implementation: str
    asked: Mapping[str, int]
    found: tuple[Found, ...]
    edges: tuple[EdgeState, ...]
    not_exercised: tuple[str, ...]
    given_up: str = ""
    seconds: float = dataclasses.field(default=0.0, compare=False)

    @property
    def sound(self) -> bool:
        """Whether nothing was found, and the test came to its end."""
        return not self.found and not self.given_up
