"""A small document, and editions of it in which one thing is different."""

import copy

from verifier.diffing import compare
from verifier.loading import from_mapping
from verifier.model import Impact

ITEM = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {
        "id": {"type": "string", "readOnly": True},
        "name": {"type": "string", "minLength": 1, "maxLength": 100},
        "size": {"type": "integer", "format": "int32", "minimum": 0, "maximum": 10},
        "status": {"type": "string", "enum": ["draft", "listed"]},
        "note": {"type": ["string", "null"]},
        "secret": {"type": "string", "writeOnly": True},
        "tags": {"type": "array", "items": {"type": "string"}},
        "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Item"}},
        "owner": {"oneOf": [{"$ref": "#/components/schemas/Person"}, {"type": "string"}]},
    },
}

SMALL = {
    "openapi": "3.1.0",
    "info": {"title": "Small", "version": "1"},
    "servers": [{"url": "https://api.example.test/v1"}],
    "security": [{"key": []}, {"oauth": ["read"]}],
    "paths": {
        "/items": {
            "get": {
                "operationId": "listItems",
                "parameters": [
                    {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 99}},
                    {"name": "status", "in": "query", "schema": {"enum": ["draft", "listed"]}},
                ],
                "responses": {
                    "200": {
                        "description": "Items.",
                        "headers": {"X-Total": {"required": True, "schema": {"type": "integer"}}},
                        "content": {
                            "application/json": {
                                "schema": {
                                    "type": "object",
                                    "required": ["data"],
                                    "properties": {
                                        "data": {
                                            "type": "array",
                                            "items": {"$ref": "#/components/schemas/Item"},
                                        }
                                    },
                                }
                            },
                            "text/csv": {"schema": {"type": "string"}},
                        },
                    },
                    "404": {"description": "None."},
                },
            },
            "post": {
                "operationId": "createItem",
                "requestBody": {
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/NewItem"}},
                        "application/xml": {"schema": {"$ref": "#/components/schemas/NewItem"}},
                    },
                },
                "responses": {
                    "201": {
                        "description": "Made.",
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Item"}}
                        },
                    }
                },
            },
        },
        "/items/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {}}],
            "get": {
                "operationId": "readItem",
                "deprecated": True,
                "responses": {"200": {"description": "It."}, "204": {"description": "Gone."}},
            },
            "delete": {"operationId": "deleteItem", "responses": {"204": {"description": "Ok."}}},
        },
    },
    "components": {
        "securitySchemes": {
            "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "oauth": {
                "type": "oauth2",
                "flows": {
                    "clientCredentials": {
                        "tokenUrl": "https://api.example.test/token",
                        "scopes": {"read": "Read.", "write": "Write."},
                    }
                },
            },
        },
        "schemas": {
            "Item": ITEM,
            "NewItem": {
                "type": "object",
                "required": ["name"],
                "properties": {
                    "name": {"type": "string", "minLength": 1, "maxLength": 100},
                    "kind": {"type": "string", "enum": ["a", "b"]},
                    "amount": {"type": "number", "minimum": 0, "exclusiveMaximum": 10},
                    "code": {"type": "string", "pattern": "^[a-z]+$"},
                    "step": {"type": "integer", "multipleOf": 5},
                    "made": {"type": "string", "readOnly": True},
                },
            },
            "Person": {"type": "object", "properties": {"email": {"type": "string"}}},
        },
    },
}

ABSENT = object()


def edited(*edits, base=SMALL):
    """The small document with values set at JSON pointers; ABSENT takes one away."""
    document = copy.deepcopy(base)
    for pointer, value in edits:
        tokens = [t.replace("~1", "/").replace("~0", "~") for t in pointer.split("/")[1:]]
        node = document
        for token in tokens[:-1]:
            node = node[int(token)] if isinstance(node, list) else node[token]
        last = int(tokens[-1]) if isinstance(node, list) else tokens[-1]
        if value is ABSENT:
            del node[last]
        elif isinstance(node, list) and last == len(node):
            node.append(copy.deepcopy(value))
        else:
            node[last] = copy.deepcopy(value)
    return document


def compared(old, new, **options):
    return compare(from_mapping(old), from_mapping(new), **options)


def changes(old, new, **options):
    return compared(old, new, **options).changes


def told(found, *, also_info=True, versions=False):
    """Rule, direction and severity of each change, sorted; what is said of the version if asked."""
    return sorted(
        f"{c.severity.value} {c.direction.value} {c.rule}"
        for c in found
        if (also_info or c.severity is not Impact.INFO)
        and (versions or not c.rule.startswith("versions."))
    )
