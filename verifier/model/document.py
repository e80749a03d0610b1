"""A document as data: parsed, never dereferenced as a whole, every node addressable."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urljoin

from msgspec import Struct

from verifier.model.deferral import Read, field_of
from verifier.model.place import Place, Pointer, unescape

__all__ = ["Document", "Node", "Schema", "Source", "UnresolvedReference", "join_reference"]

LONGEST_REFERENCE_CHAIN = 64
DEEPEST_COMPOSITION = 16


class UnresolvedReference(LookupError):  # noqa: N818
    """A ``$ref`` leads nowhere, outside what is allowed, or round in a circle."""


class Node(NamedTuple):
    """A value of the document and its address (after references were followed)."""

    value: Any
    at: Pointer


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """
    Where a document came from.

    Args:
        location: Path or URL as the user gave it.
        digest: SHA-256 of the entry document's bytes, in hexadecimal.
        size_bytes: Of the entry document.
        format: ``json`` or ``yaml``.
    """

    location: str
    digest: str
    size_bytes: int
    format: str
    _read: Read | None = dataclasses.field(default=None, init=False, repr=False, compare=False)

    if not TYPE_CHECKING:
        __getattr__ = field_of


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True, eq=False, weakref_slot=True)
class Document:
    """
    A parsed document with its further files.

    Args:
        root: The entry document in OpenAPI 3 shape (Swagger 2 is converted when loaded).
        dialect: ``"2.0"``, ``"3.0"``, ``"3.1"`` or ``"3.2"``: the *author's* version. A converted
            Swagger 2 document obeys 3.0's schema rules.
        read: Hands back the parsed root of a further file (path relative to the entry document's
            folder); raises UnresolvedReference with the reason where it may or can not.
        find: Leads a pointer back to the author's file, line and column.
    """

    source: Source
    root: Mapping[str, Any]
    dialect: str
    read: Callable[[str], Any]
    find: Callable[[Pointer], Place]
    # Members by schema: what is judged by one is judged by it again and again.
    _members: dict[tuple[int, Pointer], tuple[Any, Mapping[str, Schema]]] = dataclasses.field(
        default_factory=dict, init=False, repr=False
    )

    def place(self, at: Pointer) -> Place:
        """Where a person finds this node."""
        return self.find(at)

    def at(self, pointer: Pointer) -> Any:
        """The value at an address; UnresolvedReference where there is none."""
        if pointer.path and not pointer.path.startswith("/"):
            raise UnresolvedReference(f"'{pointer.path}' is no JSON pointer")
        value: Any = self.root if not pointer.file else self.read(pointer.file)
        for token in pointer.path.split("/")[1:]:
            name = unescape(token)
            try:
                value = value[_index(name)] if isinstance(value, list) else value[name]
            except (KeyError, IndexError, ValueError, TypeError):
                raise UnresolvedReference(f"nothing stands at {pointer}") from None
        return value

    def resolve(self, value: Any, at: Pointer) -> Node:
        """
        Follow ``$ref`` until a node without one; anything else is handed back as it is.

        Raises:
            UnresolvedReference: It leads nowhere, is not allowed, or goes round in a circle.
        """
        steps = 0
        # A dict is known by its type at once; any other mapping takes a look that costs more.
        while isinstance(value, (dict, Mapping)) and isinstance(value.get("$ref"), str):
            steps += 1
            if steps > LONGEST_REFERENCE_CHAIN:
                raise UnresolvedReference(f"the reference at {at} goes round in a circle")
            at = self.target(value["$ref"], at)
            value = self.at(at)
        return Node(value, at)

    def target(self, reference: str, base: Pointer) -> Pointer:
        """The address that a reference written in ``base.file`` means."""
        file, _, fragment = reference.partition("#")
        path = unquote(fragment)
        if not file:
            return Pointer(base.file, path)
        return Pointer(join_reference(base.file, file), path)


def _index(written: str) -> int:
    """The index of an item; ``-1`` and ``01`` are none (RFC 6901, 4)."""
    decimal = written.isascii() and written.isdecimal()
    if not decimal or str(int(written)) != written:
        raise ValueError(written)
    return int(written)


def join_reference(base: str, reference: str) -> str:
    """
    The name of the file that a reference written in ``base`` means.

    Args:
        base: Name of the file that holds the reference; ``""`` is the entry document.
        reference: As written, without its fragment.

    Returns:
        A path relative to the entry document's folder (it may start with ``..``: whoever reads
        files decides whether that is allowed), an absolute path, or a web address.
    """
    if "://" in reference:
        return reference
    if "://" in base:
        return urljoin(base, reference)
    reference = unquote(reference)
    if reference.startswith("/"):
        return reference
    parts = base.split("/")[:-1]
    for part in reference.split("/"):
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


class Schema(Struct, frozen=True, kw_only=True, eq=False):
    """A JSON Schema inside a document, held by address and looked at only when used."""

    document: Document
    node: Any
    at: Pointer

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Schema) and self.at == other.at

    def __hash__(self) -> int:
        return hash(self.at)

    def __repr__(self) -> str:
        return f"Schema(at={self.at!r})"

    def resolved(self) -> Node:
        """The schema itself, references followed."""
        return self.document.resolve(self.node, self.at)

    def members(self) -> Mapping[str, Schema]:
        """
        The properties of an object schema, those of its ``allOf`` parts included.

        Each is held with its references followed; one that cannot be followed is left out.
        """
        held, key = self.document._members, (id(self.node), self.at)
        if key not in held:
            found: dict[str, Schema] = {}
            self._collect(found, set(), depth=0)
            # The node is kept beside them: no other will have its number.
            held[key] = self.node, found
        return held[key][1]

    def _collect(self, found: dict[str, Schema], met: set[Pointer], depth: int) -> None:
        try:
            node, at = self.resolved()
        except UnresolvedReference:
            return
        if not isinstance(node, Mapping) or depth > DEEPEST_COMPOSITION or at in met:
            return
        met.add(at)
        for index, part in enumerate(_list(node.get("allOf"))):
            inner = Schema(document=self.document, node=part, at=at / "allOf" / index)
            inner._collect(found, met, depth + 1)
        properties = node.get("properties")
        for name, value in properties.items() if isinstance(properties, Mapping) else ():
            try:
                inside, where = self.document.resolve(value, at / "properties" / name)
            except UnresolvedReference:
                continue
            found[str(name)] = Schema(document=self.document, node=inside, at=where)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
