"""The parts of an operation: parameters, bodies, responses; schemas are left where they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from verifier.loading.reader import Reader, kind_in_words, plain_text
from verifier.model import (
    Body,
    Example,
    Header,
    Media,
    Parameter,
    Pointer,
    ResponseSpec,
    deferred,
)

__all__ = ["read_body", "read_parameters", "read_responses"]

DEFAULT_STYLES = {"path": "simple", "query": "form", "header": "simple", "cookie": "form"}
LOCATIONS = (*DEFAULT_STYLES, "querystring")
STYLES = frozenset(
    ("matrix", "label", "simple", "form", "spaceDelimited", "pipeDelimited", "deepObject", "cookie")
)
STATUS = re.compile(r"[1-5](?:[0-9]{2}|XX)|DEFAULT")


def read_parameters(
    reader: Reader, parent: Mapping[str, Any], at: Pointer
) -> tuple[Parameter, ...]:
    """The parameters of an operation or a path; one that is broken is reported and left out."""
    if "parameters" not in parent:
        return ()
    found: dict[tuple[str, str], Parameter] = {}
    own = at / "parameters"
    for index, value in enumerate(reader.items(parent, "parameters", at)):
        shared = reader.shared(value, at.file)
        parameter = reader.parameters.get(shared)
        if parameter is None:
            node, where = reader.mapping(value, own / index, "parameter")
            parameter = reader.parameters.get(where)
            if parameter is None:
                parameter = _parameter(reader, node, where)
                reader.parameters[where] = parameter or ()
            if parameter and shared:
                reader.parameters[shared] = parameter
        if not parameter:
            continue
        key = (parameter.name, parameter.location)
        if key in found:
            reader.problem(
                f"the {parameter.location} parameter '{parameter.name}' stands twice",
                own / index,
                "Keep one of them.",
            )
        found.setdefault(key, parameter)
    return tuple(found.values())


def _parameter(reader: Reader, node: Mapping[str, Any], at: Pointer) -> Parameter | None:
    name, location = node.get("name"), node.get("in")
    if not isinstance(name, str) or not isinstance(location, str) or location not in LOCATIONS:
        if node:
            reader.problem(
                "a parameter needs 'name', and 'in' as one of " + ", ".join(LOCATIONS),
                at,
                "Give it both.",
            )
        return None
    style = _style(reader, node, at) or DEFAULT_STYLES.get(location, "")
    content = reader.members(node, "content", at)
    media = next(iter(content), "")
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
        explode=explode if isinstance(explode, bool) else style in ("form", "cookie"),
        allow_reserved=node.get("allowReserved") is True,
        content=media,
        deprecated=node.get("deprecated") is True,
        description=plain_text(node.get("description")),
        examples=_examples(reader, node, at),
    )


def _style(reader: Reader, node: Mapping[str, Any], at: Pointer) -> str:
    style = node.get("style")
    if style is None or (isinstance(style, str) and style in STYLES):
        return style or ""
    shown = f"'{style}'" if isinstance(style, str) else kind_in_words(style)
    reader.problem(
        f"'style' is {shown}, which OpenAPI does not know", at / "style", "Write a known style."
    )
    return ""


def _examples(reader: Reader, node: Mapping[str, Any], at: Pointer) -> tuple[Example, ...]:
    found = []
    if "example" in node:
        found.append(Example(name="example", value=node["example"], at=at / "example"))
    several = node.get("examples")
    if not several:
        return tuple(found)
    for name, value in reader.members(node, "examples", at).items():
        inner, where = reader.mapping(value, at / "examples" / name, f"example '{name}'")
        found.extend(
            Example(name=name, value=inner[member], at=where / member)
            for member in ("value", "dataValue")
            if member in inner
        )
    return tuple(found)


def _media(reader: Reader, parent: Mapping[str, Any], at: Pointer) -> tuple[Media, ...]:
    content = reader.members(parent, "content", at)
    found = []
    for kind, value in content.items():
        node, where = reader.mapping(value, at / "content" / kind, f"content '{kind}'")
        found.append(
            Media(
                type=kind,
                schema=reader.schema(node, where),
                at=where,
                examples=_examples(reader, node, where),
                encoding=reader.members(node, "encoding", where),
            )
        )
    return tuple(found)


def read_body(reader: Reader, definition: Mapping[str, Any], at: Pointer) -> Body | None:
    """What an operation accepts; None where it takes no body."""
    value = definition.get("requestBody")
    if value is None:
        return None
    node, where = reader.mapping(value, at / "requestBody", "requestBody")
    made = reader.bodies.get(where)
    if made is None:
        made = reader.bodies[where] = Body(
            required=node.get("required") is True,
            media=_media(reader, node, where),
            at=where,
            description=plain_text(node.get("description")),
        )
    return made


def read_responses(
    reader: Reader, definition: Mapping[str, Any], at: Pointer
) -> tuple[ResponseSpec, ...]:
    """The documented responses of an operation; having none at all is a problem."""
    responses = reader.members(definition, "responses", at)
    found = tuple(_responses(reader, responses, at / "responses"))
    optional = reader.document.dialect in ("3.1", "3.2") and "responses" not in definition
    if not found and not optional:
        reader.problem("no response is documented", at, "Document at least one response.")
    return found


def _responses(reader: Reader, responses: Mapping[str, Any], at: Pointer) -> Iterator[ResponseSpec]:
    for name, value in responses.items():
        if name.startswith("x-"):
            continue
        status = name.upper()
        if not STATUS.fullmatch(status):
            reader.problem(
                f"'{name}' is no status", at / name, "Write 100 to 599, 4XX, or default."
            )
        shared = reader.shared(value, at.file)
        made = reader.responses.get((shared, status))
        if made is None:
            node, where = reader.mapping(value, at / name, f"response {name}")
            key = where / status
            made = reader.responses.get(key)
            if made is None:
                made = _response(reader, status, node, where)
                reader.responses[key] = made
            if shared and node:
                reader.responses[shared, status] = made
        yield made


def _response(reader: Reader, status: str, node: Mapping[str, Any], where: Pointer) -> ResponseSpec:
    name = "default" if status == "DEFAULT" else status
    if reader.later:
        read = partial(_told, reader, node, where)
        if "headers" in node:
            return deferred(ResponseSpec, read, status=name, at=where)
        return deferred(ResponseSpec, read, status=name, at=where, headers=())
    told = {member: read(reader, node, where) for member, read in TOLD.items()}
    return ResponseSpec(status=name, at=where, **told)


def _told(reader: Reader, node: Mapping[str, Any], where: Pointer, member: str) -> Any:
    return TOLD[member](reader, node, where)


def _headers(reader: Reader, node: Mapping[str, Any], at: Pointer) -> tuple[Header, ...]:
    headers = reader.members(node, "headers", at)
    return tuple(_header(reader, name, headers[name], at) for name in headers)


def _header(reader: Reader, name: str, value: Any, at: Pointer) -> Header:
    node, where = reader.mapping(value, at / "headers" / name, f"header '{name}'")
    schema = reader.schema(node, where)
    content = reader.members(node, "content", where)
    for kind in content:
        inner, inner_at = reader.mapping(content[kind], where / "content" / kind, kind)
        schema = schema or reader.schema(inner, inner_at)
    return Header(
        name=name,
        required=node.get("required") is True,
        schema=schema,
        at=where,
        description=plain_text(node.get("description")),
    )


TOLD: Mapping[str, Callable[[Reader, Mapping[str, Any], Pointer], Any]] = {
    "description": lambda reader, node, at: plain_text(node.get("description")),
    "headers": _headers,
    "media": _media,
    "links": lambda reader, node, at: reader.members(node, "links", at),
}
"""What an answer holds, and how it is read."""
