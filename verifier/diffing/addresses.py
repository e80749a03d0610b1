"""Where calls go: the addresses of a document, and those of single paths and operations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from verifier.model import (
    Contract,
    Document,
    Operation,
    Pointer,
    UnresolvedReference,
    server_address,
)

__all__ = ["Addresses", "Named"]

AT = Pointer() / "servers"


class Named(Struct, frozen=True):
    """
    The addresses that are named at one place.

    Args:
        at: Where they stand; the document's own place where none are named.
        urls: Without a slash at their ends; none is the root of where the document lies
            (OpenAPI 3.1.1, 4.8.1).
        silent: Whether none are named.
    """

    at: Pointer
    urls: tuple[str, ...]
    silent: bool = False

    def place(self, url: str) -> Pointer | None:
        """Where an address stands; None where it is not among them."""
        return self.at / self.urls.index(url) if url in self.urls and not self.silent else None


class Addresses:
    """The addresses of one document, of all of it and of the operations that have their own."""

    def __init__(self, contract: Contract) -> None:
        self._document: Document = contract.document
        self.root = _named(contract.document.root, AT) or Named(AT, ("/",), silent=True)
        self.scattered = any(_scattered(contract.document.root))

    def of(self, operation: Operation) -> Named:
        """Where an operation is: its own addresses, else its path's, else the document's."""
        if not self.scattered:
            return self.root
        path, _, _ = operation.at.path.rpartition("/")
        for at in (operation.at, Pointer(operation.at.file, path)):
            try:
                found = _named(self._document.at(at), at / "servers")
            except UnresolvedReference:
                continue
            if found is not None:
                return found
        return self.root


def _named(holder: Any, at: Pointer) -> Named | None:
    """What one holder names; None where it leaves that to what is around it."""
    servers = holder.get("servers") if isinstance(holder, Mapping) else None
    if not isinstance(servers, list) or not servers:
        return None
    return Named(at, tuple(server_address(server).rstrip("/") or "/" for server in servers))


def _scattered(root: Mapping[str, Any]) -> Iterator[bool]:
    """Whether any path or operation names addresses of its own."""
    paths = root.get("paths")
    for item in paths.values() if isinstance(paths, Mapping) else ():
        if isinstance(item, Mapping):
            yield "servers" in item or "$ref" in item
            yield any("servers" in inner for inner in item.values() if isinstance(inner, dict))
