"""Where a value stands in a JSON text that a machine laid out, without reading the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import orjson

from verifier.model.place import unescape

__all__ = ["JsonLines", "laid_out"]

STEP = 2
BLOCK = 4096
INDENTED = orjson.OPT_INDENT_2


def laid_out(text: bytes, root: Any) -> bool:
    """
    Whether a text is, byte for byte, its value written with one member a line and two spaces.

    Most published documents are. Such a text also holds no name twice and no number that was
    rounded, for both would be written otherwise.
    """
    if not text.startswith((b'{\n  "', b"[\n  ")):
        return False
    try:
        written = orjson.dumps(root, option=INDENTED)
    except TypeError:  # nested beyond what the writer takes
        return False
    end = text[len(written) :]
    return len(end) <= 2 and not end.strip() and text.startswith(written)


# The value, where its line starts, its column, and whether the pointer leads to it.
_Reached = tuple[Any, int, int, bool]


@dataclass(slots=True)
class _Inside:
    """
    An object or a list, passed over as far as anybody asked.

    Args:
        next: How many of its members were passed.
        start: Where the line of the next one starts in the text.
        close: What ends a member of it that takes several lines.
        names: Its names, in order; a list has none.
        known: Name or index to where its line starts.
    """

    value: dict[str, Any] | list[Any]
    start: int
    close: re.Pattern[bytes]
    names: list[str]
    next: int = 0
    known: dict[str, int] = field(default_factory=dict)


class JsonLines:
    """
    Finds places in a text that ``laid_out`` holds of.

    Indentation tells where a value ends, so that what is inside is passed over and not read; what
    was passed once is remembered.
    """

    def __init__(self, text: bytes, root: Any) -> None:
        self._text = text
        self._known: dict[str, _Reached] = {"": (root, 0, 1, True)}
        self._inside: dict[int, _Inside] = {}
        self._counted = [1]  # the line on which each block of the text starts

    def find(self, path: str) -> tuple[int, int]:
        """Line and column (from 1) of the node at a JSON pointer, or of its nearest ancestor."""
        _, start, column, _ = self._reached(path)
        return self._line(start), column

    def _reached(self, path: str) -> _Reached:
        """The node at a pointer or its nearest ancestor, and where its line starts."""
        known = self._known.get(path)
        if known is None:
            head, _, token = path.rpartition("/")
            value, start, column, whole = self._reached(head)
            found = self._child(value, start, column, unescape(token)) if whole else None
            known = (*found, column + STEP, True) if found else (value, start, column, False)
            self._known[path] = known
        return known

    def _line(self, start: int) -> int:
        """On which line a place of the text is."""
        block, text = start // BLOCK, self._text
        while len(self._counted) <= block:
            end = len(self._counted) * BLOCK
            self._counted.append(self._counted[-1] + text.count(b"\n", end - BLOCK, end))
        return self._counted[block] + text.count(b"\n", block * BLOCK, start)

    def _child(self, value: Any, start: int, column: int, name: str) -> tuple[Any, int] | None:
        """A member and where its line starts, in what starts on a line."""
        if not isinstance(value, (dict, list)):
            return None
        inside = self._inside.get(start)
        if inside is None:
            names = list(value) if isinstance(value, dict) else []
            close = _closing(column - 1 + STEP)
            first = self._text.index(b"\n", start) + 1 if value else start
            inside = self._inside[start] = _Inside(value, first, close, names)
        if name not in inside.known:
            self._pass(inside, name)
        if name not in inside.known:
            return None
        return (value[name] if isinstance(value, dict) else value[int(name)]), inside.known[name]

    def _pass(self, inside: _Inside, wanted: str) -> None:
        """Pass over members until the wanted one is found, or all are passed."""
        value, start, text = inside.value, inside.start, self._text
        for index in range(inside.next, len(value)):
            name = inside.names[index] if isinstance(value, dict) else str(index)
            inner = value[name] if isinstance(value, dict) else value[index]
            inside.known[name] = start
            if inner and isinstance(inner, (dict, list)):
                found = inside.close.search(text, start)
                start = found.end() if found else start
            # After the last one of all nothing follows, and nobody asks where it starts.
            start = text.find(b"\n", start) + 1
            inside.start, inside.next = start, index + 1
            if name == wanted:
                break


@cache
def _closing(indent: int) -> re.Pattern[bytes]:
    """The end of an object or a list; an expression finds it in half the time of a plain search."""
    return re.compile(rb"\n" + b" " * indent + rb"[}\]]")
