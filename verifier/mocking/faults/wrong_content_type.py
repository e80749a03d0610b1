"""The body is as ever, and its content type says something else.

Imitates a proxy that labels whatever it passes on.
"""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from verifier.mocking.fault import Play
from verifier.wire import Answer

__all__ = ["Options", "after"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """
    What it says.

    Args:
        content_type: The header's value; empty leaves the header out.
    """

    content_type: str = "text/html; charset=utf-8"


def after(play: Play, answer: Answer) -> Answer:
    """Label it anew."""
    kept = tuple(h for h in answer.headers if h[0].lower() != "content-type")
    said = play.options.content_type
    return replace(answer, headers=((("Content-Type", said), *kept) if said else kept))
