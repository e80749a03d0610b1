"""A resource while it is being inferred."""

from __future__ import annotations

from msgspec import Struct, field

from verifier.loading.resources.tree import Node
from verifier.model import Operation

__all__ = ["ROLES", "Draft"]

ROLES = ("create", "read", "list", "update", "replace", "delete", "search")


class Draft(Struct, kw_only=True, eq=False):
    """
    What is known so far.

    Args:
        text: The segment that names it.
        container: The item or singleton in whose path it stands.
        roles: Role to operation.
        sure: Confidence, lowered by each guess.
        because: What the inference rests on, in words.
    """

    text: str
    collection: Node | None = None
    item: Node | None = None
    single: bool = False
    container: Draft | None = None
    roles: dict[str, Operation] = field(default_factory=dict)
    actions: list[Operation] = field(default_factory=list)
    sure: float = 1.0
    because: list[str] = field(default_factory=list)
    name: str = ""

    def take(self, role: str, operation: Operation) -> None:
        """Give an operation its role; where that is taken it is an action."""
        if role == "action" or role in self.roles:
            self.actions.append(operation)
        else:
            self.roles[role] = operation

    def guess(self, sure: float, because: str) -> None:
        """Note something that is likely but not certain."""
        self.sure *= sure
        self.because.append(because)

    @property
    def empty(self) -> bool:
        """Whether no operation belongs to it."""
        return not self.roles and not self.actions
