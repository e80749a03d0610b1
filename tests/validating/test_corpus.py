"""Real vendors' documents: every schema compiles or is named, and known cases are told apart."""

import functools
import time
from collections.abc import Iterator

import orjson
import oryaml
import pytest

from tests.places import CORPUS, needs_corpus
from verifier.loading import from_mapping
from verifier.model import Contract, Draft, Operation, Schema
from verifier.validating import Direction, judge_request, validator

pytestmark = [pytest.mark.corpus, needs_corpus]

SAMPLE = {
    "github/octokit-23.0.2.json": 0,
    "xero/accounting-2026-07-13.yaml": 0,
    "anthropic/2026-05-31.yaml": 0,
    "intercom/2.7.yaml": 3,
    "adyen/checkout-v72.json": 0,
    "discord/2023-12-20.json": 0,
    "meilisearch/2025-06-16.json": 0,
    "square/2025-08-19.json": 5,
    "box/2026-06-29.json": 0,
    "datadog/v1-2021-12-23.yaml": 0,
    "jira/platform-2022-07-17.json": 0,
    "paypal/orders-v2-2024-02-03.json": 0,
    "selfhosted/airflow-3.3.2.json": 0,
    "resend/2026-08-21.yaml": 0,
}
SECONDS = 20


@functools.lru_cache(maxsize=2)
def contract(file: str) -> Contract:
    content = (CORPUS / file).read_bytes()
    document = orjson.loads(content) if file.endswith(".json") else oryaml.loads(content)
    return from_mapping(document, location=file)


def schemas(operation: Operation) -> Iterator[tuple[Schema, Direction]]:
    described = [(p.schema, Direction.REQUEST) for p in operation.parameters]
    described += [
        (m.schema, Direction.REQUEST) for m in (operation.body.media if operation.body else ())
    ]
    for spec in operation.responses:
        described += [(m.schema, Direction.RESPONSE) for m in spec.media]
        described += [(h.schema, Direction.RESPONSE) for h in spec.headers]
    return ((schema, direction) for schema, direction in described if schema is not None)


@pytest.mark.parametrize("file", SAMPLE)
def test_every_schema_compiles_or_is_named(file: str) -> None:
    began = time.process_time()
    seen, broken, unchecked = 0, [], set()
    for operation in contract(file).operations:
        for schema, direction in schemas(operation):
            check = validator(schema, direction)
            seen += 1
            if check.broken:
                broken.append(check.broken)
            unchecked.update(check.unchecked)
    assert seen > 20
    assert broken == []
    assert len(unchecked) == SAMPLE[file], sorted(unchecked)[:5]
    assert time.process_time() - began < SECONDS


def refused(file: str, key: str, body: object, **path: object) -> bool:
    operation = contract(file).operation(key)
    draft = Draft(path=path, body=body, has_body=True, media_type="application/json")
    return any(wrong.part == "body" for wrong in judge_request(operation, draft))


def test_github_wants_a_title_for_an_issue() -> None:
    key = "POST /repos/{owner}/{repo}/issues"
    assert not refused("github/octokit-23.0.2.json", key, {"title": "t", "labels": ["a"]})
    assert not refused("github/octokit-23.0.2.json", key, {"title": 5}), "a number is documented"
    for wrong in (
        {},
        [],
        "t",
        None,
        {"title": None},
        {"title": ["t"]},
        {"title": "t", "labels": 1},
    ):
        assert refused("github/octokit-23.0.2.json", key, wrong), wrong


def test_xero_wants_an_object_of_invoices() -> None:
    file, key = "xero/accounting-2026-07-13.yaml", "PUT /Invoices"
    assert not refused(file, key, {"Invoices": [{"Type": "ACCREC"}]})
    for wrong in ([], "invoice", None, {"Invoices": {}}, {"Invoices": [{"Type": "NONE"}]}):
        assert refused(file, key, wrong), wrong


@pytest.mark.parametrize(
    ("member", "value", "fine"),
    [
        ("description", None, True),
        ("balance_transaction", None, True),
        ("balance_transaction", "txn_1", True),
        ("balance_transaction", 5, False),
        ("amount", None, False),
    ],
)
def test_stripe_says_null_under_nullable_beside_any_of(
    member: str, value: object, fine: bool
) -> None:
    file = "stripe/2023-09-12.yaml"
    operation = contract(file).operation("GET /v1/charges/{charge}")
    schema = operation.responses[0].media[0].schema
    assert schema is not None
    errors = validator(schema, Direction.RESPONSE).errors({member: value}, limit=500)
    about = [wrong for wrong in errors if wrong.path == f"/{member}"]
    assert (about == []) is fine
    assert all(wrong.schema_at and "charge" in wrong.schema_at.path for wrong in about)


def test_a_part_of_stripe_compiles_in_time() -> None:
    began = time.process_time()
    for operation in contract("stripe/2023-09-12.yaml").operations[:60]:
        for schema, direction in schemas(operation):
            assert validator(schema, direction).broken == ""
    assert time.process_time() - began < SECONDS
