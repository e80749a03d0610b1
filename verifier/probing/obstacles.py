"""What can stand in the way of a request, so that its check ends as *not tested*."""

from __future__ import annotations

from verifier.errors import InternalError

__all__ = ["NotAllowed", "NotTestable", "OutOfBudget", "Silent"]


class NotTestable(Exception):  # noqa: N818
    """Something is missing that only the user can supply."""

    def __init__(self, reason: str, supply: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.supply = supply


class Silent(NotTestable):
    """An operation has given no answer so often that it is not asked again."""


class OutOfBudget(NotTestable):
    """The run has sent all that it may, or its time is over."""


class NotAllowed(InternalError):  # noqa: N818
    """Something was about to be sent that must not be: a guard of ours held."""
