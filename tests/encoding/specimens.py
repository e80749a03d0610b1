"""Small operations for tests of encoding."""

from typing import Any

from verifier.loading import from_mapping
from verifier.model import Operation


def operation(
    *,
    path: str = "/things",
    parameters: tuple[dict[str, Any], ...] = (),
    content: dict[str, Any] | None = None,
    responses: dict[str, Any] | None = None,
    version: str = "3.1.0",
) -> Operation:
    given: dict[str, Any] = {"parameters": list(parameters), "responses": responses or {}}
    if content is not None:
        given["requestBody"] = {"content": content}
    return from_mapping(
        {
            "openapi": version,
            "info": {"title": "Specimen", "version": "1"},
            "paths": {path: {"post": given}},
        }
    ).operations[0]
