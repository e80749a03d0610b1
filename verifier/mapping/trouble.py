"""What can be wrong with one value, while a rule is carried out."""

from __future__ import annotations

__all__ = ["Blocked", "Invalid", "Missing", "TooLong", "Trouble", "Unknown"]


class Trouble(Exception):  # noqa: N818  (a verdict on a value, not an error of ours)
    """
    A value cannot simply be taken over.

    Args:
        says: Why, without naming the field.
    """

    policy = "on_invalid"

    def __init__(self, says: str) -> None:
        super().__init__(says)
        self.says = says


class Missing(Trouble):
    """Nothing is left of it."""

    policy = "on_missing"


class Unknown(Trouble):
    """No row of the table knows it."""

    policy = "on_unknown"


class Invalid(Trouble):
    """It is not what the contract says it is."""


class TooLong(Trouble):
    """The target has no room for it."""

    policy = "on_too_long"


class Blocked(Trouble):
    """It cannot be made because another field could not; that one is reported."""

    policy = ""
