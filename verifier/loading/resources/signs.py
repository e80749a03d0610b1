"""What single operations show: a list, a creation, a file, or nothing at all."""

from __future__ import annotations

from collections.abc import Mapping

from verifier.loading.resources.language import asks, creates, stem
from verifier.loading.resources.tree import Node
from verifier.loading.view import ContractView, Piece, word_set, words
from verifier.model import Operation

__all__ = [
    "LISTS",
    "is_creation",
    "is_list",
    "is_query",
    "list_member",
    "returns_nothing",
    "returns_other",
]

LISTS = ("data", "item", "result", "record", "value", "entry", "row", "list")
"""Stems of what list members are called, the likeliest first."""
PAGES = word_set(
    """
    after before count cursor end has_more hasmore has_next limit links meta next
    next_cursor next_page next_page_uri next_page_token nextcursor nextpage nextpagetoken offset
    page page_size pageinfo pages paging pagination per_page prev previous start total
    total_count totalcount total_pages
    """
)


def is_list(view: ContractView, operation: Operation | None, node: Node, *, item: bool) -> bool:
    """
    Whether an operation answers with several things.

    Args:
        item: The path ends in a parameter, and an item with lists in it is the likelier case.
    """
    answer = view.success(operation)
    if operation is None or answer is None:
        return False
    if "array" in view.kinds(answer):
        return True
    members = view.members(answer)
    member = list_member(view, answer, node.text)
    if not member or "id" in members:
        return _wraps_page(view, members)
    paged = _is_page(members)
    if item:
        return paged or _says_list(operation)
    expected = stem(member) in (*LISTS, stem(node.text))
    return paged or expected or len(members) == 1 or _says_list(operation)


def _says_list(operation: Operation) -> bool:
    return asks(operation.summary) or operation.summary.lower().startswith("list")


def _is_page(members: Mapping[str, Piece]) -> bool:
    return any(name.lower() in PAGES for name in members)


def _wraps_page(view: ContractView, members: Mapping[str, Piece]) -> bool:
    """``{"albums": {"items": [...], "next": ...}}``: a page one level down."""
    inner = [view.members(piece) for piece in members.values()] if len(members) <= 2 else []
    return any(
        _is_page(found) and any("array" in view.kinds(piece) for piece in found.values())
        for found in inner
    )


def list_member(view: ContractView, answer: Piece, name: str) -> str:
    """The member of an answer that holds the items; empty where there is none."""
    members = view.members(answer)
    lists = {n: piece for n, piece in members.items() if "array" in view.kinds(piece)}
    plain = {stem(n): n for n in lists}
    for known in (*LISTS[:3], stem(name), *LISTS[3:]):
        if known in plain:
            return plain[known]
    last = (words(name) or ("",))[-1]
    for n in lists:
        if stem((words(n) or ("",))[-1]) == stem(last):
            return n
    objects = [n for n in lists if view.members(view.items(lists[n]))]
    if len(objects) == 1:
        return objects[0]
    return next(iter(lists)) if len(lists) == 1 else ""


def is_creation(operation: Operation) -> bool:
    """Whether an operation says that something comes into being, by its status or its words."""
    made = any(spec.status == "201" for spec in operation.responses)
    return made or creates(operation.summary) or creates(" ".join(words(operation.id)))


def is_query(operation: Operation) -> bool:
    """Whether an operation only looks for something, though its method could change things."""
    return asks(operation.summary)


def returns_nothing(operation: Operation) -> bool:
    """Whether no good answer of an operation has a body."""
    return not any(spec.media for spec in operation.responses if spec.status.startswith("2"))


def returns_other(operation: Operation) -> bool:
    """Whether an operation answers with a file: some content, none of it JSON."""
    kinds = [
        media.type.lower()
        for spec in operation.responses
        if spec.status.startswith("2")
        for media in spec.media
    ]
    return bool(kinds) and not any("json" in kind or kind == "*/*" for kind in kinds)
