"""Something that was delivered to a receiver, and what came of it."""

from __future__ import annotations

from msgspec import Struct

__all__ = ["Parcel"]


class Parcel(Struct, frozen=True, kw_only=True):
    """
    A delivery.

    Args:
        name: What it was in the take: ``first``, ``again``, ``forged`` ...
        thing: Id of the thing that it is about; found nowhere but in what was delivered.
        status: What was answered; 0 where nothing was.
        before, after: The receiver's state; empty where it shows none.
        mark: A value that it alone brings.
        late: Whether it was given up after the time in which it should have been answered.
        starved: Whether the machine was too busy for an answer in time.
    """

    name: str
    thing: str
    status: int
    seconds: float
    before: str = ""
    after: str = ""
    mark: str = ""
    late: bool = False
    starved: bool = False

    @property
    def accepted(self) -> bool:
        """Whether it was said to be taken."""
        return 200 <= self.status < 300

    @property
    def told(self) -> str:
        """Its answer in words."""
        return f"answered {self.status}" if self.status else "not answered"

    @property
    def effect(self) -> bool:
        """Whether it changed the state, as far as the receiver shows one."""
        return self.before != self.after
