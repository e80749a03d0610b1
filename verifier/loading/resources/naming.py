"""A name for each resource: short, and no two the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from verifier.loading.resources.draft import Draft
from verifier.loading.resources.tree import Node

__all__ = ["give_names"]


def give_names(drafts: Sequence[Draft]) -> None:
    """
    Name every draft by its last word, with the words before it where that is not enough.

    The shortest path keeps the short name, and of equals the one with an item: of ``/customers``
    and ``/shops/{id}/customers`` the first is ``customers``, the second ``shops.customers``.
    """
    taken: set[str] = set()
    for draft in sorted(drafts, key=_rank):
        draft.name = next(name for name in _names(draft) if name not in taken)
        taken.add(draft.name)


def _rank(draft: Draft) -> tuple[int, bool, int]:
    path = _anchor(draft).path
    words = [part for part in path.split("/") if part and "{" not in part]
    return len(words), draft.item is None or draft.single, path.count("{")


def _names(draft: Draft) -> Iterator[str]:
    """Ever longer names, then numbered ones."""
    before = []
    node: Node | None = _anchor(draft)
    while node is not None:
        if not node.variable and node.text:
            before.append(node.text)
        node = node.parent
    name = ""
    for text in before or [draft.text or "root"]:
        name = f"{text}.{name}" if name else text
        yield name
    yield from (f"{name}-{number}" for number in count(2))


def _anchor(draft: Draft) -> Node:
    found = draft.item or draft.collection
    return found if found is not None else Node(text=draft.text)
