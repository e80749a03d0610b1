"""Operations, webhooks and callbacks of a document: light nouns, schemas left where they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from msgspec import Struct

from verifier.loading.parts import read_body, read_parameters, read_responses
from verifier.loading.reader import Reader, plain_list, plain_text
from verifier.loading.security import read_needs
from verifier.loading.templates import reconciled
from verifier.model import Operation, Parameter, Pointer, deferred

__all__ = ["read_operations", "read_webhooks"]

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")


class _Found(Struct, frozen=True, kw_only=True):
    """An operation's definition, with the path item around it."""

    method: str
    path: str
    definition: Mapping[str, Any]
    at: Pointer
    item: Mapping[str, Any]
    item_at: Pointer


def read_operations(reader: Reader) -> tuple[Operation, ...]:
    """Every operation under ``paths``; what is wrong with one is reported and loses only itself."""
    root = Pointer() / "paths"
    paths = reader.members(reader.document.root, "paths", Pointer())
    return tuple(
        _operation(reader, found, f"{found.method} {found.path}", templated=True)
        for path, value in paths.items()
        if not path.startswith("x-")
        for found in _definitions(reader, path, value, root / path)
    )


def read_webhooks(reader: Reader) -> tuple[Operation, ...]:
    """What the vendor sends us: ``webhooks``, ``x-webhooks``, and the callbacks of operations."""
    met: dict[str, Operation] = {}
    for found, key, kind in (*_webhooks(reader), *_callbacks(reader)):
        met.setdefault(key, _operation(reader, found, key, kind=kind))
    return tuple(met.values())


def _webhooks(reader: Reader) -> Iterator[tuple[_Found, str, str]]:
    for member in ("webhooks", "x-webhooks"):
        for name, value in reader.members(reader.document.root, member, Pointer()).items():
            if name.startswith("x-"):
                continue
            for found in _definitions(reader, name, value, Pointer() / member / name):
                yield found, f"webhook {name} {found.method}", "webhook"


def _callbacks(reader: Reader) -> Iterator[tuple[_Found, str, str]]:
    root = Pointer() / "paths"
    for path, value in reader.members(reader.document.root, "paths", Pointer()).items():
        # The first reading has reported what is wrong with the path itself.
        if not path.startswith("x-") and _has_callbacks(value):
            for found in _definitions(reader, path, value, root / path):
                yield from _callbacks_of(reader, found)


def _has_callbacks(item: Any) -> bool:
    """Whether it pays to look; a path behind a reference is always looked at."""
    if not isinstance(item, Mapping):
        return False
    inner = item.get("additionalOperations")
    more = inner.values() if isinstance(inner, Mapping) else ()
    defined = (*item.values(), *more)
    return "$ref" in item or any(
        isinstance(v, Mapping) and ("callbacks" in v or "$ref" in v) for v in defined
    )


def _callbacks_of(reader: Reader, parent: _Found) -> Iterator[tuple[_Found, str, str]]:
    reader.operation = f"{parent.method} {parent.path}"
    for name, value in reader.members(parent.definition, "callbacks", parent.at).items():
        callback, at = reader.mapping(value, parent.at / "callbacks" / name, f"callback '{name}'")
        for expression, item in callback.items():
            if expression.startswith("x-"):
                continue
            for found in _definitions(reader, expression, item, at / expression):
                yield found, f"callback {name} {found.method} {expression}", "callback"
    reader.operation = ""


def _definitions(reader: Reader, path: str, value: Any, at: Pointer) -> Iterator[_Found]:
    item, item_at = reader.mapping(value, at, f"path '{path}'")
    for method, value, where in _methods(reader, item, item_at):
        # An operation may not be a reference (OpenAPI 3.1, 4.8.9), and in real documents it is.
        definition, where = reader.mapping(value, where, f"{method} {path}")
        if definition or isinstance(value, Mapping):
            yield _Found(
                method=method,
                path=path,
                definition=definition,
                at=where,
                item=item,
                item_at=item_at,
            )


def _methods(
    reader: Reader, item: Mapping[str, Any], at: Pointer
) -> Iterator[tuple[str, Any, Pointer]]:
    for method in METHODS:
        if method in item:
            yield method.upper(), item[method], at / method
    if "additionalOperations" not in item:
        return
    for method, definition in reader.members(item, "additionalOperations", at).items():
        where = at / "additionalOperations" / method
        if method.lower() in METHODS:
            reader.problem(
                f"'{method}' has a member of its own and does not belong here",
                where,
                f"Move it to '{method.lower()}'.",
            )
        if method.lower() not in item:
            yield method, definition, where


def _operation(
    reader: Reader, found: _Found, key: str, *, kind: str = "operation", templated: bool = False
) -> Operation:
    read = partial(_part, reader, found, key, templated)
    known: dict[str, Any] = {"key": key, "method": found.method, "path": found.path}
    known |= {"at": found.at, "kind": kind}
    if reader.later:
        return deferred(Operation, read, **known)
    return Operation(**known, **{name: read(name) for name in PARTS})


def _part(reader: Reader, found: _Found, key: str, templated: bool, name: str) -> Any:
    reader.operation = key
    part = PARTS[name](reader, found)
    if templated and name == "parameters":
        part = reconciled(part, reader, found.path, found.at)
    reader.operation = ""
    return part


def _parameters(reader: Reader, found: _Found) -> tuple[Parameter, ...]:
    """Its own, and those of its path that it does not replace."""
    own = read_parameters(reader, found.definition, found.at)
    shared = read_parameters(reader, found.item, found.item_at)
    names = {(p.name, p.location) for p in own}
    return tuple(p for p in shared if (p.name, p.location) not in names) + own


def _tags(reader: Reader, found: _Found) -> tuple[str, ...]:
    return tuple(tag for tag in plain_list(found.definition.get("tags")) if isinstance(tag, str))


def _text(member: str) -> Callable[[Reader, _Found], str]:
    return lambda reader, found: plain_text(found.definition.get(member))


PARTS: Mapping[str, Callable[[Reader, _Found], Any]] = {
    "id": _text("operationId"),
    "summary": _text("summary"),
    "description": _text("description"),
    "tags": _tags,
    "parameters": _parameters,
    "body": lambda reader, found: read_body(reader, found.definition, found.at),
    "responses": lambda reader, found: read_responses(reader, found.definition, found.at),
    "security": lambda reader, found: read_needs(reader, found.definition, found.at),
    "deprecated": lambda reader, found: found.definition.get("deprecated") is True,
    "extensions": lambda reader, found: {
        name: value for name, value in found.definition.items() if name.startswith("x-")
    },
}
"""What an operation holds, and how it is read."""
