"""A draft and its operation as a request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from verifier.encoding.bodies import encode_body, form_text
from verifier.encoding.media import kind_of
from verifier.encoding.paths import fill_path, names_in
from verifier.encoding.scalars import json_text
from verifier.encoding.styles import escape, query_pairs, serialise
from verifier.model import Draft, Headers, Operation, Parameter, Request

__all__ = ["accept_of", "encode"]

MOST_ACCEPTED = 8


def encode(operation: Operation, draft: Draft) -> Request:
    """
    Write a draft as the request that its operation describes.

    Parameters that the operation does not describe are written in their location's default style.

    Raises:
        EncodeError: A path value is missing or empty, a header cannot carry its value, or the
            body's media type is one that is not made here (XML).
    """
    content_type, body = encode_body(operation, draft)
    return Request(
        method=operation.method,
        path=_path(operation, draft.path),
        query=_query(operation, draft.query),
        headers=tuple(_headers(operation, draft, content_type)),
        body=body,
        operation=operation.key,
    )


def accept_of(operation: Operation) -> str:
    """The ``Accept`` field: every documented media type of the answers, successes first."""
    ordered = sorted(operation.responses, key=lambda spec: not spec.status.startswith("2"))
    kinds = dict.fromkeys(kind_of(m.type) for spec in ordered for m in spec.media if m.type)
    return ", ".join(list(kinds)[:MOST_ACCEPTED]) or "*/*"


def _path(operation: Operation, values: Mapping[str, Any]) -> str:
    described = {p.name: p for p in operation.parameters if p.location == "path"}
    written = {
        name: serialise(described.get(name) or _undescribed(name, "path", operation), values[name])
        for name in names_in(operation.path)
        if name in values
    }
    return fill_path(operation.path, written)


def _query(operation: Operation, values: Mapping[str, Any]) -> str:
    described = {p.name: p for p in operation.parameters if p.location in ("query", "querystring")}
    pieces = [operation.path.partition("?")[2]]
    for name, value in values.items():
        parameter = described.get(name) or _undescribed(name, "query", operation)
        if parameter.location == "querystring":
            pieces.append(_whole_query(parameter, value))
        else:
            pieces.extend(f"{key}={text}" for key, text in query_pairs(parameter, value))
    return "&".join(piece for piece in pieces if piece)


def _whole_query(parameter: Parameter, value: Any) -> str:
    if kind_of(parameter.content) == "application/x-www-form-urlencoded":
        return form_text(value, {})
    return escape(value if isinstance(value, str) else json_text(value))


def _headers(operation: Operation, draft: Draft, content_type: str) -> Iterator[tuple[str, str]]:
    own: Headers = ()
    described = {p.name.lower(): p for p in operation.parameters if p.location == "header"}
    for name, value in draft.headers.items():
        parameter = described.get(name.lower()) or _undescribed(name, "header", operation)
        own += ((name, serialise(parameter, value)),)
    given = {name.lower() for name, _ in own}
    if "accept" not in given:
        yield "Accept", accept_of(operation)
    if content_type and "content-type" not in given:
        yield "Content-Type", content_type
    yield from own
    cookies = [p for p in operation.parameters if p.location == "cookie"]
    written = [_cookie(name, value, cookies, operation) for name, value in draft.cookies.items()]
    if written:
        yield "Cookie", "; ".join(written)


def _cookie(name: str, value: Any, described: list[Parameter], operation: Operation) -> str:
    found = next((p for p in described if p.name == name), None)
    return serialise(found or _undescribed(name, "cookie", operation), value)


def _undescribed(name: str, location: str, operation: Operation) -> Parameter:
    form = location in ("query", "cookie")
    return Parameter(
        name=name,
        location=location,
        required=False,
        schema=None,
        at=operation.at,
        style="form" if form else "simple",
        explode=form,
    )
