"""A request drawn from the contract, and what was meant by it."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

__all__ = ["Case", "Draft", "Missing", "Need", "Validity", "fill"]


class Validity(enum.Enum):
    """Whether the document allows the request; every label was checked by a validator."""

    VALID = "valid"
    BROKEN = "broken"


class Need(Struct, frozen=True, kw_only=True):
    """
    A hole in a draft that only the vendor's own data can fill: the id of an existing resource.

    Args:
        resource: Name of the resource whose id is wanted; empty where it is not known.
        location: ``path``, ``query``, ``header`` or ``body``.
        name: Parameter name, or JSON pointer in the body.
    """

    resource: str
    location: str
    name: str


class Draft(Struct, frozen=True, kw_only=True):
    """
    A request as values, before serialisation.

    Args:
        path, query, headers, cookies: Parameter name to JSON value.
        body: JSON value of the body (for forms: the object); ``has_body`` tells None from absent.
        raw_body: Bytes sent instead of a serialised body (malformed on purpose), or None.
    """

    path: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, Any] = field(default_factory=dict)
    cookies: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None
    has_body: bool = False
    media_type: str = ""
    raw_body: bytes | None = None


class Case(Struct, frozen=True, kw_only=True):
    """
    One drawn request.

    Args:
        operation: Key of the operation.
        validity: Whether the document allows it.
        says: What is special about it: ``"all optional fields left out"``, or for a broken one
            the one thing that is wrong: ``"body /email: a number instead of a string"``.
        aspect: Stable and without values: ``"missing-required:body/email"``; part of fingerprints.
        needs: Holes to be filled before it is sent; while there are any it is not sendable.
        phase: ``example``, ``sweep``, ``deep`` or ``shrunk``.
    """

    operation: str
    draft: Draft
    validity: Validity = Validity.VALID
    says: str = ""
    aspect: str = ""
    needs: tuple[Need, ...] = ()
    phase: str = "sweep"


class Missing(Struct, frozen=True, kw_only=True):
    """Why something could not be tried, and the exact thing to supply; empty where none helps."""

    reason: str
    supply: str = ""


def fill(case: Case, values: Mapping[Need, Any]) -> Case:
    """
    The case with values in its holes; needs that have none stay open.

    In a body a number stays a number, and text stays text.
    """
    draft = case.draft
    for need, value in values.items():
        draft = _placed(draft, need, value)
    return replace(case, draft=draft, needs=tuple(n for n in case.needs if n not in values))


def _placed(draft: Draft, need: Need, value: Any) -> Draft:
    match need.location:
        case "path":
            return replace(draft, path={**draft.path, need.name: value})
        case "query":
            return replace(draft, query={**draft.query, need.name: value})
        case "header":
            return replace(draft, headers={**draft.headers, need.name: value})
        case _:
            return replace(draft, body=_put(draft.body, need.name.split("/")[1:], value))


def _put(body: Any, path: list[str], value: Any) -> Any:
    if not path:
        return _alike(body, value)
    token = path[0].replace("~1", "/").replace("~0", "~")
    if isinstance(body, list) and token.isdigit() and int(token) < len(body):
        return [_put(v, path[1:], value) if i == int(token) else v for i, v in enumerate(body)]
    if isinstance(body, Mapping):
        return {**body, token: _put(body.get(token), path[1:], value)}
    return body


def _alike(held: Any, value: Any) -> Any:
    """An id of the type of what stood there: the same number may be text elsewhere."""
    if isinstance(held, str) and isinstance(value, int):
        return str(value)
    if isinstance(held, int) and isinstance(value, str) and value.isdecimal():
        return int(value)
    return value
