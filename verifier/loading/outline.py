"""Where each value of a file stands, held compactly and looked up by JSON pointer."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator

from msgspec import Struct

from verifier.model.place import escape, unescape

__all__ = ["Duplicate", "Outline"]

ROOT = 0


class Duplicate(Struct, frozen=True, kw_only=True):
    """
    A key that stands twice in one object.

    Args:
        pointer: JSON pointer of the member.
        first_line: Line of the first of the two, from 1.
        second_line: Line of the second, which is the one that is read.
    """

    pointer: str
    name: str
    first_line: int
    second_line: int


class Outline:
    """
    The nodes of a file in the order in which they are written, each with its place.

    A member of an object stands where its *name* is written, which is where a person looks for it.
    Twenty-four bytes a node: GitHub's half million take 12 MB, and only once a place is asked for.

    Args:
        locate: Makes line and column (from 1) of the number that a node was added with.
    """

    __slots__ = ("_ends", "_jumps", "_locate", "_members", "_names", "_open", "_spots")

    def __init__(self, locate: Callable[[int], tuple[int, int]]) -> None:
        self._locate = locate
        self._names: list[str | None] = []
        self._spots = array("Q")
        self._ends = array("Q")
        self._jumps: dict[int, int] = {}
        self._open: list[int] = []
        self._members: dict[int, dict[str, int]] = {}

    def add(self, name: str | None, spot: int) -> int:
        """A scalar, or the start of an object or list; ``name`` is None for what has none."""
        index = len(self._names)
        self._names.append(name)
        self._spots.append(spot)
        self._ends.append(index + 1)
        return index

    def open(self, index: int) -> None:
        """The node just added is an object or a list, and what follows stands inside it."""
        self._open.append(index)

    def close(self) -> None:
        """The innermost object or list ends."""
        self._ends[self._open.pop()] = len(self._names)

    def alias(self, index: int, target: int) -> None:
        """The node is a repetition (YAML alias) of another."""
        self._jumps[index] = target

    @property
    def depth(self) -> int:
        """How many objects and lists are open."""
        return len(self._open)

    def place(self, index: int) -> tuple[int, int]:
        """Line and column of a node, from 1."""
        return self._locate(self._spots[index])

    def find(self, path: str) -> tuple[int, int]:
        """Line and column of the node at a JSON pointer, or of its nearest ancestor."""
        index = ROOT
        for token in path.split("/")[1:]:
            found = self._child(self._jumps.get(index, index), unescape(token))
            if found is None:
                break
            index = found
        return self.place(index) if len(self._names) else (0, 0)

    def duplicates(self) -> Iterator[Duplicate]:
        """Every key that stands twice in its object, in the order in which they are written."""
        waiting = [(ROOT, "")] if len(self._names) else []
        while waiting:
            index, path = waiting.pop()
            seen: dict[str, int] = {}
            inner = []
            for order, child in enumerate(self._children(index)):
                name = self._names[child]
                at = f"{path}/{escape(name if name is not None else str(order))}"
                inner.append((child, at))
                if name is None or name == "<<":
                    continue
                if name in seen:
                    yield Duplicate(
                        pointer=at,
                        name=name,
                        first_line=self.place(seen[name])[0],
                        second_line=self.place(child)[0],
                    )
                seen[name] = child
            waiting.extend(reversed(inner))

    def _children(self, index: int) -> Iterator[int]:
        child, end = index + 1, self._ends[index]
        while child < end:
            yield child
            child = self._ends[child]

    def _child(self, index: int, token: str, depth: int = 0) -> int | None:
        """The member or item of that name; the last where it stands twice; merged ones too."""
        members = self._members.get(index)
        if members is None:
            members = self._members[index] = {
                str(order) if self._names[child] is None else str(self._names[child]): child
                for order, child in enumerate(self._children(index))
            }
        found, merged = members.get(token), members.get("<<")
        if found is None and merged is not None and depth < 16:
            return self._merged(merged, token, depth)
        return found

    def _merged(self, merged: int, token: str, depth: int) -> int | None:
        merged = self._jumps.get(merged, merged)
        children = list(self._children(merged))
        sources = [merged] if any(self._names[c] is not None for c in children) else children
        for source in sources:
            found = self._child(self._jumps.get(source, source), token, depth + 1)
            if found is not None:
                return found
        return None
