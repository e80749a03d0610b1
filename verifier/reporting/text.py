"""Foreign text made fit to be shown: no control characters, nothing that turns the line round."""

from __future__ import annotations

import re

__all__ = ["bounded", "flat", "printable"]

REPLACEMENT = "\ufffd"
# Controls, bidirectional and invisible marks, surrogates, and what XML 1.0 (2.2) cannot hold.
_DANGEROUS = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)


def printable(text: str) -> str:
    """The text with what cannot or must not be shown written as what it is (``⟨U+202E⟩``)."""
    if text.isascii() and text.isprintable():
        return text
    return _DANGEROUS.sub(_shown, text.replace("\r\n", "\n").replace("\r", "\n"))


def bounded(text: str, longest: int) -> str:
    """The beginning of a text, with an ellipsis where something is left out."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def flat(text: str, longest: int) -> str:
    """Foreign text on one line, made fit to be shown, the beginning of it."""
    return bounded(" ".join(printable(text).split()), longest)


def _shown(found: re.Match[str]) -> str:
    code = ord(found.group())
    invisible = code > 0x9F and not 0xD800 <= code <= 0xDFFF
    return f"⟨U+{code:04X}⟩" if invisible else REPLACEMENT
