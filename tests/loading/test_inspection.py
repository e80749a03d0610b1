"""What 'inspect' hands out, held against its published schema."""

import json
import time

import pytest
from jsonschema import Draft202012Validator

from tests.places import CORPUS, needs_corpus
from verifier.loading import INSPECTION_SCHEMA, from_mapping, inspect, load

SCHEMA = Draft202012Validator(INSPECTION_SCHEMA)
DOCUMENTS = [
    "adyen/webhooks-v1.json",
    "asana/2026-06-11.yaml",
    "box/2026-06-29.json",
    "docusign/click-v1-2026-05-26.json",
    "github/octokit-23.0.2.json",
    "intercom/2.7.yaml",
    "kubernetes/2017-11-20.json",
    "sendgrid/multi-2024-07-09/oas_v3.json",
    "slack/web-api-2020-10-06.json",
    "square/2025-08-19.json",
    "vonage/messages-2021-07-14.yaml",
]


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(INSPECTION_SCHEMA)


def test_an_empty_document_is_inspected():
    found = inspect(from_mapping({"openapi": "3.1.0"}, location="empty.json"))
    SCHEMA.validate(found)
    assert (found["title"], found["operations"], found["problems"]) == ("empty.json", 0, [])


def test_security_tells_what_each_operation_asks_for_and_which_are_open():
    found = inspect(
        from_mapping(
            {
                "openapi": "3.1.0",
                "paths": {
                    "/a": {"get": {"security": [{"oauth": ["read"]}]}},
                    "/b": {"get": {}},
                    "/c": {"get": {"security": [{"oauth": []}, {}]}},
                },
                "components": {"securitySchemes": {"oauth": {"type": "oauth2"}}},
            }
        )
    )
    assert found["security"]["operations"]["GET /a"] == [{"oauth": ["read"]}]
    assert found["security"]["open"] == ["GET /b", "GET /c"]


def test_a_problem_has_a_place_and_a_mend(tmp_path):
    file = tmp_path / "openapi.yaml"
    file.write_text("openapi: 3.1.0\ninfo: {title: T}\npaths:\n  /a/{b}:\n    get: {}\n")
    [problem] = inspect(load(file))["problems"]
    assert problem["line"] == 5
    assert problem["file"] == str(file)
    assert problem["pointer"] == "/paths/~1a~1{b}/get"
    assert (problem["operation"], bool(problem["mend"])) == ("GET /a/{b}", True)


def test_only_the_first_problems_are_looked_up():
    asked = []
    contract = from_mapping(
        {"openapi": "3.1.0", "paths": {f"/{i}/{{x}}": {"get": {}} for i in range(80)}}
    )
    find = contract.document.find
    object.__setattr__(contract.document, "find", lambda at: asked.append(at) or find(at))
    assert len(inspect(contract)["problems"]) == 80
    assert len(asked) == 50


@needs_corpus
@pytest.mark.corpus
@pytest.mark.parametrize("document", DOCUMENTS)
def test_real_documents_fit_the_schema(document):
    found = inspect(load(CORPUS / document))
    errors = [error.message[:200] for error in SCHEMA.iter_errors(json.loads(json.dumps(found)))]
    assert errors == []


@needs_corpus
@pytest.mark.corpus
def test_the_largest_document_is_inspected_in_a_second():
    document = CORPUS / "github" / "octokit-23.0.2.json"
    spent = []
    for _ in range(3):
        start = time.process_time()
        inspect(load(document))
        spent.append(time.process_time() - start)
    assert min(spent) < 1.0
