"""What every act works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from verifier.mocking.asked import Asked
from verifier.mocking.hooks import Hooks
from verifier.mocking.practice import Practices
from verifier.mocking.refusal import Refusal
from verifier.mocking.representing import Representing
from verifier.mocking.state import Row, State
from verifier.model import Contract, Resource

__all__ = ["Shop"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """
    The vendor behind the counter.

    Args:
        now: The clock: seconds since the epoch.
    """

    contract: Contract
    state: State
    practices: Practices
    shapes: Representing
    hooks: Hooks
    now: Callable[[], float]

    def find(self, asked: Asked, resource: Resource) -> Row | None:
        """The thing whose id stands in the path, where the caller may know of it."""
        return self.state.get(resource.name, asked.id, asked.caller.tenant)

    def gone(self, resource: Resource) -> Refusal:
        """There is no such thing, or it is none of the caller's business."""
        says = f"There is no {resource.name} of this id."
        return Refusal(status=404, code="not_found", says=says)
