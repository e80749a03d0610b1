"""Operations of a document: light nouns, with schemas left where they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from verifier.model import (
    Body,
    Document,
    Example,
    Header,
    Media,
    Operation,
    Parameter,
    Pointer,
    Problem,
    ResponseSpec,
    Schema,
    SecurityNeed,
    UnresolvedReference,
)

__all__ = ["read_operations"]

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
STYLES = {"path": "simple", "query": "form", "header": "simple", "cookie": "form"}

Report = Callable[[Problem], None]


def read_operations(document: Document, report: Report) -> tuple[Operation, ...]:
    """
    Every operation under ``paths``; what is wrong with one is reported and loses only itself.

    Args:
        report: Receives each problem as it is met.
    """
    return tuple(_operations(_Reader(document, report)))


class _Reader:
    """Follows references and turns surprises into problems."""

    def __init__(self, document: Document, report: Report) -> None:
        self.document = document
        self.report = report
        self.operation = ""

    def problem(self, says: str, at: Pointer, mend: str) -> None:
        self.report(Problem(says=says, at=at, mend=mend, operation=self.operation))

    def mapping(self, value: Any, at: Pointer, what: str) -> tuple[Mapping[str, Any], Pointer]:
        """A mapping behind references; an empty one, with a problem, where it is none."""
        try:
            node, at = self.document.resolve(value, at)
        except UnresolvedReference as error:
            self.problem(f"{what}: {error}", at, "Point the reference at something that exists.")
            return {}, at
        if isinstance(node, Mapping):
            return node, at
        self.problem(f"{what} is {_kind(node)}, not an object", at, "Write it as an object.")
        return {}, at

    def members(self, parent: Mapping[str, Any], name: str, at: Pointer) -> Mapping[str, Any]:
        value = parent.get(name)
        if value is None:
            return {}
        return self.mapping(value, at / name, f"'{name}'")[0]

    def schema(self, parent: Mapping[str, Any], at: Pointer) -> Schema | None:
        node = parent.get("schema")
        if isinstance(node, (Mapping, bool)):
            return Schema(document=self.document, node=node, at=at / "schema")
        return None


def _operations(reader: _Reader) -> Iterator[Operation]:
    root = Pointer() / "paths"
    paths = reader.members(reader.document.root, "paths", Pointer())
    for path, value in paths.items():
        if path.startswith("x-"):
            continue
        item, at = reader.mapping(value, root / path, f"path '{path}'")
        for method, definition, where in _methods(item, at):
            reader.operation = f"{method.upper()} {path}"
            if isinstance(definition, Mapping):
                yield _operation(reader, method.upper(), path, definition, where, item, at)
            else:
                reader.problem(
                    f"{method} is {_kind(definition)}, not an operation", where, "Write an object."
                )
        reader.operation = ""


def _methods(item: Mapping[str, Any], at: Pointer) -> Iterator[tuple[str, Any, Pointer]]:
    for method in METHODS:
        if method in item:
            yield method, item[method], at / method
    more = item.get("additionalOperations")
    if isinstance(more, Mapping):
        for method, definition in more.items():
            yield str(method), definition, at / "additionalOperations" / method


def _operation(
    reader: _Reader,
    method: str,
    path: str,
    definition: Mapping[str, Any],
    at: Pointer,
    item: Mapping[str, Any],
    item_at: Pointer,
) -> Operation:
    shared = _parameters(reader, item, item_at)
    own = _parameters(reader, definition, at)
    names = {(p.name, p.location) for p in own}
    kept = tuple(p for p in shared if (p.name, p.location) not in names)
    return Operation(
        key=f"{method} {path}",
        id=_text(definition.get("operationId")),
        method=method,
        path=path,
        at=at,
        summary=_text(definition.get("summary")),
        description=_text(definition.get("description")),
        tags=tuple(str(tag) for tag in _list(definition.get("tags"))),
        parameters=kept + own,
        body=_body(reader, definition, at),
        responses=tuple(_responses(reader, definition, at)),
        security=_security(reader.document.root, definition),
        deprecated=definition.get("deprecated") is True,
        extensions={k: v for k, v in definition.items() if str(k).startswith("x-")},
    )


def _parameters(reader: _Reader, parent: Mapping[str, Any], at: Pointer) -> tuple[Parameter, ...]:
    found = []
    for index, value in enumerate(_list(parent.get("parameters"))):
        node, where = reader.mapping(value, at / "parameters" / index, "parameter")
        parameter = _parameter(reader, node, where)
        if parameter is not None:
            found.append(parameter)
    return tuple(found)


def _parameter(reader: _Reader, node: Mapping[str, Any], at: Pointer) -> Parameter | None:
    name, location = node.get("name"), node.get("in")
    if not isinstance(name, str) or location not in (*STYLES, "querystring"):
        if node:
            reader.problem("a parameter needs 'name' and 'in'", at, "Give it both.")
        return None
    style = _text(node.get("style")) or STYLES.get(location, "")
    content = reader.members(node, "content", at)
    media = next((str(kind) for kind in content), "")
    schema = reader.schema(node, at)
    if media:
        inner, inner_at = reader.mapping(content[media], at / "content" / media, media)
        schema = reader.schema(inner, inner_at)
    explode = node.get("explode")
    return Parameter(
        name=name,
        location=location,
        required=node.get("required") is True or location == "path",
        schema=schema,
        at=at,
        style=style,
        explode=explode if isinstance(explode, bool) else style == "form",
        allow_reserved=node.get("allowReserved") is True,
        content=media,
        deprecated=node.get("deprecated") is True,
        description=_text(node.get("description")),
        examples=_examples(reader, node, at),
    )


def _examples(reader: _Reader, node: Mapping[str, Any], at: Pointer) -> tuple[Example, ...]:
    found = []
    if "example" in node:
        found.append(Example(name="example", value=node["example"], at=at / "example"))
    for name, value in reader.members(node, "examples", at).items():
        inner, where = reader.mapping(value, at / "examples" / name, f"example '{name}'")
        found.extend(
            Example(name=str(name), value=inner[member], at=where / member)
            for member in ("value", "dataValue")
            if member in inner
        )
    return tuple(found)


def _media(reader: _Reader, parent: Mapping[str, Any], at: Pointer) -> tuple[Media, ...]:
    found = []
    for kind, value in reader.members(parent, "content", at).items():
        node, where = reader.mapping(value, at / "content" / kind, f"content '{kind}'")
        found.append(
            Media(
                type=str(kind),
                schema=reader.schema(node, where),
                at=where,
                examples=_examples(reader, node, where),
                encoding=reader.members(node, "encoding", where),
            )
        )
    return tuple(found)


def _body(reader: _Reader, definition: Mapping[str, Any], at: Pointer) -> Body | None:
    if definition.get("requestBody") is None:
        return None
    node, where = reader.mapping(definition["requestBody"], at / "requestBody", "requestBody")
    return Body(
        required=node.get("required") is True,
        media=_media(reader, node, where),
        at=where,
        description=_text(node.get("description")),
    )


def _responses(
    reader: _Reader, definition: Mapping[str, Any], at: Pointer
) -> Iterator[ResponseSpec]:
    for status, value in reader.members(definition, "responses", at).items():
        if str(status).startswith("x-"):
            continue
        node, where = reader.mapping(value, at / "responses" / status, f"response {status}")
        headers = reader.members(node, "headers", where)
        yield ResponseSpec(
            status=str(status).upper() if str(status) != "default" else "default",
            description=_text(node.get("description")),
            headers=tuple(_header(reader, name, headers[name], where) for name in headers),
            media=_media(reader, node, where),
            at=where,
            links=reader.members(node, "links", where),
        )


def _header(reader: _Reader, name: str, value: Any, at: Pointer) -> Header:
    node, where = reader.mapping(value, at / "headers" / name, f"header '{name}'")
    return Header(
        name=str(name),
        required=node.get("required") is True,
        schema=reader.schema(node, where),
        at=where,
        description=_text(node.get("description")),
    )


def _security(root: Mapping[str, Any], definition: Mapping[str, Any]) -> tuple[SecurityNeed, ...]:
    needs = _list(definition.get("security", root.get("security")))
    return tuple(
        SecurityNeed(
            schemes={
                str(name): tuple(str(s) for s in _list(scopes)) for name, scopes in need.items()
            }
        )
        for need in needs
        if isinstance(need, Mapping)
    )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _kind(value: Any) -> str:
    return "missing" if value is None else f"a {type(value).__name__}"
