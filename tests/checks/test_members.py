"""What a body may hold is told by its own document."""

from verifier.checks.members import members
from verifier.loading import from_mapping


def operation(name):
    schema = {"type": "object", "properties": {name: {"type": "string"}}}
    body = {"content": {"application/json": {"schema": schema}}}
    post = {"requestBody": body, "responses": {"201": {"description": "Done."}}}
    info = {"title": "Things", "version": "1"}
    contract = from_mapping(
        {"openapi": "3.1.0", "info": info, "paths": {"/things": {"post": post}}}
    )
    return contract.operation("POST /things")


def test_two_editions_of_an_operation_have_members_of_their_own():
    assert list(members(operation("old"))) == ["old"]
    assert list(members(operation("new"))) == ["new"]
