"""A small shop for tests: customers, their orders, a form, and an upload."""

from typing import Any

from verifier.encoding import DecodeError, decode, encode
from verifier.loading import from_mapping
from verifier.model import Case, Contract, Operation
from verifier.validating import judge_request

CUSTOMER = {
    "type": "object",
    "required": ["id", "email"],
    "properties": {
        "id": {"type": "string", "readOnly": True},
        "email": {"type": "string", "format": "email"},
        "name": {"type": "string", "maxLength": 40},
    },
}
NEW_CUSTOMER = {
    "type": "object",
    "required": ["email"],
    "additionalProperties": False,
    "properties": {
        "email": {"type": "string", "format": "email"},
        "name": {"type": "string", "minLength": 1, "maxLength": 40},
        "external_id": {"type": "string", "format": "uuid"},
        "status": {"type": "string", "enum": ["active", "blocked"]},
        "credit": {"type": "number", "minimum": 0, "maximum": 1000},
    },
}
ORDER = {
    "type": "object",
    "required": ["id", "customer_id"],
    "properties": {"id": {"type": "string"}, "customer_id": {"type": "string"}},
}
NEW_ORDER = {
    "type": "object",
    "required": ["customer_id", "lines"],
    "properties": {
        "customer_id": {"type": "string", "description": "Id of the customer."},
        "lines": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["sku", "quantity"],
                "properties": {
                    "sku": {"type": "string"},
                    "quantity": {"type": "integer", "minimum": 1},
                },
            },
        },
        "note": {"type": "string"},
    },
}
LIMIT = {"name": "limit", "in": "query"}
LIMIT |= {"schema": {"type": "integer", "minimum": 1, "maximum": 100}}
SORT = {"name": "sort", "in": "query", "schema": {"type": "string", "enum": ["name", "date"]}}
SEARCH = {"name": "q", "in": "query", "schema": {"type": "string", "maxLength": 20}}
TENANT = {"name": "X-Tenant", "in": "header", "required": True}
TENANT |= {"schema": {"type": "string", "pattern": "^[a-z]{3,8}$"}}
CUSTOMER_ID = {"name": "customer_id", "in": "path", "required": True, "schema": {"type": "string"}}
ORDER_ID = {"name": "order_id", "in": "path", "required": True, "schema": {"type": "string"}}


def content(schema: Any, media: str = "application/json", **more: Any) -> dict[str, Any]:
    return {"content": {media: {"schema": schema, **more}}}


def answers(status: str, schema: Any = None) -> dict[str, Any]:
    return {status: {"description": "Done.", **(content(schema) if schema else {})}}


def listed(schema: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {"data": {"type": "array", "items": schema}}}


PATHS: dict[str, Any] = {
    "/customers": {
        "get": {
            "parameters": [LIMIT, SORT, SEARCH, TENANT],
            "responses": answers("200", listed(CUSTOMER)),
        },
        "post": {
            "requestBody": {"required": True, **content(NEW_CUSTOMER)},
            "responses": answers("201", CUSTOMER),
        },
    },
    "/customers/{customer_id}": {
        "get": {"parameters": [CUSTOMER_ID], "responses": answers("200", CUSTOMER)},
        "delete": {"parameters": [CUSTOMER_ID], "responses": answers("204")},
    },
    "/orders": {
        "get": {"parameters": [LIMIT], "responses": answers("200", listed(ORDER))},
        "post": {
            "requestBody": {"required": True, **content(NEW_ORDER)},
            "responses": answers("201", ORDER),
        },
    },
    "/orders/{order_id}": {
        "get": {"parameters": [ORDER_ID], "responses": answers("200", ORDER)},
    },
    "/forms": {
        "post": {
            "requestBody": {
                "required": True,
                **content(
                    {
                        "type": "object",
                        "required": ["age"],
                        "properties": {
                            "age": {"type": "integer", "minimum": 18},
                            "word": {"type": "string"},
                        },
                    },
                    "application/x-www-form-urlencoded",
                ),
            },
            "responses": answers("204"),
        }
    },
    "/regions/{region}/rates": {
        "get": {
            "parameters": [
                {"name": "region", "in": "path", "required": True}
                | {"schema": {"type": "string", "enum": ["eu", "us"]}}
            ],
            "responses": answers("200"),
        }
    },
    "/reports": {
        "post": {
            "requestBody": {"required": True, **content({"type": "object"}, "application/xml")},
            "responses": answers("204"),
        }
    },
}


def shop(**paths: Any) -> Contract:
    """The shop, with paths added or replaced."""
    return from_mapping(
        {
            "openapi": "3.1.0",
            "info": {"title": "Shop", "version": "1"},
            "paths": {**PATHS, **paths},
        }
    )


def by_aspect(cases: Any) -> dict[str, Case]:
    """The first case of each aspect."""
    found: dict[str, Case] = {}
    for case in cases:
        found.setdefault(case.aspect, case)
    return found


def is_wrong(operation: Operation, case: Case) -> bool:
    """Whether a case is refused by who reads it at the other end, from the bytes it makes."""
    request = encode(operation, case.draft)
    try:
        read = decode(
            operation, request.method, request.path, request.query, request.headers, request.body
        )
    except DecodeError:
        return True
    return bool(judge_request(operation, read))
