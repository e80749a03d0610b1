"""Where a value stands in a JSON text, found by reading no more of it than leads there."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from msgspec import Struct, field

from verifier.model.place import unescape

__all__ = ["JsonPlaces"]

BLOCK = 1 << 16
BLANK = " \t\n\r"


class _Inside(Struct):
    """
    An object or a list, read as far as anybody asked.

    Args:
        next: Where reading goes on; -1 where its end was reached.
        known: Name or index to where the name (or item) and its value start.
    """

    next: int
    is_list: bool
    known: dict[str, tuple[int, int]] = field(default_factory=dict)


class JsonPlaces:
    """
    Finds places in one JSON text that is known to be sound and without double names.

    The standard library's scanner skips over values at the speed of C; what was passed once is
    remembered. A first place costs what lies before it, further ones next to nothing.
    """

    def __init__(self, text: bytes) -> None:
        self._text = text.decode("utf-8", "surrogatepass")
        # Numbers stay text: nobody asks for their values, and some have too many digits.
        decoder: Any = json.JSONDecoder(parse_int=str, parse_float=str)
        self._scan: Callable[[str, int], tuple[Any, int]] = decoder.scan_once
        self._inside: dict[int, _Inside] = {}
        self._lines: list[int] = []

    def find(self, path: str) -> tuple[int, int]:
        """
        Line and column (from 1) of the node at a JSON pointer, or of its nearest ancestor.

        Raises:
            RecursionError: Something on the way is nested too deeply.
        """
        spot = value = self._past_blanks(0)
        for token in path.split("/")[1:]:
            found = self._child(value, unescape(token))
            if found is None:
                break
            spot, value = found
        return self._place(spot)

    def _child(self, start: int, name: str) -> tuple[int, int] | None:
        """Where a member's name and its value start, in what starts here."""
        inside = self._inside.get(start)
        if inside is None:
            if self._text[start] not in "{[":
                return None
            inside = _Inside(next=start + 1, is_list=self._text[start] == "[")
            self._inside[start] = inside
        while name not in inside.known and inside.next >= 0:
            self._read(inside)
        return inside.known.get(name)

    def _read(self, inside: _Inside) -> None:
        """One member more."""
        text = self._text
        spot = self._past_blanks(inside.next)
        if text[spot] == ",":
            spot = self._past_blanks(spot + 1)
        if text[spot] in "}]":
            inside.next = -1
            return
        if inside.is_list:
            name, value = str(len(inside.known)), spot
        else:
            name, end = self._scan(text, spot)
            value = self._past_blanks(self._past_blanks(end) + 1)
        inside.known[name] = (spot, value)
        inside.next = self._scan(text, value)[1]

    def _past_blanks(self, spot: int) -> int:
        text = self._text
        while text[spot] in BLANK:
            spot += 1
        return spot

    def _place(self, spot: int) -> tuple[int, int]:
        """Lines are counted block by block, each once."""
        block = spot // BLOCK
        while len(self._lines) <= block:
            count, start = len(self._lines), (len(self._lines) - 1) * BLOCK
            before = self._lines[-1] + self._text.count("\n", start, start + BLOCK) if count else 0
            self._lines.append(before)
        line = self._lines[block] + self._text.count("\n", block * BLOCK, spot)
        return line + 1, spot - self._text.rfind("\n", 0, spot)
