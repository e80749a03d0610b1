"""Where a value stands in a JSON text that a machine laid out, without reading the text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
from msgspec import Struct, field

from verifier.model.place import unescape

__all__ = ["JsonLines", "laid_out", "written"]

STEP = 2
ABSENT = object()
WIDE = 64
INDENTED = orjson.OPT_INDENT_2


def laid_out(text: bytes, root: Any) -> bytes | None:
    """
    What follows the value in a text that is, byte for byte, its value written with one member a
    line and two spaces; None where it is any other text.

    Most published documents are such. They also hold no name twice and no number that was rounded,
    for both would be written otherwise.
    """
    if not text.startswith((b'{\n  "', b"[\n  ")):
        return None
    try:
        told = written(root)
    except TypeError:  # nested beyond what the writer takes
        return None
    end = text[len(told) :]
    return end if len(end) <= 2 and not end.strip() and text.startswith(told) else None


def written(root: Any) -> bytes:
    """A value as such a text has it."""
    return orjson.dumps(root, option=INDENTED)


# The value, its line, its column, and whether the pointer leads to it.
_Reached = tuple[Any, int, int, bool]


class _Inside(Struct):
    """
    An object or a list, passed over as far as anybody asked.

    Args:
        members: Those that were not passed yet, by name or index.
        below: How far below the line of the whole the last one that was passed starts.
        last: That one; its own lines are counted when the next one is passed.
        known: Name or index to how far below it starts.
    """

    members: Iterator[tuple[Any, Any]]
    below: int = 1
    last: Any = ABSENT
    known: dict[str, int] = field(default_factory=dict)


class JsonLines:
    """
    Finds places in a text that ``laid_out`` holds of, by its value alone.

    What takes no part is written once more to count its lines, which costs a third of looking for
    its end in the text; what was passed once is remembered.
    """

    def __init__(self, root: Any) -> None:
        self._known: dict[str, _Reached] = {"": (root, 1, 1, True)}
        self._inside: dict[int, _Inside] = {}

    def find(self, path: str) -> tuple[int, int]:
        """Line and column (from 1) of the node at a JSON pointer, or of its nearest ancestor."""
        _, line, column, _ = self._reached(path)
        return line, column

    def _reached(self, path: str) -> _Reached:
        """The node at a pointer or its nearest ancestor, and where it stands."""
        known = self._known.get(path)
        if known is None:
            head, _, token = path.rpartition("/")
            value, line, column, whole = self._reached(head)
            found = self._child(value, unescape(token)) if whole else None
            if found is None:
                known = value, line, column, False
            else:
                known = found[0], line + found[1], column + STEP, True
            self._known[path] = known
        return known

    def _child(self, value: Any, name: str) -> tuple[Any, int] | None:
        """A member, and how far below the line of the whole it starts."""
        if not value or not isinstance(value, (dict, list)):
            return None
        inside = self._opened(value)
        if name not in inside.known:
            self._pass(inside, name)
        if name not in inside.known:
            return None
        return (value[name] if isinstance(value, dict) else value[int(name)]), inside.known[name]

    def _opened(self, value: dict[str, Any] | list[Any]) -> _Inside:
        inside = self._inside.get(id(value))
        if inside is None:
            members = value.items() if isinstance(value, dict) else enumerate(value)
            inside = self._inside[id(value)] = _Inside(iter(members))
        return inside

    def _pass(self, inside: _Inside, wanted: str | None) -> None:
        """Pass over members until the wanted one is found, or all are passed."""
        for name, value in inside.members:
            if inside.last is not ABSENT:
                inside.below += self._lines(inside.last)
            inside.last = value
            inside.known[str(name)] = inside.below
            if str(name) == wanted:
                break

    def _lines(self, value: Any) -> int:
        """How many lines a value takes."""
        if not value or not isinstance(value, (dict, list)):
            return 1
        if len(value) > WIDE:
            # Some member of it will be asked for as well, and need not be counted again then.
            inside = self._opened(value)
            self._pass(inside, None)
            return inside.below + self._lines(inside.last) + 1
        return orjson.dumps(value, option=INDENTED).count(b"\n") + 1
