"""Which parts of two documents say the same, so that nobody need look at what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

from verifier.model import (
    Contract,
    Document,
    Operation,
    Pointer,
    UnresolvedReference,
    escape,
)

__all__ = ["PROSE", "Sameness", "as_written"]

REFERENCE = re.compile(rb'"\$(?:dynamicR|r)ef":"([^"\\]*)"')
STARTS = (b'"$ref":"', b'"$dynamicRef":"')
EXAMPLE = re.compile(r"/components/examples/[^/]*")
PROSE = frozenset({"title", "description", "summary", "example", "examples", "externalDocs"})
"""What is told to people only; of an operation's own words the family of its lifecycle asks."""

# Members of these have names of the author's choice: one may be called 'description'.
NAMED = frozenset(
    {"properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies"}
    | {"responses", "content", "headers", "encoding", "callbacks", "links", "schemas"}
)
TOLD = ("summary", "description")
DEEPEST = 100
EXACT = frozenset({str, int, bool, type(None)})  # values of these are equal only where the same


class Sameness:
    """
    Knows, for two documents, the places under which nothing changed, references followed.

    Most of a large document is the same in its next edition, and of the rest most is told to
    people only. Seeing that costs a thousandth of comparing meanings, so that this decides how
    long a comparison takes.

    Args:
        prose: Whether what is told to people counts.
    """

    def __init__(self, old: Contract, new: Contract, *, prose: bool = False) -> None:
        self.old = old.document
        self.new = new.document
        self._unread: frozenset[str] = frozenset() if prose else PROSE
        self._targets: dict[Pointer, frozenset[Pointer] | None] = {}
        self._changed: set[Pointer] = set()
        self._alike: dict[tuple[int, int], tuple[Any, Any, bool]] = {}
        self._leading: dict[tuple[str, bytes], bool] = {}
        self._same_credentials: bool | None = None
        self._explore(operation.at for operation in (*new.operations, *new.webhooks))

    def differing(self, old: Operation, new: Operation) -> frozenset[str] | None:
        """
        Members of an operation's definition in which two of them differ, references followed.

        Returns:
            Their names, ``security`` where it is inherited as well and ``x-`` for any extension;
            None where anything may differ, for they stand at unlike places.
        """
        if old.at != new.at or old.key != new.key:
            return None
        before, after = _mapping(self.old, old.at), _mapping(self.new, new.at)
        # Where the whole is the same, all but its own words is.
        names = TOLD if self.place(new.at) else before.keys() | after.keys()
        found = {
            "x-" if name[:2] == "x-" else name
            for name in names
            if not self._member(name, before.get(name), after.get(name), new.at.file)
        }
        if not self._shared_alike(old, new):
            found.add("parameters")
        if "security" not in found and not self._secured_alike(old, new):
            found.add("security")
        return frozenset(found)

    def _shared_alike(self, old: Operation, new: Operation) -> bool:
        """Whether their paths say the same of parameters."""
        above = f"/{escape(new.path)}/{new.method.lower()}"
        if new.at.path.endswith(above):
            item = Pointer(new.at.file, new.at.path[: new.at.path.rindex("/")])
            before, after = _mapping(self.old, item), _mapping(self.new, item)
            shared = before.get("parameters"), after.get("parameters")
            return self._member("parameters", *shared, item.file)
        # An operation that is itself behind a reference does not tell where its path is.
        places = [p.at for p in old.parameters]
        return places == [p.at for p in new.parameters] and all(map(self.place, places))

    def _secured_alike(self, old: Operation, new: Operation) -> bool:
        """Whether two operations that name the same credentials, or none, ask for the same."""
        if self._same_credentials is None:
            before, after = self.old.root.get("security"), self.new.root.get("security")
            self._same_credentials = _equal(before, after)
        return self._same_credentials or old.security == new.security

    def _member(self, name: str, old: Any, new: Any, file: str) -> bool:
        if name in PROSE or _is_data(name):
            return _equal(old, new)
        return self._looked_at(old, new, (file, file), named=name in NAMED)

    def place(self, at: Pointer) -> bool:
        """Whether both documents hold the same at one address."""
        if at not in self._targets:
            self._explore((at,))
        return at not in self._changed

    def nodes(self, old: Any, old_file: str, new: Any, new_file: str) -> bool:
        """Whether two nodes are the same, with everything that they refer to."""
        return self._looked_at(old, new, (old_file, new_file), named=False)

    def touched(
        self, old: Mapping[str, Any], old_file: str, new: Mapping[str, Any], new_file: str
    ) -> Iterator[str]:
        """Names that both hold, of what is not the same in both: of most members few."""
        for name, mine in old.items():
            if name not in new:
                continue
            yours, written = new[name], as_written(mine)
            if written is not None and old_file == new_file and written == as_written(yours):
                alike = self._lead_alike(written, new_file)
            else:
                alike = self.nodes(mine, old_file, yours, new_file)
            if not alike:
                yield name

    def _looked_at(self, old: Any, new: Any, files: tuple[str, str], *, named: bool) -> bool:
        if files[0] != files[1] or type(old) is not type(new):
            return False
        if not isinstance(new, (dict, list)):
            return bool(old == new)
        key = (id(old), id(new))
        known = self._alike.get(key)
        if known is None:
            found = self._read_alike(old, new, files[1], named=named)
            # The nodes are kept so that their ids are given to no others.
            known = self._alike[key] = (old, new, found)
        return known[2]

    def _read_alike(self, old: Any, new: Any, file: str, *, named: bool) -> bool:
        written = as_written(new)
        if written is None:
            return False
        if as_written(old) != written and not self._says_the_same(old, new, written, named=named):
            return False
        return self._lead_alike(written, file)

    def _lead_alike(self, written: bytes, file: str) -> bool:
        """Whether all that the bytes of a node refer to is the same in both documents."""
        if b'"$' not in written:
            return True
        # Much is nothing but a reference to one of a few schemas.
        key = (file, written)
        if key not in self._leading:
            found = self._references(written, Pointer(file))
            self._leading[key] = found is not None and all(self.place(at) for at in found)
        return self._leading[key]

    def _says_the_same(self, old: Any, new: Any, written: bytes, *, named: bool = False) -> bool:
        """Whether two nodes are the same themselves, wherever their references lead."""
        if old == new:
            # True equals 1, but is not the same.
            return as_written(old) == written or _sorted(old) == _sorted(new)
        return bool(self._unread) and self._but_for_prose(old, new, 0, named=named)

    def _but_for_prose(self, old: Any, new: Any, depth: int, *, named: bool) -> bool:
        """Whether two nodes that are not equal are, once what is told to people is left out."""
        if type(old) is not type(new) or depth > DEEPEST:
            return False
        if isinstance(old, list):
            return len(old) == len(new) and all(
                self._inside(mine, yours, depth, named=False)
                for mine, yours in zip(old, new, strict=True)
            )
        if not isinstance(old, dict):
            return False
        unread = frozenset[str]() if named else self._unread
        for name in old.keys() ^ new.keys():
            if name not in unread:
                return False
        return all(
            name in unread
            or name not in new
            or (
                self._inside(value, new[name], depth, named=not named and name in NAMED)
                if named or not _is_data(name)
                else _equal(value, new[name])
            )
            for name, value in old.items()
        )

    def _inside(self, old: Any, new: Any, depth: int, *, named: bool) -> bool:
        return _equal(old, new) or self._but_for_prose(old, new, depth + 1, named=named)

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
            old, new = self.old.at(at), self.new.at(at)
        except UnresolvedReference:
            return None
        written = as_written(new)
        if written is None or not self._says_the_same(old, new, written):
            return None
        return self._references(written, at)

    def _references(self, written: bytes, at: Pointer) -> frozenset[Pointer] | None:
        """What some bytes refer to; None where a reference is written with escapes."""
        found = REFERENCE.findall(written)
        if len(found) != sum(written.count(start) for start in STARTS):
            return None
        targets = (_target(self.new, reference.decode(), at) for reference in set(found))
        return frozenset(
            target
            for target in targets
            if target is not None and not (self._unread and EXAMPLE.fullmatch(target.path))
        )


def _mapping(document: Document, at: Pointer) -> Mapping[str, Any]:
    try:
        node = document.at(at)
    except UnresolvedReference:
        return {}
    return node if isinstance(node, Mapping) else {}


def _is_data(name: str) -> bool:
    """Whether what stands there is a value, of which every word counts."""
    return name in ("default", "const", "enum", "mapping") or name[:2] == "x-"


def _equal(old: Any, new: Any) -> bool:
    """Whether two values are the same to the letter, in any order of keys."""
    if old != new:
        return False
    if old.__class__ is new.__class__ and old.__class__ in EXACT:
        return True
    written = as_written(old)
    return written is not None and (written == as_written(new) or _sorted(old) == _sorted(new))


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


def _sorted(node: Any) -> bytes | object:
    """The same with its keys in order; like nothing else where it cannot be written."""
    try:
        return orjson.dumps(node, option=orjson.OPT_NON_STR_KEYS | orjson.OPT_SORT_KEYS)
    except (TypeError, orjson.JSONEncodeError):
        return object()
