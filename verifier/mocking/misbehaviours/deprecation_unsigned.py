"""What the document calls deprecated is answered without a word of it.

Imitates deprecations that are announced in a newsletter.
"""

from __future__ import annotations

from msgspec.structs import replace

from verifier.mocking.asked import Asked
from verifier.wire import Answer

__all__ = ["answered"]


def answered(asked: Asked | None, answer: Answer) -> Answer:
    """The signals are taken away."""
    return replace(answer, headers=tuple(h for h in answer.headers if not _signals(*h)))


def _signals(name: str, value: str) -> bool:
    lower = name.lower()
    successor = any(rel in value for rel in ("successor-version", 'rel="sunset"', "deprecation"))
    return lower in ("deprecation", "sunset") or (lower == "link" and successor)
