"""The parts of a request that values are drawn for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from verifier.encoding import is_json
from verifier.encoding.media import kind_of
from verifier.encoding.paths import names_in
from verifier.encoding.scalars import json_bytes
from verifier.model import Draft, Media, Operation, Parameter

__all__ = [
    "LOCATIONS",
    "identity",
    "location_of",
    "media_of",
    "parameters_of",
    "values_in",
    "with_body",
    "with_parameter",
    "with_values",
    "writes_json",
]

BODILESS = frozenset({"GET", "HEAD", "DELETE"})
LOCATIONS = ("path", "query", "header", "cookie")
ANY = frozenset(("*/*", "application/*"))
# OpenAPI 3.1.1, 4.8.12.1: parameters of these names are ignored.
IGNORED = frozenset({"accept", "content-type", "authorization"})


def parameters_of(operation: Operation) -> tuple[Parameter, ...]:
    """What can be given: described parameters, and variables of the path that nobody describes."""
    described = {parameter.name for parameter in operation.parameters_in("path")}
    others = (
        Parameter(
            name=name,
            location="path",
            required=True,
            schema=None,
            at=operation.at,
            style="simple",
            explode=False,
        )
        for name in names_in(operation.path)
        if name not in described
    )
    return (*(p for p in operation.parameters if _is_sendable(p)), *others)


def _is_sendable(parameter: Parameter) -> bool:
    return parameter.location != "header" or parameter.name.lower() not in IGNORED


def location_of(parameter: Parameter) -> str:
    """Where a draft holds the value of a parameter."""
    return "query" if parameter.location == "querystring" else parameter.location


def values_in(draft: Draft, location: str) -> Mapping[str, Any]:
    """The values of one location."""
    match location:
        case "path":
            return draft.path
        case "header":
            return draft.headers
        case "cookie":
            return draft.cookies
        case _:
            return draft.query


def with_values(draft: Draft, location: str, values: Mapping[str, Any]) -> Draft:
    """The draft with all values of one location replaced."""
    return Draft(
        path=values if location == "path" else draft.path,
        query=values if location == "query" else draft.query,
        headers=values if location == "header" else draft.headers,
        cookies=values if location == "cookie" else draft.cookies,
        body=draft.body,
        has_body=draft.has_body,
        media_type=draft.media_type,
        raw_body=draft.raw_body,
    )


def with_body(draft: Draft, body: Any) -> Draft:
    """The draft with another body of the same media type."""
    return Draft(
        path=draft.path,
        query=draft.query,
        headers=draft.headers,
        cookies=draft.cookies,
        body=body,
        has_body=True,
        media_type=draft.media_type,
    )


def with_parameter(draft: Draft, parameter: Parameter, value: Any) -> Draft:
    """The draft with one parameter set."""
    location = location_of(parameter)
    return with_values(draft, location, {**values_in(draft, location), parameter.name: value})


def media_of(operation: Operation) -> Iterator[Media]:
    """
    The media types that bodies are drawn for, the best first: JSON, then forms, then the others.

    An optional body of a GET, HEAD or DELETE is left out: it has no meaning (RFC 9110, 9.3.1).
    """
    if operation.body is None or (operation.method in BODILESS and not operation.body.required):
        return
    left = list(operation.body.media)
    for word in ("json", "form", ""):
        chosen = [media for media in left if word in media.type]
        yield from chosen
        left = [media for media in left if media not in chosen]


def writes_json(media: Media | None) -> bool:
    """Whether bodies of a media type are written as JSON: those of any type are, too."""
    return media is not None and (is_json(media.type) or kind_of(media.type) in ANY)


def identity(draft: Draft) -> bytes:
    """The same for drafts that are the same request."""
    parts = (draft.path, draft.query, draft.headers, draft.cookies, draft.body, draft.has_body)
    known = (*parts, draft.media_type, draft.raw_body.hex() if draft.raw_body else "")
    try:
        return orjson.dumps(known)
    except TypeError:
        return json_bytes(known)
