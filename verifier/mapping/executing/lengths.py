"""How long a text is in the unit that a system counts, and how it is cut without harm."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from verifier.mapping.blanks import BLANK
from verifier.mapping.extra import library

__all__ = ["cut", "length_in"]


def length_in(unit: str) -> Callable[[str], int]:
    """The measure of a unit: ``code_points``, ``utf16`` or ``utf8`` (bytes)."""
    return {"code_points": len, "utf16": _utf16, "utf8": _utf8}[unit]


def _utf16(text: str) -> int:
    return len(text) if text.isascii() else len(text) + sum(c > "\uffff" for c in text)


def _utf8(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def cut(text: str, longest: int, measure: Callable[[str], int], by: str) -> str:
    """
    The beginning of a text that is no longer than it may be.

    Args:
        by: ``grapheme`` never cuts through what people see as one letter (an emoji family, a letter
            with its accent); ``word`` goes back to the last white space, where there is one.
    """
    kept: list[str] = []
    room = longest
    for cluster in _clusters().findall(text):
        room -= measure(cluster)
        if room < 0:
            break
        kept.append(cluster)
    found = "".join(kept)
    if by == "word" and len(found) < len(text) and text[len(found)] not in BLANK:
        words = found.rstrip(BLANK)
        end = max((words.rfind(blank) for blank in BLANK), default=-1)
        found = words[:end].rstrip(BLANK) if end > 0 else found
    return found


@lru_cache
def _clusters() -> Any:
    return library("regex", needed_for="texts that are cut").compile(r"\X")
