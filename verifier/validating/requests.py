"""A draft judged against its operation: what the document would refuse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from verifier.encoding import media_for
from verifier.model import Draft, Operation, Parameter
from verifier.validating.validators import validator
from verifier.validating.violations import Direction, Violation

__all__ = ["judge_request"]

# OpenAPI 3.1.1, 4.8.12.1: parameters of these names are ignored.
OWN_FIELDS = frozenset({"accept", "content-type", "authorization"})


def judge_request(operation: Operation, draft: Draft) -> tuple[Violation, ...]:
    """
    Everything in which a draft is not what the document asks for; empty for a valid one.

    Parameters that the document does not describe are no violation. A body sent as raw bytes is
    not looked into.
    """
    return (*_parameters(operation, draft), *_body(operation, draft))


def _parameters(operation: Operation, draft: Draft) -> Iterator[Violation]:
    values: dict[str, Mapping[str, Any]] = {
        "path": draft.path,
        "query": draft.query,
        "querystring": draft.query,
        "header": {name.lower(): value for name, value in draft.headers.items()},
        "cookie": draft.cookies,
    }
    for parameter in operation.parameters:
        location = parameter.location
        name = parameter.name.lower() if location == "header" else parameter.name
        if location == "header" and name in OWN_FIELDS:
            continue
        sent = values.get(location, {})
        if name in sent:
            yield from _parameter(parameter, sent[name])
        elif parameter.required:
            yield Violation(
                path=f"/{parameter.name}",
                says=f"{location} parameter '{parameter.name}' is required, and is not there",
                keyword="required",
                schema_at=parameter.at,
                part=_part(location),
            )


def _parameter(parameter: Parameter, value: Any) -> Iterator[Violation]:
    if parameter.schema is None:
        return
    check = validator(parameter.schema, Direction.REQUEST)
    if check.accepts(value):
        return
    for wrong in check.errors(value):
        path = f"/{parameter.name}{wrong.path}"
        yield replace(wrong, path=path, part=_part(parameter.location))


def _part(location: str) -> str:
    return "query" if location == "querystring" else location


def _body(operation: Operation, draft: Draft) -> tuple[Violation, ...]:
    body = operation.body
    if body is None or draft.raw_body is not None:
        return ()
    if not draft.has_body:
        if not body.required:
            return ()
        says = "a body is required, and is not there"
        return (_wrong(says, "required", operation),)
    media = media_for(body.media, draft.media_type) if draft.media_type else None
    if media is None and draft.media_type and body.media:
        taken = ", ".join(m.type for m in body.media)
        return (_wrong(f"is {draft.media_type}, taken is {taken}", "content", operation),)
    media = media or next(iter(body.media), None)
    if media is None or media.schema is None:
        return ()
    check = validator(media.schema, Direction.REQUEST)
    if check.accepts(draft.body):
        return ()
    return tuple(replace(wrong, part="body") for wrong in check.errors(draft.body))


def _wrong(says: str, keyword: str, operation: Operation) -> Violation:
    at = operation.body.at if operation.body else operation.at
    return Violation(path="", says=says, keyword=keyword, schema_at=at, part="body")
