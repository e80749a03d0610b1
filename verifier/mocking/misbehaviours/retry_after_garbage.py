"""Retry-After is neither a number of seconds nor a date.

Imitates a number with its unit, written by hand (RFC 9110, 10.2.3).
"""

from __future__ import annotations

from msgspec.structs import replace

from verifier.mocking.asked import Asked
from verifier.wire import Answer

__all__ = ["answered"]


def answered(asked: Asked | None, answer: Answer) -> Answer:
    """When to come back is said in words."""
    if not any(name.lower() == "retry-after" for name, _ in answer.headers):
        return answer
    return replace(answer, headers=tuple(_garbled(*header) for header in answer.headers))


def _garbled(name: str, value: str) -> tuple[str, str]:
    return (name, f"{value}s, please") if name.lower() == "retry-after" else (name, value)
