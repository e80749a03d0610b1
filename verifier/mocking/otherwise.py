"""Requests that are sent otherwise than the document says, put as it says: where that was asked."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode

import orjson
from msgspec.structs import replace

from verifier.encoding import is_json
from verifier.model import Operation
from verifier.wire import Incoming

__all__ = ["OTHERWISE", "as_documented"]

OTHERWISE = "taken as the document has it: mock.yaml says any_form"
FORM = "application/x-www-form-urlencoded"
ABOUT_BODIES = ("content-type", "content-length")


def as_documented(incoming: Incoming, operation: Operation) -> Incoming:
    """
    A request by an operation's method, with its arguments where that has them: in its query, or
    in a form; the very request where they are there, or where it takes no form.
    """
    inside = operation.method == "GET"
    if not inside and not _takes_form(operation):
        return incoming
    path, _, query = incoming.target.partition("?")
    queried = {parameter.name for parameter in operation.parameters_in("query")}
    asks, sent = parse_qsl(query, keep_blank_values=True), list(_sent(incoming))
    kind = _kind(incoming)
    if incoming.method in (operation.method, "HEAD") and (
        inside or (kind == FORM and all(name in queried for name, _ in asks))
    ):
        return incoming
    pairs = [*asks, *sent]
    asked = urlencode([(n, v) for n, v in pairs if inside or n in queried])
    body = b"" if inside else urlencode([(n, v) for n, v in pairs if n not in queried]).encode()
    kept = tuple(h for h in incoming.headers if h[0].lower() not in ABOUT_BODIES)
    return replace(
        incoming,
        method=operation.method,
        target=f"{path}?{asked}" if asked else path,
        headers=(*kept, ("Content-Type", FORM)) if body else kept,
        body=body,
    )


def _sent(incoming: Incoming) -> Iterator[tuple[str, str]]:
    """The arguments in a body; none where it is of another kind."""
    kind = _kind(incoming)
    if kind == FORM:
        yield from parse_qsl(incoming.body.decode("utf-8", "replace"), keep_blank_values=True)
    elif is_json(kind):
        yield from _members(incoming.body)


def _kind(incoming: Incoming) -> str:
    return (incoming.header("content-type") or "").partition(";")[0].strip().lower()


def _takes_form(operation: Operation) -> bool:
    media = operation.body.media if operation.body is not None else ()
    return any(one.type.partition(";")[0].strip().lower() == FORM for one in media)


def _members(body: bytes) -> Iterator[tuple[str, str]]:
    try:
        told = orjson.loads(body or b"{}")
    except orjson.JSONDecodeError:
        return
    for name, value in told.items() if isinstance(told, dict) else ():
        yield name, value if isinstance(value, str) else orjson.dumps(value).decode()
