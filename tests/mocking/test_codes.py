"""Of the codes that a document lists an error carries the one that fits, or none."""

import pytest

from tests.mocking.asking import Asker
from tests.places import CORPUS, needs_corpus
from verifier.loading import from_mapping, load

TEXT = {"type": "string"}
NEEDS = {
    "type": "object",
    "required": ["intent", "country_code"],
    "properties": {
        "intent": {"type": "string", "enum": ["BUY", "SELL"]},
        "country_code": {"type": "string", "pattern": "^[A-Z]{2}$"},
        "label": {"type": "string", "maxLength": 3},
        "lines": {"type": "array", "minItems": 1, "items": TEXT},
    },
}
GOOD = {"intent": "BUY", "country_code": "DE"}
SHAPES = [
    *("TOTAL_MISMATCH", "INVALID_PARAMETER_SYNTAX", "INVALID_PARAMETER_VALUE"),
    *("MISSING_REQUIRED_PARAMETER", "REQUEST_ID_REQUIRED", "INVALID_STRING_LENGTH"),
    *("INVALID_ARRAY_MIN_ITEMS", "INVALID_COUNTRY_CODE", "MALFORMED_REQUEST_JSON"),
]
SENSES = ["TOTAL_MISMATCH", "ACCOUNT_LOCKED"]


def one(code):
    said = {"type": "string", "enum": [f"About {code}."]}
    return {"properties": {"issue": {"type": "string", "enum": [code]}, "description": said}}


def forms(codes):
    """Each code with its sentence, beside the members that any entry has."""
    any_of = {"type": "array", "items": {"anyOf": [one(code) for code in codes]}}
    entry = {"required": ["issue"], "properties": {"issue": TEXT, "field": TEXT}}
    free = {"type": "array", "items": {"type": "object", **entry}}
    return {"allOf": [{"properties": {"details": part}} for part in (free, any_of)]}


def choice(codes):
    code = {"type": "string", "enum": codes}
    return {"type": "object", "required": ["code"], "properties": {"code": code, "message": TEXT}}


def answer(schema, says=""):
    return {"description": says, "content": {"application/json": {"schema": schema}}}


def asker(**refusals):
    body = {"required": True, "content": {"application/json": {"schema": NEEDS}}}
    told = {status.strip("_"): told for status, told in refusals.items()}
    make = {"requestBody": body, "responses": {"201": answer(NEEDS), **told}}
    about = {"openapi": "3.0.3", "info": {"title": "Orders", "version": "1"}}
    keys = {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}}
    closed = {"components": keys, "security": [{"key": []}]}
    return Asker(from_mapping({**about, **closed, "paths": {"/orders": {"post": make}}}))


@pytest.fixture(scope="module")
def orders():
    return asker(_400=answer(forms(SHAPES)), _422=answer(forms(SENSES)))


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"country_code": "DE"}, "intent", "MISSING_REQUIRED_PARAMETER"),
        ({**GOOD, "label": 3}, "label", "INVALID_PARAMETER_SYNTAX"),
        ({**GOOD, "intent": "x"}, "intent", "INVALID_PARAMETER_VALUE"),
        ({**GOOD, "country_code": "x"}, "country_code", "INVALID_COUNTRY_CODE"),
        ({**GOOD, "label": "long"}, "label", "INVALID_STRING_LENGTH"),
        ({**GOOD, "lines": []}, "lines", "INVALID_ARRAY_MIN_ITEMS"),
        ([], "body", "INVALID_PARAMETER_SYNTAX"),
        (b"{", "body", "MALFORMED_REQUEST_JSON"),
    ],
)
def test_it_says_in_a_listed_code_and_its_sentence_what_is_wrong(orders, body, field, code):
    status, error, _ = orders.ask("POST", "/orders", body)
    told = {"field": field, "issue": code, "description": f"About {code}."}
    assert (status, error) == (400, {"details": [told]})


def test_a_code_that_says_something_else_is_worse_than_none():
    told = asker(_422=answer(forms(SENSES))).ask("POST", "/orders", {})
    assert told[:2] == (422, {})


def test_why_is_said_in_a_header_where_the_error_has_no_room_for_it():
    plain = asker(_400=answer({"type": "object", "properties": {"message": TEXT}}))
    assert "X-Verifier-Reason" not in plain.ask("POST", "/orders", {})[2]
    mute = asker(_400=answer(forms(SENSES)))
    told = mute.ask("POST", "/orders", {**GOOD, "label": "\r\nX-Evil: \u00e9"})[2]
    assert told["X-Verifier-Reason"] == "body /label should have at most 3 characters, has 11"
    told = mute.ask("POST", "/orders", {**GOOD, "intent": "\r\nX-Evil: \u00e9"})[2]
    assert "X-Evil: ?" in told["X-Verifier-Reason"]
    assert told["X-Verifier-Reason"].isprintable()


def test_without_a_code_that_fits_a_body_keeps_the_status_for_bodies():
    known = {"_400": answer(forms(["REQUEST_ID_REQUIRED"])), "_422": answer(forms(SENSES))}
    assert asker(**known).ask("POST", "/orders", {})[:2] == (422, {})


@pytest.mark.parametrize(
    ("shape", "sense", "expected"),
    [
        ("It violates the schema.", "It fails business validation.", 400),
        ("It violates the schema.", "It violates the schema.", 422),
        ("Bad Request", "Validation failed", 422),
    ],
)
def test_what_a_document_says_that_a_status_is_for_decides_between_two(shape, sense, expected):
    plain = {"type": "object", "properties": {"message": TEXT}}
    known = asker(_400=answer(plain, shape), _422=answer(plain, sense))
    assert known.ask("POST", "/orders", {})[0] == expected


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["card_error", "invalid_request_error"], "invalid_request_error"),
        (["order_locked", "missing_intent", "missing_field"], "missing_intent"),
        (["not_found", "missing_payload", "bad_request"], "bad_request"),
    ],
)
def test_one_code_for_all_is_the_one_about_the_first_thing_that_is_wrong(codes, expected):
    error = asker(_400=answer(choice(codes))).ask("POST", "/orders", {"country_code": "DE"})[1]
    assert error["code"] == expected


def test_of_errors_that_differ_by_their_type_the_one_for_the_status_is_told():
    kinds = ("invalid_request_error", "authentication_error", "rate_limit_error")
    each = [{"properties": {"type": {"const": kind}, "message": TEXT}} for kind in kinds]
    known = asker(_4XX=answer({"properties": {"error": {"oneOf": each}}}))
    assert known.ask("POST", "/orders", {})[1]["error"]["type"] == "invalid_request_error"
    status, error, _ = known.ask("POST", "/orders", GOOD, Authorization=None)
    assert (status, error["error"]["type"]) == (401, "authentication_error")


@needs_corpus
@pytest.mark.corpus
def test_paypal_is_told_what_is_missing_in_the_words_of_its_document():
    known = Asker(load(CORPUS / "paypal" / "orders-v2-2024-02-03.json"))
    status, error, _ = known.ask("POST", "/v2/checkout/orders", {})
    told = [(entry["field"], entry["issue"]) for entry in error["details"]]
    assert status == 400
    assert told == [(f"/{n}", "MISSING_REQUIRED_PARAMETER") for n in ("intent", "purchase_units")]
