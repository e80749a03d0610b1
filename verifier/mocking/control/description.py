"""The control API's own OpenAPI document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from verifier.mocking.control.call import Verb

__all__ = ["describe"]

HEADERS = {
    "X-Request-Id": {"description": "Names this call.", "schema": {"type": "string"}},
}
PROBLEM = {
    "type": "object",
    "required": ["status", "title"],
    "properties": {
        "type": {"type": "string"},
        "status": {"type": "integer"},
        "title": {"type": "string", "description": "What was wrong."},
        "detail": {"type": "string", "description": "How to mend it."},
    },
}


def describe(verbs: Sequence[Verb], choices: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """
    The document of these verbs.

    Args:
        choices: Variable of a path, or ``fault``, to all values that it may have.
    """
    paths: dict[str, dict[str, Any]] = {}
    for verb in verbs:
        paths.setdefault(verb.path, {})[verb.method.lower()] = _operation(verb, choices)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Control of a mock vendor",
            "version": "1",
            "description": "Scripts faults, moves the clock, reads the ledger, seeds and resets.",
        },
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Problem": PROBLEM},
        },
    }


def _operation(verb: Verb, choices: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    success: dict[str, Any] = {"description": "It was done.", "headers": HEADERS}
    if verb.status != 204:
        success["content"] = {"application/json": {"schema": {"type": "object"}}}
    told: dict[str, Any] = {
        "operationId": verb.does.__name__,
        "summary": verb.says,
        "parameters": [*_variables(verb, choices), *_query(verb)],
        "responses": {str(verb.status): success} | {c: _refusal(c) for c in _refusals(verb)},
    }
    if verb.body is not None:
        content = {"application/json": {"schema": _chosen(verb.body, choices)}}
        told["requestBody"] = {"required": True, "content": content}
    return told


def _refusals(verb: Verb) -> list[str]:
    return ["400", "401", "415", "422"] if verb.body is not None else ["400", "401", "422"]


def _chosen(schema: Mapping[str, Any], choices: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    members = {
        name: {**member, "enum": list(choices[name])} if name in choices else member
        for name, member in schema["properties"].items()
    }
    return {**schema, "properties": members}


def _refusal(code: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    said = {"400": "Malformed.", "401": "No token.", "415": "No JSON.", "422": "Not possible."}
    content = {"application/problem+json": {"schema": schema}}
    return {"description": said[code], "headers": HEADERS, "content": content}


def _variables(verb: Verb, choices: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string", "enum": list(choices[name])},
        }
        for name in re.findall(r"\{(\w+)\}", verb.path)
    ]


def _query(verb: Verb) -> list[dict[str, Any]]:
    whole = {"type": "integer", "minimum": 0}
    return [
        {
            "name": name,
            "in": "query",
            "description": says,
            "schema": whole if name in ("status", "since") else {"type": "string"},
        }
        for name, says in verb.query.items()
    ]
