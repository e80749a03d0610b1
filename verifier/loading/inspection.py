"""What was understood of a document, as plain data: for people, for programs, for other tools."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.model import Contract, Convention, Operation, Problem, Resource

__all__ = ["INSPECTION_SCHEMA", "inspect"]

MOST_PLACES = 50
"""Finding the line of a problem reads the document again, so only the first ones have it."""

LARGEST_PLACED_BYTES = 4 * 1024 * 1024
"""Reading again takes longer than everything else for a larger document; it gets pointers only."""


def inspect(contract: Contract) -> dict[str, Any]:
    """
    Everything that was understood, ready for JSON; ``INSPECTION_SCHEMA`` describes it.

    The first 50 problems have a line, in documents of up to 4 MiB; others only a JSON pointer.
    """
    placed = MOST_PLACES if contract.document.source.size_bytes <= LARGEST_PLACED_BYTES else 0
    return {
        "title": contract.title,
        "version": contract.version,
        "openapi": contract.openapi,
        "document": contract.document.source.location,
        "digest": contract.document.source.digest,
        "operations": len(contract.operations),
        "webhooks": len(contract.webhooks),
        "servers": list(contract.servers),
        "resources": [_resource(resource) for resource in contract.resources],
        "calls": [_resource(resource) for resource in contract.calls],
        "security": _security(contract),
        "conventions": [_convention(convention) for convention in contract.conventions],
        "problems": [
            _problem(contract, problem, placed=index < placed)
            for index, problem in enumerate(contract.problems)
        ],
    }


OPERATIONS = ("create", "read", "list", "update", "replace", "delete", "search")
FACTS = ("collection", "item", "id_field", "id_parameter", "parent", "envelope", "list_member")


def _resource(resource: Resource) -> dict[str, Any]:
    shown = {name: getattr(resource, name) for name in (*FACTS, *OPERATIONS)}
    return {
        "name": resource.name,
        **{name: value for name, value in shown.items() if value},
        "actions": list(resource.actions),
        "references": [
            {
                "field": reference.field,
                "resource": reference.resource,
                "confidence": round(reference.confidence, 2),
                "reason": reference.reason,
            }
            for reference in resource.references
        ],
        "confidence": round(resource.confidence, 2),
        "reason": resource.reason,
    }


def _convention(convention: Convention) -> dict[str, Any]:
    return {
        "kind": convention.kind,
        "style": convention.style,
        "operations": list(convention.operations),
        "detail": dict(convention.detail),
        "confidence": round(convention.confidence, 2),
        "reason": convention.reason,
    }


def _security(contract: Contract) -> dict[str, Any]:
    return {
        "schemes": [
            {
                "name": scheme.name,
                "type": scheme.type,
                **({"in": scheme.location} if scheme.location else {}),
                **({"parameter": scheme.parameter} if scheme.parameter else {}),
                **({"scheme": scheme.http_scheme} if scheme.http_scheme else {}),
                "scopes": dict(scheme.scopes),
                "token_urls": dict(scheme.token_urls),
            }
            for scheme in contract.schemes.values()
        ],
        "operations": {
            operation.key: _needs(operation)
            for operation in contract.operations
            if operation.security
        },
        "open": [operation.key for operation in contract.operations if not operation.secured],
    }


def _needs(operation: Operation) -> list[Mapping[str, list[str]]]:
    return [
        {name: list(scopes) for name, scopes in need.schemes.items()} for need in operation.security
    ]


def _problem(contract: Contract, problem: Problem, *, placed: bool) -> dict[str, Any]:
    place = contract.document.place(problem.at) if placed else None
    return {
        "says": problem.says,
        "mend": problem.mend,
        "operation": problem.operation,
        "file": place.file if place else problem.at.file or contract.document.source.location,
        "line": place.line if place else 0,
        "pointer": place.pointer if place else problem.at.path,
    }


_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_COUNT = {"type": "integer", "minimum": 0}
_SHARE = {"type": "number", "minimum": 0, "maximum": 1}


def _object(required: Mapping[str, Any], optional: Mapping[str, Any] | None = None) -> Any:
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def _list_of(item: Any, says: str) -> Any:
    return {"description": says, "type": "array", "items": item}


_REFERENCE = _object(
    {"field": _TEXT, "resource": _TEXT, "confidence": _SHARE, "reason": _TEXT},
)
_RESOURCE = _object(
    {
        "name": _TEXT,
        "actions": _TEXTS,
        "references": _list_of(_REFERENCE, "Fields that hold ids of other resources."),
        "confidence": _SHARE,
        "reason": _TEXT,
    },
    {name: {"type": "string", "minLength": 1} for name in (*FACTS, *OPERATIONS)},
)
_SCHEME = _object(
    {
        "name": _TEXT,
        "type": _TEXT,
        "scopes": {"type": "object", "additionalProperties": _TEXT},
        "token_urls": {"type": "object", "additionalProperties": _TEXT},
    },
    {"in": _TEXT, "parameter": _TEXT, "scheme": _TEXT},
)
_NEEDS = {"type": "array", "items": {"type": "object", "additionalProperties": _TEXTS}}
_SECURITY = _object(
    {
        "schemes": _list_of(_SCHEME, "How credentials are carried."),
        "operations": {
            "description": "Operation to its alternatives: scheme to the scopes that it asks for.",
            "type": "object",
            "additionalProperties": _NEEDS,
        },
        "open": _list_of(_TEXT, "Operations for which the document asks for no credential."),
    }
)
_CONVENTION = _object(
    {
        "kind": _TEXT,
        "style": _TEXT,
        "operations": _TEXTS,
        "detail": {"type": "object"},
        "confidence": _SHARE,
        "reason": _TEXT,
    }
)
_PROBLEM = _object(
    {
        "says": _TEXT,
        "mend": _TEXT,
        "operation": _TEXT,
        "file": _TEXT,
        "line": {**_COUNT, "description": "From 1; 0 where it was not looked up."},
        "pointer": {**_TEXT, "description": "JSON pointer in that file, as its author wrote it."},
    }
)

INSPECTION_SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "verifier inspect --json",
    "description": "What was understood of an API document.",
    **_object(
        {
            "title": _TEXT,
            "version": _TEXT,
            "openapi": _TEXT,
            "document": _TEXT,
            "digest": _TEXT,
            "operations": {**_COUNT, "description": "How many there are."},
            "webhooks": {**_COUNT, "description": "Webhooks and callbacks together."},
            "servers": _list_of(_TEXT, "Addresses in the document; never contacted by themselves."),
            "resources": _list_of(_RESOURCE, "Kinds of things that the vendor keeps."),
            "calls": _list_of(_RESOURCE, "Those that are reached by calls (/users.info)."),
            "security": _SECURITY,
            "conventions": _list_of(_CONVENTION, "Habits that were recognised."),
            "problems": _list_of(_PROBLEM, "What is wrong with the document."),
        }
    ),
}
