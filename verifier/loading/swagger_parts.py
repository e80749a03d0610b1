"""The parts of Swagger 2 operations that OpenAPI 3.0 writes otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct, field

from verifier.loading.files import Files
from verifier.loading.origins import Origins, Spot
from verifier.model import Document, Pointer, UnresolvedReference

__all__ = ["Parts", "Sorted", "members"]

TYPE_MEMBERS = (
    "type",
    "format",
    "items",
    "default",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "enum",
    "multipleOf",
    "x-nullable",
)
PREFIXES = {
    "definitions": "schemas",
    "parameters": "parameters",
    "responses": "responses",
    "securityDefinitions": "securitySchemes",
}
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
NESTED = frozenset({"items", "additionalProperties", "additionalItems", "not"})
# Some of these are no Swagger 2, but stand in documents that call themselves so.
LISTED = frozenset({"allOf", "anyOf", "oneOf", "items"})
NAMED = frozenset({"properties", "patternProperties", "definitions"})


def members(value: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """The named members that are there."""
    return {name: value[name] for name in names if name in value}


class Sorted(Struct):
    """Parameters by what becomes of them: ``plain`` stay, a body and form fields do not."""

    plain: list[Any] = field(default_factory=list)
    bodies: list[tuple[Mapping[str, Any], Pointer]] = field(default_factory=list)
    fields: list[tuple[Mapping[str, Any], Pointer]] = field(default_factory=list)

    def over(self, shared: Sorted) -> Sorted:
        """The operation's own body and fields, and the path's where it has none of that name."""
        named = {str(node.get("name")) for node, _ in self.fields}
        kept = [f for f in shared.fields if str(f[0].get("name")) not in named]
        return Sorted(bodies=self.bodies or shared.bodies, fields=self.fields + kept)


class Parts:
    """Converts what stands inside operations, noting where each new node comes from."""

    def __init__(self, document: Document, files: Files, origins: Origins) -> None:
        self.document = document
        self._files = files
        self._origins = origins

    def note(self, node: Any, at: Pointer) -> None:
        """A new object or list stands for the author's node at ``at``."""
        self._origins.note(node, self._spot(at))

    def note_member(self, node: dict[str, Any], name: str, at: Pointer) -> None:
        """A member of a new object stands for the author's node at ``at``."""
        self._origins.note_member(node, name, self._spot(at))

    def _spot(self, at: Pointer) -> Spot:
        if self._files.is_entry(at.file):
            return Spot(self._origins.sheet, at.path)
        return Spot(self._files.sheet(at.file), at.path)

    def reference(self, written: str, at: Pointer) -> str:
        """
        A reference as it is to be written in the converted document.

        What has no fixed place there (a schema inside an operation, a part of another file) is
        pointed at in its author's own file, which is held unconverted.
        """
        try:
            target = self.document.target(written, at)
        except UnresolvedReference:
            return written
        if target.file and not self._files.is_entry(target.file):
            return f"{target.file}#{target.path}"
        head, _, rest = target.path.removeprefix("/").partition("/")
        if head in PREFIXES and rest:
            return f"#/components/{PREFIXES[head]}/{rest}"
        return f"{self._files.shelf.entry}#{target.path}"

    def schema(self, node: Any, at: Pointer) -> Any:
        """A schema by 3.0's rules; the same object where nothing differs."""
        if not isinstance(node, Mapping):
            return node
        if isinstance(node.get("$ref"), str):
            return {**node, "$ref": self.reference(node["$ref"], at)}
        new = {name: self._keyword(name, value, at / name) for name, value in node.items()}
        if node.get("type") == "file":
            new.update(type="string", format="binary")
        if isinstance(node.get("x-nullable"), bool):
            new.setdefault("nullable", node["x-nullable"])
            self.note_member(new, "nullable", at / "x-nullable")
        changed = len(new) != len(node) or any(new[name] is not node[name] for name in node)
        return new if changed else node

    def _keyword(self, name: str, value: Any, at: Pointer) -> Any:
        if name == "discriminator" and isinstance(value, str):
            new = {"propertyName": value}
            self.note(new, at)
            return new
        if name in NESTED and isinstance(value, Mapping):
            return self.schema(value, at)
        if name in LISTED and isinstance(value, list):
            return [self.schema(item, at / index) for index, item in enumerate(value)]
        if name in NAMED and isinstance(value, Mapping):
            changed = {key: self.schema(item, at / key) for key, item in value.items()}
            return changed if any(changed[key] is not value[key] for key in value) else value
        return value

    def sorted_parameters(self, parent: Mapping[str, Any], at: Pointer) -> Sorted:
        """The parameters of an operation or a path, references followed where they must be."""
        found = Sorted()
        values = parent.get("parameters")
        for index, value in enumerate(values if isinstance(values, list) else ()):
            where = at / "parameters" / index
            try:
                node, inner = self.document.resolve(value, where)
            except UnresolvedReference:
                found.plain.append(self._pointed(value, where))
                continue
            location = node.get("in") if isinstance(node, Mapping) else None
            if location == "body":
                found.bodies.append((node, inner))
            elif location == "formData":
                found.fields.append((node, inner))
            elif node is not value and inner.path.startswith("/parameters/") and not inner.file:
                found.plain.append(self._pointed(value, where))
            else:
                found.plain.append(self.parameter(node, inner))
        return found

    def _pointed(self, value: Mapping[str, Any], at: Pointer) -> Any:
        new = {**value, "$ref": self.reference(value["$ref"], at)}
        self.note(new, at)
        return new

    def parameter(self, node: Any, at: Pointer) -> Any:
        """A parameter whose type stands in a schema of its own."""
        if not isinstance(node, Mapping):
            return node
        if isinstance(node.get("$ref"), str):
            return self._pointed(node, at)
        moved = (*TYPE_MEMBERS, "collectionFormat", "schema")
        new = {name: value for name, value in node.items() if name not in moved}
        new["schema"] = self._typed(node, at)
        if node.get("type") == "array":
            new.update(_style(node.get("collectionFormat"), str(node.get("in"))))
        if "x-example" in node and "example" not in node:
            new["example"] = node["x-example"]
            self.note_member(new, "example", at / "x-example")
        self.note(new, at)
        return new

    def _typed(self, node: Mapping[str, Any], at: Pointer) -> Any:
        if isinstance(node.get("schema"), Mapping):
            return self.schema(node["schema"], at / "schema")
        own = members(node, TYPE_MEMBERS)
        new = self.schema(own, at)
        self.note(new, at)
        return new

    def request_body(self, found: Sorted, kinds: list[str]) -> dict[str, Any] | None:
        """What an operation accepts: its body parameter, or an object made of its form fields."""
        if found.bodies:
            node, at = found.bodies[0]
            kept = ("description", "required")
            new = {n: v for n, v in node.items() if n in kept or n.startswith("x-")}
            media: dict[str, Any] = {}
            if "schema" in node:
                media["schema"] = self.schema(node["schema"], at / "schema")
            self.note(media, at)
            new["content"] = dict.fromkeys(kinds or ["application/json"], media)
            self.note(new["content"], at)
            self.note(new, at)
            return new
        return self._form(found.fields, kinds) if found.fields else None

    def _form(self, fields: list[tuple[Mapping[str, Any], Pointer]], kinds: list[str]) -> Any:
        schema: dict[str, Any] = {"type": "object", "properties": {}}
        encoding: dict[str, Any] = {}
        required = []
        for node, at in fields:
            name = str(node.get("name"))
            inner = {**self._typed(node, at), **members(node, ("description",))}
            schema["properties"][name] = inner
            self.note(inner, at)
            if node.get("required") is True:
                required.append(name)
            if node.get("type") == "array":
                encoding[name] = _style(node.get("collectionFormat"), "query")
        if required:
            schema["required"] = required
        file = any(node.get("type") == "file" for node, _ in fields)
        wanted = [kind for kind in kinds if kind.partition(";")[0].strip().lower() in FORMS]
        if wanted and not file:
            # Whoever takes a form or JSON takes the same members in both.
            wanted += [kind for kind in kinds if kind.partition(";")[0].endswith("json")]
        media: dict[str, Any] = {"schema": schema}
        if encoding:
            media["encoding"] = encoding
        new: dict[str, Any] = {
            "content": dict.fromkeys(wanted or [FORMS[1] if file else FORMS[0]], media)
        }
        if required:
            new["required"] = True
        # The whole has no node of its own: it is the list of parameters that made it.
        around = Pointer(fields[0][1].file, fields[0][1].path.rpartition("/")[0])
        for made in (new, new["content"], media, schema, schema["properties"], encoding):
            self.note(made, around)
        return new

    def used_response(self, value: Any, at: Pointer, kinds: list[str], *, usual: bool) -> Any:
        """
        A response of an operation.

        Args:
            usual: Whether the operation answers with the document's media types, so that a shared
                response can be pointed at rather than written out.
        """
        if isinstance(value, Mapping) and isinstance(value.get("$ref"), str):
            try:
                node, inner = self.document.resolve(value, at)
            except UnresolvedReference:
                return self._pointed(value, at)
            if usual and inner.path.startswith("/responses/") and not inner.file:
                return self._pointed(value, at)
            return self.response(node, inner, kinds)
        return self.response(value, at, kinds)

    def response(self, node: Any, at: Pointer, kinds: list[str]) -> Any:
        """A response whose schema and examples stand by media type."""
        if not isinstance(node, Mapping):
            return node
        if isinstance(node.get("$ref"), str):
            return self._pointed(node, at)
        moved = ("schema", "examples", "headers")
        new = {name: value for name, value in node.items() if name not in moved}
        content = self._content(node, at, kinds)
        if content:
            new["content"] = content
        headers = node.get("headers")
        if isinstance(headers, Mapping):
            where = at / "headers"
            new["headers"] = {n: self._header(v, where / n) for n, v in headers.items()}
            self.note(new["headers"], where)
        elif "headers" in node:
            new["headers"] = headers
        self.note(new, at)
        return new

    def _content(self, node: Mapping[str, Any], at: Pointer, kinds: list[str]) -> dict[str, Any]:
        examples = node.get("examples")
        examples = examples if isinstance(examples, Mapping) else {}
        shown = {kind: value for kind, value in examples.items() if "/" in kind}
        named = list(dict.fromkeys((*kinds, *shown))) if "schema" in node else list(shown)
        content: dict[str, Any] = {}
        schema = self.schema(node.get("schema"), at / "schema")
        for kind in named or (["application/json"] if "schema" in node else []):
            media: dict[str, Any] = {}
            if "schema" in node:
                media["schema"] = schema
            if kind in shown:
                media["example"] = shown[kind]
                self.note_member(media, "example", at / "examples" / kind)
            self.note(media, at)
            content[kind] = media
        self.note(content, at)
        return content

    def _header(self, node: Any, at: Pointer) -> Any:
        if not isinstance(node, Mapping):
            return node
        moved = (*TYPE_MEMBERS, "collectionFormat")
        new = {name: value for name, value in node.items() if name not in moved}
        new["schema"] = self._typed(node, at)
        self.note(new, at)
        return new


def _style(collection: Any, location: str) -> dict[str, Any]:
    """How a list is written: Swagger's collectionFormat as style and explode (default ``csv``)."""
    usual = "simple" if location in ("path", "header") else "form"
    if usual == "simple":
        return {"style": usual, "explode": False}
    if collection == "multi":
        return {"style": usual, "explode": True}
    named = {"ssv": "spaceDelimited", "pipes": "pipeDelimited"}
    return {"style": named.get(str(collection), usual), "explode": False}
