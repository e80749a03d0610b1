"""Text of a document made harmless for whoever shows it."""

from __future__ import annotations

__all__ = ["printable"]

# Control characters, and marks that turn the text round.
UNPRINTABLE = {
    **dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160)), "�"),
    **{code: f"⟨U+{code:04X}⟩" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))},
}


def printable(text: str) -> str:
    """The text without what writes over a terminal or turns a line round."""
    return text.translate(UNPRINTABLE)
