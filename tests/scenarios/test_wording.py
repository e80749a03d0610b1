"""What a scenario saw, told without expressions."""

import pytest

from verifier.scenarios.flows.wording import in_words


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        ("$statusCode is 200", "the status is 200"),
        ("$response.header.Location is null", "the header Location is missing"),
        ('$response.header.ETag is a string: "1"', 'the header ETag is a string: "1"'),
        ("$response.body#/total/amount is null", "/total/amount in the answer is null"),
        ("$response.body.total is 5", "total in the answer is 5"),
        ("$response.body is an array, empty", "the answer is an array, empty"),
        ("$request.body#/name is null", "/name that was sent is null"),
        (
            "$response.body#/id is 1, $steps.make.outputs.id is 2",
            "/id in the answer is 1, id of step 'make' is 2",
        ),
        ("$inputs.name is absent", "the input name is absent"),
        ("$message.payload is null", "$message.payload is null"),
    ],
)
def test_what_a_condition_looked_at_is_told_in_words(seen, told):
    assert in_words(seen) == told


def test_what_the_vendor_said_stays_as_it_was():
    seen = '$response.body#/note is a string: "a, $statusCode costs $url"'
    assert in_words(seen) == '/note in the answer is a string: "a, $statusCode costs $url"'
    assert in_words("nothing in $response.body is selected") == (
        "nothing in $response.body is selected"
    )
