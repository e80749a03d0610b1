"""What refers to nothing is refused, whatever ids look like."""

import pytest

from tests.mocking.asking import Asker
from verifier.loading import from_mapping

TEXT, NUMBER = {"type": "string"}, {"type": "integer"}


def media(schema):
    return {"content": {"application/json": {"schema": schema}}}


def things(noun, refusals, **members):
    """A collection and an item of things that have these members."""
    schema = {"type": "object", "properties": members}
    by_id = {"name": "id", "in": "path", "required": True, "schema": members["id"]}
    made = {"201": {"description": "", **media(schema)}}
    refused = {status: {"description": ""} for status in refusals}
    return {
        f"/{noun}": {"post": {"requestBody": media(schema), "responses": {**made, **refused}}},
        f"/{noun}/{{id}}": {
            "get": {"parameters": [by_id], "responses": {"200": made["201"]}},
        },
    }


def shop(id, reference, refusals=("422",)):
    paths = {
        **things("customers", (), id=id, name=TEXT),
        **things("orders", refusals, id=TEXT, customer_id=reference),
    }
    return Asker(
        from_mapping(
            {"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "paths": paths}
        )
    )


@pytest.mark.parametrize("form", [TEXT, NUMBER])
def test_what_is_there_may_be_referred_to_and_what_is_not_may_not(form):
    asker = shop(form, form)
    customer = asker.ask("POST", "/customers", {"name": "Ada"})[1]["id"]
    status, order, _ = asker.ask("POST", "/orders", {"customer_id": customer})
    assert (status, order["customer_id"]) == (201, customer)
    nobody = 999_999 if form is NUMBER else "nobody"
    assert asker.ask("POST", "/orders", {"customer_id": nobody})[0] == 422
    assert len(asker.mock.rows("orders")) == 1


@pytest.mark.parametrize(
    ("form", "given"), [(NUMBER, "a-slug"), (TEXT, 5)], ids=["a slug", "a number"]
)
def test_what_can_be_no_id_is_taken_as_it_comes(form, given):
    either = {"type": ["string", "integer"]}
    assert shop(form, either).ask("POST", "/orders", {"customer_id": given})[0] == 201


def test_references_are_taken_as_they_come_where_nothing_can_be_said_of_them():
    assert shop(NUMBER, NUMBER, ()).ask("POST", "/orders", {"customer_id": 5})[0] == 201
