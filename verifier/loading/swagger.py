"""Swagger 2 in OpenAPI 3.0 shape, every node leading back to what its author wrote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.loading.changed import Changed
from verifier.loading.files import Files
from verifier.loading.origins import Origins
from verifier.loading.swagger_parts import Parts, members
from verifier.model import Document, Place, Pointer, Source, UnresolvedReference

__all__ = ["convert"]

METHODS = ("get", "put", "post", "delete", "options", "head", "patch")
REPLACED = frozenset(
    {
        "swagger",
        "host",
        "basePath",
        "schemes",
        "consumes",
        "produces",
        "paths",
        "definitions",
        "parameters",
        "responses",
        "securityDefinitions",
    }
)
FLOWS = {
    "implicit": "implicit",
    "password": "password",
    "application": "clientCredentials",
    "accessCode": "authorizationCode",
}


def convert(files: Files, before: Changed) -> Changed:
    """
    The same API as OpenAPI 3.0.

    What is not as Swagger 2 wants it is handed on as it is, so that whoever reads the operations
    reports it at its place.

    Args:
        before: The Swagger 2 document, overlays applied.
    """
    origins = Origins(before.origins.sheet)
    document = Document(
        source=Source(location=files.shelf.location, digest="", size_bytes=0, format=""),
        root=before.root,
        dialect="2.0",
        read=files.read,
        find=lambda at: Place(file=at.file, pointer=at.path),
    )
    root = _Converter(Parts(document, files, origins)).root()
    return Changed(root=root, origins=origins, before=before)


class _Converter:
    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.old: Mapping[str, Any] = parts.document.root

    def root(self) -> dict[str, Any]:
        kept = {name: value for name, value in self.old.items() if name not in REPLACED}
        new: dict[str, Any] = {"openapi": "3.0.3", **kept}
        self.parts.note_member(new, "openapi", Pointer() / "swagger")
        self._servers(new)
        paths = self.old.get("paths")
        if isinstance(paths, Mapping):
            at = Pointer() / "paths"
            new["paths"] = {name: self._path(item, at / name) for name, item in paths.items()}
            self.parts.note(new["paths"], at)
        elif "paths" in self.old:
            new["paths"] = paths
        components = self._components()
        if components:
            new["components"] = components
        return new

    def _servers(self, new: dict[str, Any]) -> None:
        host, base = self.old.get("host"), self.old.get("basePath")
        base = base if isinstance(base, str) else ""
        if isinstance(host, str) and host:
            schemes = self.old.get("schemes")
            named = [s for s in schemes if isinstance(s, str)] if isinstance(schemes, list) else []
            urls = [f"{scheme}://{host}{base}".rstrip("/") for scheme in named or ["https"]]
            at = Pointer() / "host"
        elif base:
            urls, at = [base], Pointer() / "basePath"
        else:
            return
        new["servers"] = [{"url": url} for url in urls]
        for server in (new["servers"], *new["servers"]):
            self.parts.note(server, at)

    def _components(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for old, new, change in (
            ("definitions", "schemas", self.parts.schema),
            ("parameters", "parameters", self._shared_parameter),
            ("responses", "responses", self._shared_response),
            ("securityDefinitions", "securitySchemes", self._scheme),
        ):
            value = self.old.get(old)
            if not isinstance(value, Mapping):
                continue
            at = Pointer() / old
            changed = {name: change(item, at / name) for name, item in value.items()}
            found[new] = {name: item for name, item in changed.items() if item is not None}
            self.parts.note(found[new], at)
        return found

    def _shared_parameter(self, value: Any, at: Pointer) -> Any:
        """Bodies and form fields are written out where they are used: 3.0 has no such parameter."""
        if isinstance(value, Mapping) and value.get("in") in ("body", "formData"):
            return None
        return self.parts.parameter(value, at)

    def _shared_response(self, value: Any, at: Pointer) -> Any:
        return self.parts.response(value, at, self._types(self.old, "produces"))

    def _types(self, operation: Mapping[str, Any], name: str) -> list[str]:
        """The media types of an operation, else the document's."""
        value = operation.get(name, self.old.get(name))
        return [kind for kind in value if isinstance(kind, str)] if isinstance(value, list) else []

    def _path(self, value: Any, at: Pointer) -> Any:
        try:
            item, at = self.parts.document.resolve(value, at)
        except UnresolvedReference:
            return value
        if not isinstance(item, Mapping):
            return value
        shared = self.parts.sorted_parameters(item, at)
        new: dict[str, Any] = {}
        for name, inner in item.items():
            if name in METHODS and isinstance(inner, Mapping):
                new[name] = self._operation(inner, at / name, shared)
            elif name == "parameters" and isinstance(inner, list):
                new[name] = shared.plain
                self.parts.note(shared.plain, at / name)
            elif name != "$ref":
                new[name] = inner
        self.parts.note(new, at)
        return new

    def _operation(self, old: Mapping[str, Any], at: Pointer, shared: Any) -> dict[str, Any]:
        dropped = ("consumes", "produces", "schemes", "parameters", "responses")
        new = {name: value for name, value in old.items() if name not in dropped}
        own = self.parts.sorted_parameters(old, at)
        if own.plain:
            new["parameters"] = own.plain
            self.parts.note(own.plain, at / "parameters")
        elif "parameters" in old and not isinstance(old["parameters"], list):
            new["parameters"] = old["parameters"]
        body = self.parts.request_body(own.over(shared), self._types(old, "consumes"))
        if body is not None:
            new["requestBody"] = body
        if "responses" in old:
            new["responses"] = self._responses(old, at)
        self.parts.note(new, at)
        return new

    def _responses(self, old: Mapping[str, Any], at: Pointer) -> Any:
        responses = old["responses"]
        if not isinstance(responses, Mapping):
            return responses
        kinds = self._types(old, "produces")
        usual = kinds == self._types(self.old, "produces")
        at = at / "responses"
        new = {
            status: value
            if str(status).startswith("x-")
            else self.parts.used_response(value, at / status, kinds, usual=usual)
            for status, value in responses.items()
        }
        self.parts.note(new, at)
        return new

    def _scheme(self, value: Any, at: Pointer) -> Any:
        if not isinstance(value, Mapping):
            return value
        kind = value.get("type")
        if kind == "basic":
            new = {**value, "type": "http", "scheme": "basic"}
            self.parts.note_member(new, "scheme", at / "type")
            self.parts.note(new, at)
            return new
        flow = FLOWS.get(str(value.get("flow")))
        if kind != "oauth2" or flow is None:
            return value
        moved = ("flow", "authorizationUrl", "tokenUrl", "scopes")
        inner = {"scopes": {}, **members(value, moved[1:])}
        new = {name: item for name, item in value.items() if name not in moved}
        new["flows"] = {flow: inner}
        self.parts.note(new["flows"], at / "flow")
        self.parts.note(inner, at)
        self.parts.note(new, at)
        return new
