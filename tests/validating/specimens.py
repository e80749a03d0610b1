"""Small contracts for tests: one operation, one schema."""

from typing import Any

from verifier.loading import from_mapping
from verifier.model import Contract, Operation, Response, Schema
from verifier.validating import Direction, Validator, validator


def contract(
    schema: Any,
    *,
    version: str = "3.0.3",
    definitions: dict[str, Any] | None = None,
    media: str = "application/json",
    headers: dict[str, Any] | None = None,
    status: str = "200",
) -> Contract:
    """A contract whose one operation takes and gives a schema."""
    content = {media: {"schema": schema}}
    return from_mapping(
        {
            "openapi": version,
            "info": {"title": "Specimen", "version": "1"},
            "paths": {
                "/things": {
                    "post": {
                        "requestBody": {"required": True, "content": content},
                        "responses": {
                            status: {
                                "description": "",
                                "content": content,
                                "headers": headers or {},
                            }
                        },
                    }
                }
            },
            "components": {"schemas": definitions or {}},
        }
    )


def operation(schema: Any, **given: Any) -> Operation:
    return contract(schema, **given).operations[0]


def schema_of(schema: Any, **given: Any) -> Schema:
    found = operation(schema, **given).responses[0].media[0].schema
    assert found is not None
    return found


def checking(schema: Any, *, direction: Direction = Direction.RESPONSE, **given: Any) -> Validator:
    return validator(schema_of(schema, **given), direction)


def answer(
    body: bytes,
    *,
    status: int = 200,
    content_type: str = "application/json",
    headers: tuple[tuple[str, str], ...] = (),
) -> Response:
    kind = (("Content-Type", content_type),) if content_type else ()
    return Response(status=status, headers=(*kind, *headers), body=body)
