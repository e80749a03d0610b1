"""An expression and a scope in, a value of its own type out, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import orjson

from verifier.encoding import content_of
from verifier.model import Draft, Headers, Request
from verifier.model.place import unescape
from verifier.scenarios.expressions.grammar import Expression
from verifier.scenarios.expressions.nothing import NOTHING
from verifier.scenarios.expressions.scope import Message, Scope

__all__ = ["evaluate", "member", "point"]


def evaluate(expression: Expression, scope: Scope) -> Any:
    """The value that an expression means; ``NOTHING`` where it leads nowhere."""
    value = _READERS[expression.root](expression, scope)
    if expression.pointer is None or value is NOTHING:
        return value
    return point(value, expression.pointer)


def point(value: Any, pointer: str) -> Any:
    """What stands at a JSON pointer in a value (RFC 6901); a text is read as JSON first."""
    if isinstance(value, str) and pointer:
        try:
            value = orjson.loads(value)
        except ValueError:
            return NOTHING
    for token in pointer.split("/")[1:]:
        value = member(value, unescape(token))
        if value is NOTHING:
            return NOTHING
    return value


def member(value: Any, name: str) -> Any:
    """A member of an object, or an item of a list by its index."""
    if isinstance(value, Mapping):
        return value.get(name, NOTHING)
    if isinstance(value, list) and name.isascii() and name.isdecimal() and str(int(name)) == name:
        return value[int(name)] if int(name) < len(value) else NOTHING
    return NOTHING


def _url(_: Expression, scope: Scope) -> Any:
    if scope.seen is None:
        return NOTHING
    exchange = scope.seen.exchange
    return exchange.base_url.rstrip("/") + exchange.request.target


def _method(_: Expression, scope: Scope) -> Any:
    return scope.seen.exchange.request.method if scope.seen else NOTHING


def _status(_: Expression, scope: Scope) -> Any:
    response = scope.seen.exchange.response if scope.seen else None
    return response.status if response else NOTHING


def _request(expression: Expression, scope: Scope) -> Any:
    if scope.seen is None:
        return NOTHING
    seen, part = scope.seen, expression.names[0]
    match part:
        case "header":
            return _header(seen.exchange.request.headers, expression.names[1])
        case "query":
            return seen.draft.query.get(expression.names[1], NOTHING)
        case "path":
            return seen.draft.path.get(expression.names[1], NOTHING)
        case _:
            return _sent_body(seen.draft, seen.exchange.request)


def _sent_body(draft: Draft, request: Request) -> Any:
    if draft.has_body:
        return draft.body
    return request.body.decode("utf-8", "replace") if request.body else NOTHING


def _response(expression: Expression, scope: Scope) -> Any:
    response = scope.seen.exchange.response if scope.seen else None
    if response is None:
        return NOTHING
    match expression.names[0]:
        case "header":
            return _header(response.headers, expression.names[1])
        case "body" | "payload":
            return content_of(response) if response.body else NOTHING
        case _:
            return NOTHING


def _message(expression: Expression, scope: Scope) -> Any:
    message: Message | None = scope.message
    if message is None:
        return NOTHING
    if expression.names[0] == "header":
        return _header(message.headers, expression.names[1])
    return message.body if expression.names[0] in ("body", "payload") else NOTHING


def _header(headers: Headers, name: str) -> Any:
    return next((value for key, value in headers if key.lower() == name.lower()), NOTHING)


def _inputs(expression: Expression, scope: Scope) -> Any:
    return _named(scope.inputs, expression.names[0])


def _outputs(expression: Expression, scope: Scope) -> Any:
    return _named(scope.outputs, expression.names[0])


def _steps(expression: Expression, scope: Scope) -> Any:
    id, _, name = expression.names
    return _named(scope.steps[id], name) if id in scope.steps else NOTHING


def _workflows(expression: Expression, scope: Scope) -> Any:
    id, field, name = expression.names
    done = scope.workflows.get(id)
    if done is None:
        return NOTHING
    return _named(done.inputs if field == "inputs" else done.outputs, name)


def _named(values: Mapping[str, Any], name: str) -> Any:
    """A value by its name, which may hold dots; else each dot leads one level down."""
    if name in values:
        return values[name]
    head, dot, rest = name.partition(".")
    inner = values.get(head)
    return _named(inner, rest) if dot and isinstance(inner, Mapping) else NOTHING


def _sources(expression: Expression, scope: Scope) -> Any:
    name, reference = expression.names
    return scope.sources.get(name, {}).get(reference, NOTHING)


def _components(expression: Expression, scope: Scope) -> Any:
    return scope.components.get(".".join(expression.names), NOTHING)


def _self(_: Expression, scope: Scope) -> Any:
    return scope.self_uri or NOTHING


_READERS: dict[str, Callable[[Expression, Scope], Any]] = {
    "url": _url,
    "method": _method,
    "statusCode": _status,
    "request": _request,
    "response": _response,
    "message": _message,
    "inputs": _inputs,
    "outputs": _outputs,
    "steps": _steps,
    "workflows": _workflows,
    "sourceDescriptions": _sources,
    "components": _components,
    "self": _self,
}
