"""One call of the control API, and how it is turned down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct, field

from verifier.errors import UsageError
from verifier.mocking.mock import Mock
from verifier.mocking.told import Told

__all__ = ["Call", "Verb"]


class Call(Struct, frozen=True, kw_only=True):
    """
    A call that was let in.

    Args:
        path: Variable of the path to its value.
        query: Parameters of the query.
        body: The JSON object that was sent; empty where none was.
    """

    mock: Mock
    told: Told
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)

    def number(self, name: str, *, least: float = 0) -> float:
        """
        A number of the body.

        Raises:
            UsageError: It is missing, or none.
        """
        value = self.body.get(name)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not value >= least:
            raise UsageError(
                f"'{name}' is {value!r}", mend=f'Give a number from {least:g}: {{"{name}": 2}}.'
            )
        return float(value)

    def whole(self, name: str) -> int:
        """A whole number of the query; 0 where it is not given."""
        text = self.query.get(name, "0")
        if not text.isdecimal():
            raise UsageError(f"'{name}' is '{text}'", mend="Give a whole number from 0.")
        return int(text)


class Verb(Struct, frozen=True, kw_only=True):
    """
    Something that can be called.

    Args:
        path: With variables in braces.
        status: Of its success.
        body: JSON Schema of what it takes; None takes nothing.
        query: Parameter of the query to what it is.
    """

    method: str
    path: str
    does: Callable[[Call], Any]
    status: int = 200
    body: Mapping[str, Any] | None = None
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def says(self) -> str:
        """What it does, in a sentence."""
        return (self.does.__doc__ or "").strip().partition("\n")[0]
