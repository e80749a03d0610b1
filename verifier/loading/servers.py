"""The addresses that a document names; nothing is ever sent there by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from verifier.loading.reader import Reader, plain_list
from verifier.model import Pointer

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
                found += [_address(s) for s in plain_list(holder["servers"])]
    return tuple(dict.fromkeys(url for url in found if url))


def _servers(reader: Reader, root: Mapping[str, Any], at: Pointer) -> Iterator[str]:
    for index, value in enumerate(reader.items(root, "servers", at)):
        reader.mapping(value, at / "servers" / index, "server")
        yield _address(value)


def _address(server: Any) -> str:
    url = server.get("url") if isinstance(server, Mapping) else None
    if not isinstance(url, str):
        return ""
    variables = server.get("variables")
    for name, value in variables.items() if isinstance(variables, Mapping) else ():
        default = value.get("default") if isinstance(value, Mapping) else None
        if isinstance(default, (str, int, float)):
            url = url.replace(f"{{{name}}}", str(default))
    return url
