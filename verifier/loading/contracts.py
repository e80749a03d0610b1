"""A parsed document understood: operations, schemes, resources, conventions, problems."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson

from verifier.loading.operations import read_operations
from verifier.model import (
    Contract,
    Document,
    Place,
    Pointer,
    Problem,
    SecurityScheme,
    Source,
    UnresolvedReference,
)

__all__ = ["from_mapping", "understand"]


def from_mapping(document: Mapping[str, Any], *, location: str = "document") -> Contract:
    """
    A contract from a document that is already data (a program's, or a specimen's).

    Args:
        location: What messages call it.
    """
    raw = orjson.dumps(document, option=orjson.OPT_NON_STR_KEYS)
    return understand(
        Document(
            source=Source(
                location=location,
                digest=hashlib.sha256(raw).hexdigest(),
                size_bytes=len(raw),
                format="json",
            ),
            root=orjson.loads(raw),
            dialect=".".join(str(document.get("openapi", "3.1")).split(".")[:2]),
            read=_no_further_files,
            find=lambda at: Place(file=at.file or location, pointer=at.path),
        )
    )


def understand(document: Document) -> Contract:
    """Everything that the document says, as nouns."""
    problems: list[Problem] = []
    info = document.root.get("info")
    info = info if isinstance(info, Mapping) else {}
    return Contract(
        title=str(info.get("title") or document.source.location),
        version=str(info.get("version") or ""),
        openapi=str(document.root.get("openapi") or ""),
        document=document,
        operations=read_operations(document, problems.append),
        schemes=_schemes(document),
        servers=tuple(
            str(server.get("url"))
            for server in document.root.get("servers") or ()
            if isinstance(server, Mapping)
        ),
        problems=tuple(problems),
    )


def _schemes(document: Document) -> dict[str, SecurityScheme]:
    at = Pointer() / "components" / "securitySchemes"
    try:
        found = document.at(at)
    except UnresolvedReference:
        return {}
    schemes = {}
    for name, value in found.items():
        node, where = document.resolve(value, at / name)
        flows = node.get("flows") or {}
        schemes[name] = SecurityScheme(
            name=name,
            type=str(node.get("type", "")),
            at=where,
            location=str(node.get("in", "")),
            parameter=str(node.get("name", "")),
            http_scheme=str(node.get("scheme", "")).lower(),
            scopes={k: str(v) for f in flows.values() for k, v in (f.get("scopes") or {}).items()},
            token_urls={k: str(f["tokenUrl"]) for k, f in flows.items() if "tokenUrl" in f},
        )
    return schemes


def _no_further_files(file: str) -> Any:
    raise UnresolvedReference(f"{file} is another file, and this document stands alone")
