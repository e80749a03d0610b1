"""Where a value stands in a JSON text that a machine laid out, without reading the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import orjson

from verifier.model.place import unescape

__all__ = ["JsonLines", "laid_out"]

STEP = 2
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


@dataclass(slots=True)
class _Inside:
    """
    An object or a list, counted as far as anybody asked.

    Args:
        next: How many of its members were counted.
        line: On which line the next one starts.
        names: Its names, in order; a list has none.
        known: Name or index to the line on which it starts.
    """

    value: dict[str, Any] | list[Any]
    line: int
    names: list[str]
    next: int = 0
    known: dict[str, int] = field(default_factory=dict)


class JsonLines:
    """
    Finds places in a text that ``laid_out`` holds of.

    How many lines a value takes is counted in what the writer makes of it, which is some ten times
    as fast as reading the author's text; what was passed once is remembered.
    """

    def __init__(self, root: Any) -> None:
        self._root = root
        self._inside: dict[int, _Inside] = {}

    def find(self, path: str) -> tuple[int, int]:
        """Line and column (from 1) of the node at a JSON pointer, or of its nearest ancestor."""
        value, line, column = self._root, 1, 1
        for token in path.split("/")[1:]:
            found = self._child(value, line, unescape(token))
            if found is None:
                break
            value, line = found
            column += STEP
        return line, column

    def _child(self, value: Any, line: int, name: str) -> tuple[Any, int] | None:
        """A member and its line, in what starts on a line."""
        if not isinstance(value, (dict, list)):
            return None
        inside = self._inside.get(line)
        if inside is None:
            names = list(value) if isinstance(value, dict) else []
            inside = self._inside[line] = _Inside(value, line + 1, names)
        while name not in inside.known:
            if inside.next >= len(value):
                return None
            _count(inside)
        return (value[name] if isinstance(value, dict) else value[int(name)]), inside.known[name]


def _count(inside: _Inside) -> None:
    """One member more."""
    value = inside.value
    name = inside.names[inside.next] if isinstance(value, dict) else str(inside.next)
    inner = value[name] if isinstance(value, dict) else value[inside.next]
    inside.known[name] = inside.line
    inside.line += 1
    if isinstance(inner, (dict, list)):
        inside.line += orjson.dumps(inner, option=INDENTED).count(b"\n")
    inside.next += 1
