"""The addresses that a document names; nothing is ever sent there by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from verifier.loading.reader import Reader, plain_list
from verifier.model import Pointer, server_address

__all__ = ["read_servers"]


def read_servers(reader: Reader) -> tuple[str, ...]:
    """Every address once, the document's first, variables filled by their defaults."""
    root = reader.document.root
    found = [*_servers(reader, root, Pointer())]
    paths = root.get("paths")
    for item in paths.values() if isinstance(paths, Mapping) else ():
        if not isinstance(item, Mapping):
            continue
        for holder in (item, *item.values()):
            if isinstance(holder, Mapping) and "servers" in holder:
                found += [server_address(s) for s in plain_list(holder["servers"])]
    return tuple(dict.fromkeys(url for url in found if url))


def _servers(reader: Reader, root: Mapping[str, Any], at: Pointer) -> Iterator[str]:
    for index, value in enumerate(reader.items(root, "servers", at)):
        reader.mapping(value, at / "servers" / index, "server")
        yield server_address(value)
