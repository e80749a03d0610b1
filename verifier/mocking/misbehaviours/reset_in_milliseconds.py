"""The time until a limit's reset is told in milliseconds, where everybody reads seconds.

Imitates JavaScript's clock behind somebody else's header.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from verifier.mocking.asked import Asked
from verifier.wire import Answer

__all__ = ["answered"]

SECONDS = re.compile(r"((?:^|[;,]\s*)(?:t|reset)=)(\d+)")


def answered(asked: Asked | None, answer: Answer) -> Answer:
    """Whatever tells of the reset tells a thousand times as much."""
    return replace(answer, headers=tuple(_told(*header) for header in answer.headers))


def _told(name: str, value: str) -> tuple[str, str]:
    lower = name.lower()
    if lower.endswith("reset") and value.isdecimal():
        return name, f"{value}000"
    if lower == "ratelimit":
        return name, SECONDS.sub(r"\g<1>\g<2>000", value)
    return name, value
