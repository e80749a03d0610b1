"""Runtime expressions mean what Arazzo's grammar and examples say."""

import pytest

from tests.scenarios.scopes import answered, scope
from verifier.scenarios.expressions import (
    NOTHING,
    BadExpression,
    LooseExpression,
    evaluate,
    is_expression,
    parse,
    pieces,
    written,
)


def value(text, **more):
    return evaluate(parse(text), scope(**more))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$url", "http://vendor.test/v1/pets/7?limit=10"),
        ("$method", "POST"),
        ("$statusCode", 201),
        ("$self", "https://acme.example/w.arazzo.yaml"),
        ("$request.header.accept", "application/json"),
        ("$request.header.X-TRACE", "t1"),
        ("$request.query.limit", 10),
        ("$request.path.id", 7),
        ("$request.body", {"name": "Ada"}),
        ("$request.body#/name", "Ada"),
        ("$response.header.location", "/pets/p1"),
        ("$response.body#/id", "p1"),
        ("$response.body#/tags/1", "b"),
        ("$response.body#/a~1b", 1),
        ("$response.body#/m~0n", 2),
        ("$response.body#/owner/name", None),
        ("$response.payload#/id", "p1"),
        ("$message.header.webhook-id", "e1"),
        ("$message.payload#/type", "paid"),
        ("$message.body#/type", "paid"),
        ("$inputs.name", "Ada"),
        ("$inputs.a.b", "dotted"),
        ("$inputs.deep.er.x", 1),
        ("$inputs.deep#/er/x", 1),
        ("$outputs.bar#/0", 1),
        ("$steps.find-pet.outputs.id", 12),
        ("$steps.find-pet.outputs.pets#/0/id", 3),
        ("$steps.find-pet.outputs.cursor", None),
        ("$workflows.login.inputs.user", "u"),
        ("$workflows.login.outputs.token", "t"),
        ("$sourceDescriptions.petstore.url", "petstore.yaml"),
        ("$components.parameters.page", 1),
    ],
)
def test_an_expression_keeps_the_type_of_what_it_means(text, expected):
    found = value(text)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    "text",
    [
        "$response.header.Absent",
        "$response.body#/none",
        "$response.body#/tags/2",
        "$response.body#/tags/01",
        "$response.body#/tags/-1",
        "$response.body#/id/x",
        "$response.query.limit",
        "$request.query.none",
        "$inputs.none",
        "$inputs.deep.none",
        "$steps.never.outputs.id",
        "$steps.find-pet.outputs.none",
        "$workflows.never.outputs.x",
        "$components.parameters.none",
        "$sourceDescriptions.none.url",
    ],
)
def test_what_leads_nowhere_is_nothing_and_not_null(text):
    assert value(text) is NOTHING


def test_without_a_request_or_a_message_there_is_nothing():
    for text in ("$url", "$method", "$statusCode", "$request.body", "$response.body"):
        assert value(text, seen=None) is NOTHING
    assert value("$message.payload", message=None) is NOTHING


def test_a_body_that_is_no_json_is_text_and_a_pointer_reads_a_text_as_json():
    xml = answered(200, "<a/>", kind="application/xml")
    assert value("$response.body", seen=xml) == "<a/>"
    assert value("$response.body#/a", seen=xml) is NOTHING
    told = answered(200, '{"a": [1]}', kind="text/plain")
    assert value("$response.body#/a/0", seen=told) == 1


@pytest.mark.parametrize(
    ("text", "says", "mend"),
    [
        ("statusCode", "no expression", "$"),
        ("$statuscode", "no '$statuscode'", "$statusCode"),
        ("$input.name", "no '$input'", "$inputs"),
        ("$statusCode.x", "nothing follows", "alone"),
        ("$response", "needs a name", "$response.body"),
        ("$response.", "no part", "header"),
        ("$response.boddy#/id", "no part", "body"),
        ("$response.body.id", "dot", "$response.body#/id"),
        ("$response.body#id", "no JSON pointer", "#/id"),
        ("$response.body#/a~b", "'~'", "~0"),
        ("$response.header", "names no header", "NAME"),
        ("$response.header.X Y", "names no header", "NAME"),
        ("$inputs.", "no name", "name"),
        ("$steps.find-pet.id", "names no output", "outputs"),
        ("$workflows.w.x", "names no output", "inputs"),
        ("$sourceDescriptions.petstore", "incomplete", "REFERENCE"),
        ("$components.parameter.x", "parameter", "parameters"),
        ("$components.parameters", "names no component", "NAME"),
        ("$inputs." + "x" * 3000, "too long", "below"),
    ],
)
def test_a_slip_in_an_expression_is_named_with_its_mend(text, says, mend):
    with pytest.raises(BadExpression) as error:
        parse(text)
    assert says in error.value.says
    assert mend in error.value.mend


def test_what_the_older_grammar_lets_pass_is_told_apart():
    with pytest.raises(LooseExpression):
        parse("$steps.plan.finalizedPaymentPlan")


@pytest.mark.parametrize("text", ["$100", "$ref", "cost: $5", "$", "$a.b", "US$", "$$inputs.x"])
def test_a_text_with_a_dollar_sign_is_no_expression(text):
    assert not is_expression(text)


@pytest.mark.parametrize("text", ["$inputs.x", "$input.x", "$statusCode", "$respones.body"])
def test_an_expression_and_one_with_a_slip_are_meant_as_such(text):
    assert is_expression(text)


def test_embedded_expressions_are_cut_out_of_their_text():
    found = pieces("https://{$inputs.host}/api/{$steps.create.outputs.id}/status")
    assert [str(piece) for piece in found] == [
        "https://",
        "$inputs.host",
        "/api/",
        "$steps.create.outputs.id",
        "/status",
    ]
    assert pieces("no {braces} here") == ("no {braces} here",)
    assert pieces("") == ("",)
    with pytest.raises(BadExpression):
        pieces("{$inputz.x}")


@pytest.mark.parametrize(
    ("held", "text"),
    [("a", "a"), (5, "5"), (1.5, "1.5"), (True, "true"), (None, "null"), ({"a": [1]}, '{"a":[1]}')],
)
def test_a_value_inside_a_text_is_written_as_json_but_a_text_as_it_is(held, text):
    assert written(held) == text
