"""Security schemes, and what each operation asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.loading.reader import Reader, plain_list, plain_text
from verifier.model import Pointer, SecurityNeed, SecurityScheme

__all__ = ["read_needs", "read_schemes"]


def read_schemes(reader: Reader) -> dict[str, SecurityScheme]:
    """Name to scheme, for everything under ``components/securitySchemes``."""
    components = reader.members(reader.document.root, "components", Pointer())
    at = Pointer() / "components" / "securitySchemes"
    found = {}
    for name, value in reader.members(components, "securitySchemes", at).items():
        node, where = reader.mapping(value, at / name, f"security scheme '{name}'")
        if node:
            found[name] = _scheme(reader, name, node, where)
    return found


def _scheme(reader: Reader, name: str, node: Mapping[str, Any], at: Pointer) -> SecurityScheme:
    scopes: dict[str, str] = {}
    urls: dict[str, str] = {}
    consents: dict[str, str] = {}
    for flow, value in reader.members(node, "flows", at).items():
        if flow.startswith("x-"):
            continue
        inner, where = reader.mapping(value, at / "flows" / flow, f"flow '{flow}'")
        scopes |= {k: plain_text(v) for k, v in reader.members(inner, "scopes", where).items()}
        if isinstance(inner.get("tokenUrl"), str):
            urls[flow] = inner["tokenUrl"]
        if isinstance(inner.get("authorizationUrl"), str):
            consents[flow] = inner["authorizationUrl"]
    return SecurityScheme(
        name=name,
        type=plain_text(node.get("type")),
        at=at,
        location=plain_text(node.get("in")),
        parameter=plain_text(node.get("name")),
        http_scheme=plain_text(node.get("scheme")).lower(),
        scopes=scopes,
        token_urls=urls,
        authorization_urls=consents,
    )


def read_needs(
    reader: Reader, definition: Mapping[str, Any], at: Pointer
) -> tuple[SecurityNeed, ...]:
    """The alternatives of an operation: its own, else the document's."""
    if definition.get("security") is None:
        at = Pointer() / "security"
        if at not in reader.needs:
            root = reader.document.root
            reader.needs[at] = _needs(reader, reader.items(root, "security", Pointer()), at)
        shared: tuple[SecurityNeed, ...] = reader.needs[at]
        return shared
    return _needs(reader, reader.items(definition, "security", at), at / "security")


def _needs(reader: Reader, needs: list[Any], at: Pointer) -> tuple[SecurityNeed, ...]:
    found = []
    for index, value in enumerate(needs):
        need, where = reader.mapping(value, at / index, "a security requirement")
        if isinstance(value, Mapping):
            found.append(_need(reader, need, where))
    return tuple(found)


def _need(reader: Reader, need: Mapping[str, Any], at: Pointer) -> SecurityNeed:
    for name in need:
        # From 3.2 on a name may also be the address of a scheme (OpenAPI 3.2, 4.30).
        if not _declared(reader, name) and not ("/" in name and reader.document.dialect == "3.2"):
            mark = Pointer() / "components" / "securitySchemes" / name
            if mark in reader.needs:
                continue
            reader.needs[mark] = None
            reader.problem(
                f"security asks for '{name}', and there is no such scheme",
                at,
                "Declare it under components/securitySchemes, or correct the name.",
            )
    return SecurityNeed(
        schemes={
            name: tuple(scope for scope in plain_list(scopes) if isinstance(scope, str))
            for name, scopes in need.items()
        }
    )


def _declared(reader: Reader, name: str) -> bool:
    components = reader.document.root.get("components")
    schemes = components.get("securitySchemes") if isinstance(components, Mapping) else None
    return isinstance(schemes, Mapping) and name in schemes
