"""mock.yaml: what it says, and what it may not say."""

import pytest
import yaml
from jsonschema import Draft202012Validator

import verifier
from tests.places import ROOT
from verifier.errors import ConfigError
from verifier.loading import load_mock_profile, mock_schema
from verifier.mocking import profile_names
from verifier.model import HookEndpoint, LimitRule, MockProfile, OperationRule

SAMPLE = ROOT / "specs" / "acme-billing"
FULL = """\
like: stripe
idempotency: {carrier: header, name: X-Key, required: true, mismatch: refuse}
limits:
  - name: minute
    quota: 60
    window_seconds: 60
    kind: bucket
    per: [principal]
    costs: {createInvoice: 5}
    operations: [createInvoice, GET /invoices]
limit_headers: [draft-11]
limited_status: 429
webhooks:
  signature: github
  endpoints:
    - {url: "http://127.0.0.1:9/in", events: [invoice.paid]}
token_seconds: 60
made_up: 2
seeds:
  customers:
    - value: {id: cus_ada, name: Ada}
      tenant: north
operations:
  deleteCustomer: {status: 403}
  listEvents: {body: null, takes_seconds: 0.5}
"""


@pytest.fixture(scope="module")
def contract():
    return verifier.load(SAMPLE)


def read(tmp_path, contract, text):
    file = tmp_path / "mock.yaml"
    file.write_text(text)
    return load_mock_profile("", contract, file=file, names=profile_names)


def test_where_nothing_was_written_nothing_was_said(tmp_path, contract):
    (tmp_path / "openapi.yaml").write_text("")
    (tmp_path / "mock.yaml").write_text("made_up: 9")
    for where in (SAMPLE, tmp_path / "openapi.yaml", "https://acme.example/openapi.json"):
        assert load_mock_profile(where, contract) == MockProfile()


def test_the_one_in_the_vendors_folder_is_found(tmp_path, contract):
    (tmp_path / "vendor.yaml").write_text("document: openapi.yaml")
    (tmp_path / "mock.yaml").write_text("made_up: 9")
    assert load_mock_profile(tmp_path, contract).made_up == 9
    assert load_mock_profile(tmp_path / "vendor.yaml", contract).made_up == 9


def test_everything_that_may_stand_in_it_is_read(tmp_path, contract):
    found = read(tmp_path, contract, FULL)
    assert found.like == "stripe"
    assert found.limits == (
        LimitRule(
            name="minute",
            quota=60,
            window_seconds=60,
            kind="bucket",
            per=("principal",),
            costs={"POST /invoices": 5},
            operations=("POST /invoices", "GET /invoices"),
        ),
    )
    assert found.endpoints == (HookEndpoint(url="http://127.0.0.1:9/in", events=("invoice.paid",)),)
    [seed] = found.seeds
    assert (seed.resource, seed.value["name"], seed.tenant) == ("customers", "Ada", "north")
    assert seed.where.endswith("mock.yaml:21")
    assert found.operations == (
        OperationRule(operation="DELETE /customers/{customer_id}", status=403),
        OperationRule(operation="GET /events", has_body=True, takes_seconds=0.5),
    )


WRONG = {
    "seed: {}": ("1: unknown key 'seed'", "Did you mean 'seeds'?"),
    "seeds: {customer: []}": (
        "1: there is no resource of the document 'customer'",
        "Did you mean 'customers'?",
    ),
    "operations:\n  deleteCustmer: {status: 403}": ("2: there is no operation", "deleteCustomer"),
    "operations: {deleteCustomer: {headers: {A: b}}}": ("1: headers alone", "Add 'status'"),
    "operations: {deleteCustomer: {status: 99}}": ("status", "Change it."),
    "limits:\n  - quota: 3": ("2: 'limits[0]' needs 'window_seconds'", "Add it."),
    "limits:\n  - quota: 0": ("2: 'limits[0].quota'", "Change it"),
    "limits: [{quota: 3, window_seconds: 1, costs: {nothing: 2}}]": ("there is no operation", ""),
    "like: strip": ("1: there is no well-known vendor 'strip'", "Did you mean 'stripe'?"),
    "limit_headers: [draft-12]": ("1: there is no dialect of limit headers 'draft-12'", "draft-1"),
    "webhooks: {signature: sha}": ("'webhooks.signature' is a text", ""),
    "": ("the file is empty", "seeds"),
}


@pytest.mark.parametrize("text", WRONG)
def test_what_cannot_be_used_is_refused_with_its_place_and_its_mend(tmp_path, contract, text):
    with pytest.raises(ConfigError) as raised:
        read(tmp_path, contract, text)
    says, mend = WRONG[text]
    assert f"{tmp_path / 'mock.yaml'}" in str(raised.value)
    assert says in str(raised.value)
    assert mend in raised.value.mend


# The published schema


def test_the_schema_is_a_schema_and_accepts_what_the_loader_accepts():
    Draft202012Validator.check_schema(mock_schema())
    Draft202012Validator(mock_schema()).validate(yaml.safe_load(FULL))


def test_every_member_of_a_profile_can_be_written():
    written = {*mock_schema()["properties"], "endpoints"}  # those stand under 'webhooks'
    assert written == set(MockProfile.__struct_fields__)
    told = mock_schema()["properties"]["limits"]["items"]["properties"]
    assert set(told) == set(LimitRule.__struct_fields__)
