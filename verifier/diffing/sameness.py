"""Which parts of two documents are the same letter by letter, so that nobody need look at them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import orjson

from verifier.model import Contract, Document, Operation, Pointer, UnresolvedReference

__all__ = ["Sameness", "as_written"]

REFERENCE = re.compile(rb'"\$(?:dynamicR|r)ef":"([^"\\]*)"')
STARTS = (b'"$ref":"', b'"$dynamicRef":"')


class Sameness:
    """
    Knows, for two documents, the places under which nothing changed, references followed.

    Most of a large document is the same in its next edition. Comparing bytes costs a thousandth
    of comparing meanings, so that this decides how long a comparison takes.
    """

    def __init__(self, old: Contract, new: Contract) -> None:
        self.old = old.document
        self.new = new.document
        self._targets: dict[Pointer, frozenset[Pointer] | None] = {}
        self._changed: set[Pointer] = set()
        self._alike: dict[tuple[int, int], tuple[Any, Any, bool]] = {}
        self._explore(operation.at for operation in (*new.operations, *new.webhooks))

    def operation(self, old: Operation, new: Operation) -> bool:
        """Whether two operations are the same, with everything that they refer to."""
        if old.at != new.at or old.key != new.key or old.security != new.security:
            return False
        inherited = [p.at for p in new.parameters] + [p.at for p in old.parameters]
        return self.place(new.at) and all(self.place(at) for at in inherited)

    def place(self, at: Pointer) -> bool:
        """Whether both documents hold the same at one address."""
        if at not in self._targets:
            self._explore((at,))
        return at not in self._changed

    def nodes(self, old: Any, old_file: str, new: Any, new_file: str) -> bool:
        """Whether two nodes are the same, with everything that they refer to."""
        if old_file != new_file or type(old) is not type(new):
            return False
        if not isinstance(new, (dict, list)):
            return bool(old == new)
        key = (id(old), id(new))
        known = self._alike.get(key)
        if known is None:
            # The nodes are kept so that their ids are given to no others.
            known = self._alike[key] = (old, new, self._read_alike(old, new, new_file))
        return known[2]

    def _read_alike(self, old: Any, new: Any, new_file: str) -> bool:
        if old != new:  # what differs is mostly found at once
            return False
        written = as_written(new)
        if written is None or as_written(old) != written:
            return False
        if b'"$' not in written:
            return True
        found = self._references(written, Pointer(new_file))
        return found is not None and all(self.place(at) for at in found)

    def _explore(self, places: Iterable[Pointer]) -> None:
        """Follow references from some places, and mark what changed and all that leads there."""
        waiting = list(places)
        users: dict[Pointer, list[Pointer]] = {}
        changed: list[Pointer] = []
        while waiting:
            at = waiting.pop()
            if at in self._targets:
                continue
            self._targets[at] = found = self._look(at)
            if found is None:
                changed.append(at)
            for target in found or ():
                users.setdefault(target, []).append(at)
                waiting.append(target)
                if target in self._changed:
                    changed.append(at)
        while changed:
            at = changed.pop()
            self._changed.add(at)
            changed.extend(user for user in users.get(at, ()) if user not in self._changed)

    def _look(self, at: Pointer) -> frozenset[Pointer] | None:
        """What the node at an address refers to; None where it differs or cannot be read."""
        try:
            old, new = as_written(self.old.at(at)), as_written(self.new.at(at))
        except UnresolvedReference:
            return None
        if new is None or old != new:
            return None
        return self._references(new, at)

    def _references(self, written: bytes, at: Pointer) -> frozenset[Pointer] | None:
        """What some bytes refer to; None where a reference is written with escapes."""
        found = REFERENCE.findall(written)
        if len(found) != sum(written.count(start) for start in STARTS):
            return None
        targets = (_target(self.new, reference.decode(), at) for reference in set(found))
        return frozenset(target for target in targets if target is not None)


def _target(document: Document, reference: str, at: Pointer) -> Pointer | None:
    try:
        return document.target(reference, at)
    except UnresolvedReference:
        return None


def as_written(node: Any) -> bytes | None:
    """A node as it is written; None where it is nested too deeply to be."""
    try:
        return orjson.dumps(node, option=orjson.OPT_NON_STR_KEYS)
    except (TypeError, orjson.JSONEncodeError):
        return None
