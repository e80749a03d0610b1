"""In which order a list is told: the parameters that an operation declares for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from verifier.mocking.english import words
from verifier.mocking.kinds import Kind
from verifier.mocking.kinds.schemas import members_of, node_of
from verifier.mocking.stamps import moment
from verifier.mocking.state import Row
from verifier.model import Operation

__all__ = ["Sorting", "sorting_of"]

BY = frozenset(("sort", "sortby", "orderby", "order", "ordering", "sortfield", "sortcolumn"))
WAY = frozenset(
    ("direction", "dir", "order", "sortorder", "sortdirection", "orderdirection", "sort")
)
DOWN = frozenset(("desc", "descending", "reverse"))
UP = frozenset(("asc", "ascending"))


class Sorting(Struct, frozen=True, kw_only=True):
    """
    How a list may be sorted.

    Args:
        parameters: Names of the parameters that say it.
        members: Plain word to member.
        down: Whether the document says that the newest come first.
    """

    parameters: tuple[str, ...]
    members: Mapping[str, str]
    down: bool = False

    def apply(self, rows: Sequence[Row], query: Mapping[str, Any]) -> Sequence[Row]:
        """The rows in the order that was asked for; as they were made where none was."""
        if not self.parameters and not self.down:
            return rows
        wishes = [str(query[name]) for name in self.parameters if name in query]
        if not wishes and not self.down:
            return rows
        down = self.down
        names: list[tuple[str, bool]] = []
        for wish in (part.strip() for told in wishes for part in told.split(",")):
            parts = words(wish)
            ways = [part for part in parts if part in DOWN or part in UP]
            back = wish.startswith("-") or any(way in DOWN for way in ways)
            member = self.members.get("".join(p for p in parts if p not in ways))
            if member is not None:
                names.append((member, back))
            elif ways or back:
                down = back
        if not names:
            return rows[::-1] if down else rows
        for name, back in reversed(names):
            rows = sorted(rows, key=lambda row: _key(row.value.get(name)), reverse=back or down)
        return rows


def sorting_of(operation: Operation, kind: Kind) -> Sorting:
    """The sorting that a list declares."""
    known = members_of(kind.item)
    plain = {"".join(words(name)): name for name in known}
    found, down = [], False
    for parameter in operation.parameters_in("query"):
        named = "".join(words(parameter.name))
        if named in BY or named in WAY:
            found.append(parameter.name)
            down = down or str(node_of(parameter.schema).get("default", "")).lower() in DOWN
    shorter = {n.removesuffix("at").removesuffix("on"): m for n, m in plain.items()}
    return Sorting(parameters=tuple(found), members={**shorter, **plain}, down=down)


def _key(value: Any) -> tuple[int, Any]:
    """Numbers before texts before nothing; times by what they mean."""
    if isinstance(value, bool):
        return 0, int(value)
    if isinstance(value, (int, float)):
        return 0, value
    if isinstance(value, str):
        when = moment(value) if value[:4].isdigit() and len(value) >= 10 else None
        return (0, when.timestamp()) if when is not None else (1, value)
    return 2, 0
