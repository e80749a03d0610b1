"""Whoever waits as long as Retry-After says is refused again.

Imitates a constant where the time until the reset should be.
"""

from __future__ import annotations

from msgspec.structs import replace

from verifier.mocking.asked import Asked
from verifier.wire import Answer

__all__ = ["answered"]


def answered(asked: Asked | None, answer: Answer) -> Answer:
    """Half of the truth."""
    return replace(answer, headers=tuple(_halved(*header) for header in answer.headers))


def _halved(name: str, value: str) -> tuple[str, str]:
    if name.lower() != "retry-after" or not value.isdecimal():
        return name, value
    return name, str(int(value) // 2)
