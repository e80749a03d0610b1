"""The Deprecation header says true, where a date belongs.

Imitates drafts of the standard, before it became one (RFC 9745, 2.1).
"""

from __future__ import annotations

from msgspec.structs import replace

from verifier.mocking.asked import Asked
from verifier.wire import Answer

__all__ = ["answered"]


def answered(asked: Asked | None, answer: Answer) -> Answer:
    """It is deprecated, since whenever."""
    return replace(answer, headers=tuple(_true(*header) for header in answer.headers))


def _true(name: str, value: str) -> tuple[str, str]:
    return (name, "true") if name.lower() == "deprecation" else (name, value)
