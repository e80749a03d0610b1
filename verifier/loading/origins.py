"""From the document as we hold it back to what its author wrote."""

from __future__ import annotations

from typing import Any, NamedTuple

from verifier.loading.sheet import Sheet
from verifier.model.place import escape, unescape

__all__ = ["Origins", "Spot"]


class Spot(NamedTuple):
    """A JSON pointer in one author's file."""

    sheet: Sheet
    path: str

    def inside(self, token: str) -> Spot:
        """The member or item of that name."""
        return Spot(self.sheet, f"{self.path}/{escape(token)}")


class Origins:
    """
    Where the nodes of a changed document stand in the files of their authors.

    What is not noted here stands in its parent's place, under its own name; so an unchanged
    document needs no notes, and an overlay of three lines needs three. Objects and lists are known
    by identity, which lasts because the document holds them.

    Args:
        sheet: The file of the root.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._start = Spot(sheet, "")
        self._nodes: dict[int, Spot] = {}
        self._members: dict[tuple[int, str], Spot] = {}
        self._items: dict[int, list[Spot | None]] = {}
        self._held: list[Any] = []

    def note(self, node: Any, spot: Spot) -> None:
        """An object or a list, and all in it that is not noted, stands at ``spot``."""
        if isinstance(node, (dict, list)):
            self._nodes[id(node)] = spot
            self._held.append(node)

    def note_member(self, node: dict[str, Any], name: str, spot: Spot) -> None:
        """A member, whatever its value, stands at ``spot``."""
        self._members[id(node), name] = spot
        self._held.append(node)

    def forget_member(self, node: dict[str, Any], name: str) -> None:
        """The member is gone, and what takes its name later stands elsewhere."""
        self._members.pop((id(node), name), None)

    def items_of(self, node: list[Any], spot: Spot) -> list[Spot | None]:
        """
        The places of a list's items, to be kept in step by who adds or removes one.

        Args:
            spot: Of the list.
        """
        if id(node) not in self._items:
            self._items[id(node)] = [spot.inside(str(index)) for index in range(len(node))]
            self._held.append(node)
        return self._items[id(node)]

    def lead(self, root: Any, path: str) -> Spot:
        """Where the node at a JSON pointer of ``root`` stands in its author's file."""
        if not self._held:
            return Spot(self.sheet, path)
        spot, value = self._nodes.get(id(root), self._start), root
        for token in path.split("/")[1:]:
            spot, value = self.step(spot, value, unescape(token))
        return spot

    def step(self, spot: Spot, value: Any, token: str) -> tuple[Spot, Any]:
        """One token further: the place and the value of a member or an item."""
        inner = None
        noted: Spot | None = None
        if isinstance(value, dict):
            inner = value.get(token)
            noted = self._members.get((id(value), token))
        elif isinstance(value, list) and token.isdecimal() and int(token) < len(value):
            inner = value[int(token)]
            known = self._items.get(id(value))
            noted = known[int(token)] if known else None
        if noted is None and isinstance(inner, (dict, list)):
            noted = self._nodes.get(id(inner))
        return noted or spot.inside(token), inner
