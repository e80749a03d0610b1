"""Which resource each operation belongs to, and in which role, read off the tree of paths."""

from __future__ import annotations

from verifier.loading.resources.draft import Draft
from verifier.loading.resources.language import (
    is_infrastructure,
    is_plural,
    is_verb,
    stem,
)
from verifier.loading.resources.signs import (
    is_creation,
    is_list,
    is_query,
    returns_nothing,
    returns_other,
)
from verifier.loading.resources.tree import Node
from verifier.loading.view import ContractView, word_set, words
from verifier.model import Operation

__all__ = ["TreeReader"]

SEARCHES = frozenset(("search", "query"))
READING = word_set(
    """
    calculate check compare contains count download estimate exists export fetch find get list
    lookup preview print query read search validate verify
    """
)
"""Verbs that are verbs even where something is read: ``GET /items/count``."""


class TreeReader:
    """
    Walks the tree once; ``drafts`` are its result, in the document's order.

    Args:
        view: The operations and their schemas.
    """

    def __init__(self, view: ContractView) -> None:
        self.view = view
        self.drafts: list[Draft] = []
        self.searches: dict[str, Operation] = {}

    def read(self, root: Node) -> None:
        """Find every resource below the root."""
        self._below(root, None, None)

    def _below(self, node: Node, owner: Draft | None, container: Draft | None) -> None:
        for child in node.children.values():
            if child.variable:
                self._variable(child, owner, container)
            else:
                self._fixed(child, owner, container)

    def _variable(self, node: Node, owner: Draft | None, container: Draft | None) -> None:
        """A parameter that was not read with the word before it as an item."""
        if node.methods and owner is not None and _continues(node, owner):
            owner.actions += node.methods.values()
        elif node.methods:
            draft = self._draft(node.parent or node, container)
            if self._lists(node, item=True):
                draft.collection = node
                self._collect(draft, node)
            else:
                self._itemise(draft, node)
            owner, container = draft, draft if draft.item else container
        self._below(node, owner, container)

    def _fixed(self, node: Node, owner: Draft | None, container: Draft | None) -> None:
        items = _items(node, self)
        if self._looks_for_something(node, owner) or self._only_does(node, owner, items):
            return
        if owner is None and not items and _is_no_thing(node.text):
            self._below(node, None, None)
        elif items or self._is_collection(node, owner):
            self._collection(node, items, container)
        elif node.methods:
            self._leaf(node, owner, container)
        else:
            self._below(node, owner, container)

    def _looks_for_something(self, node: Node, owner: Draft | None) -> bool:
        """``/orders/search``, or ``/search/orders``."""
        if (words(node.text) or ("",))[0] not in SEARCHES:
            return False
        for operation in node.methods.values():
            if owner is not None and operation.method in ("GET", "POST"):
                owner.take("search", operation)
        if owner is None:
            for child in node.fixed:
                found = child.methods.get("GET") or child.methods.get("POST")
                if found:
                    self.searches[stem(child.text)] = found
        return bool(node.methods) or owner is None

    def _only_does(self, node: Node, owner: Draft | None, items: list[Node]) -> bool:
        """A word that says what to do makes actions of everything under it."""
        if not is_verb(node.text):
            return False
        inner = {m for item in items for m in item.methods}
        plain = not items and self._is_action(node, owner)
        if not plain and (node.methods or len(inner) != 1 or not inner <= {"GET", "POST"}):
            return False
        reads = "GET" in node.methods
        for below in [node] if reads else node.walk():
            if owner is not None:
                owner.actions += below.methods.values()
        if reads:
            self._below(node, owner, owner)
        return True

    def _is_collection(self, node: Node, owner: Draft | None) -> bool:
        methods = set(node.methods)
        if "GET" in methods:
            return self._lists(node, item=False)
        if methods == {"POST"} and not is_verb(node.text):
            return self._makes_things(node, owner)
        return "POST" in methods and is_plural(node.text)

    def _makes_things(self, node: Node, owner: Draft | None) -> bool:
        post = node.methods["POST"]
        beside = owner is not None and owner.collection is node.parent
        if is_query(post):
            return owner is None
        if beside or not is_plural(node.text):
            return is_creation(post)
        made = any(spec.status == "201" for spec in post.responses)
        return owner is None or made or not returns_nothing(post)

    def _lists(self, node: Node, *, item: bool) -> bool:
        return is_list(self.view, node.methods.get("GET"), node, item=item)

    def _collection(self, node: Node, items: list[Node], container: Draft | None) -> None:
        draft = self._draft(node, container)
        if node.methods:
            draft.collection = node
            self._collect(draft, node)
        for order, item in enumerate(items):
            own = draft if order == 0 else self._draft(node, container)
            self._itemise(own, item)
            self._below(item, own, own)
        for child in node.fixed:
            self._fixed(child, draft, container)
        for variable in node.variables:
            if variable not in items:
                self._past(variable, items, container)

    def _past(self, node: Node, items: list[Node], container: Draft | None) -> None:
        """Go below a parameter that is only a part of a longer item path."""
        if node.methods:
            self._variable(node, None, container)
            return
        for child in node.children.values():
            if child in items:
                continue
            if child.variable:
                self._past(child, items, container)
            else:
                self._fixed(child, None, container)

    def _leaf(self, node: Node, owner: Draft | None, container: Draft | None) -> None:
        """A word that is neither a collection nor a verb: one thing, or an action."""
        if self._is_action(node, owner):
            if owner is not None:
                owner.actions += node.methods.values()
            self._below(node, owner, container)
            return
        draft = self._draft(node, container)
        draft.item, draft.single = node, True
        self._single(draft, node)
        self._below(node, draft, draft)

    def _is_action(self, node: Node, owner: Draft | None) -> bool:
        methods = set(node.methods)
        get = node.methods.get("GET")
        first = (words(node.text) or ("",))[0]
        if get is not None:
            if methods == {"GET"} and returns_other(get):
                return True
            silent = returns_nothing(get) and is_verb(node.text)
            return silent or first in READING
        if "POST" in methods and len(methods) > 1 and not is_verb(node.text):
            return False
        return owner is not None or methods == {"POST"}

    def _collect(self, draft: Draft, node: Node) -> None:
        """Roles of the operations on a collection."""
        post, put = node.methods.get("POST"), node.methods.get("PUT")
        creating = post
        if put and is_creation(put) and (post is None or "update" in post.summary.lower()):
            creating = put if put.summary.lower().startswith("create") else creating
        for method, operation in node.methods.items():
            role = "action"
            if method == "GET":
                role = "list"
            elif operation is creating:
                role = "search" if is_query(operation) else "create"
            draft.take(role, operation)

    def _itemise(self, draft: Draft, node: Node) -> None:
        """Roles of the operations on an item."""
        draft.item = node
        roles = {"GET": "read", "PATCH": "update", "PUT": "replace", "DELETE": "delete"}
        for method, operation in node.methods.items():
            if method in roles:
                draft.take(roles[method], operation)
        maker = self._maker(draft, node)
        if maker is not None:
            # A PUT that creates replaces, too.
            draft.roles["create"] = maker
        post = node.methods.get("POST")
        if post is not None and post is not maker:
            draft.take("action" if "update" in draft.roles else "update", post)

    def _maker(self, draft: Draft, node: Node) -> Operation | None:
        """The operation on an item that creates it, where there is one and no better."""
        post, put = node.methods.get("POST"), node.methods.get("PUT")
        if post and is_creation(post) and "read" in draft.roles and "update" in draft.roles:
            others = draft.roles.get("create")
            if others is not None and not (put and is_creation(put)):
                draft.actions.append(others)
                return post
        if "create" in draft.roles:
            return None
        candidates = [o for o in (put, post) if o and is_creation(o)]
        candidates.sort(key=lambda o: not o.summary.lower().startswith(("create", "add")))
        if candidates:
            return candidates[0]
        return (put or post) if "GET" not in node.methods and "DELETE" in node.methods else None

    def _single(self, draft: Draft, node: Node) -> None:
        roles = {"GET": "read", "PATCH": "update", "PUT": "replace", "DELETE": "delete"}
        for method, operation in node.methods.items():
            if method in roles:
                draft.take(roles[method], operation)
        post = node.methods.get("POST")
        if post is None:
            return
        if is_creation(post) or "read" not in draft.roles:
            draft.take("create", post)
        else:
            changes = {"update", "replace"} & set(draft.roles)
            draft.take("action" if changes else "update", post)

    def _draft(self, node: Node, container: Draft | None) -> Draft:
        named = node
        while named.variable and named.parent is not None:
            named = named.parent
        draft = Draft(text=named.text, container=container)
        self.drafts.append(draft)
        return draft


def _is_no_thing(segment: str) -> bool:
    """About the service itself, or a call by name: ``chat.postMessage``."""
    return is_infrastructure(segment) or "." in segment


def _continues(node: Node, owner: Draft) -> bool:
    """Whether only parameters stand between an item and this: ``/gists/{id}/{sha}``."""
    above = node.parent
    while above is not None and above.variable and above is not owner.item:
        above = above.parent
    return above is not None and above is owner.item and above.variable


def _items(node: Node, reader: TreeReader) -> list[Node]:
    """The item nodes of a collection: ``{id}``, or the last of ``{owner}/{repo}``."""
    found = []
    for child in node.variables:
        if child.methods:
            if not reader._lists(child, item=True):
                found.append(child)
        else:
            found += _items(child, reader)
    return found
