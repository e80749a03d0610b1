"""vendor.yaml: what it says, what it may not say, and what the command line adds."""

import json
import re
import sys

import pytest
import yaml
from jsonschema import Draft202012Validator

from tests.places import ROOT
from verifier.errors import ConfigError, DocumentError, UsageError
from verifier.loading import (
    from_mapping,
    load_vendor,
    parse_principal,
    reveal,
    vendor_schema,
)
from verifier.model import Environment, Limits, SecretReference

SECRET = "sk_live_51H8xYzVerySecret"
DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "Acme Billing API"},
    "servers": [{"url": "https://api.acme.example"}],
    "paths": {
        "/orders": {
            "get": {
                "operationId": "listOrders",
                "parameters": [
                    {"name": name, "in": "query"}
                    for name in ("customerId", "country", "on", "big", "half", "none")
                ],
            },
            "post": {},
        },
        "/orders/{id}": {"get": {"parameters": [{"name": "id", "in": "path"}]}},
        "/people/{id}": {"get": {"parameters": [{"name": "id", "in": "path"}]}},
    },
    "components": {
        "securitySchemes": {
            "key": {"type": "apiKey", "in": "query", "name": "api_key"},
            "oauth": {
                "type": "oauth2",
                "flows": {"clientCredentials": {"tokenUrl": "https://auth.acme.example/token"}},
            },
        }
    },
}
CONTRACT = from_mapping(DOCUMENT)
FULL = """\
document: openapi.json
name: acme
base_url: ${ACME_URL:-http://localhost:4010}/v1/
environment: sandbox
allow_writes: true
principals:
  admin:
    kind: bearer
    token: ${ACME_TOKEN}
    scopes: [orders:read, orders:write]
    tenant: one
    headers: {X-Account: "42"}
  key:
    kind: api-key
    key: env:ACME_KEY
  header-key:
    kind: api-key
    key: keyring:acme/me
    location: header
    parameter: X-Key
  clerk:
    kind: basic
    username: ${ACME_USER}
    password: file:secrets/password
  app:
    kind: oauth2-client-credentials
    client_id: ${ACME_ID}
    client_secret: ${ACME_SECRET}
    token_url: https://auth.example.com/token
limits: {requests: 500, per_second: 2.5, concurrency: 4, timeout_seconds: 20}
headers: {X-Api-Version: "2024-01-01"}
fixtures:
  customerId: cus_1
  POST /orders: {amount: 1, note: no}
"""


def folder(tmp_path, text, **files):
    (tmp_path / "openapi.json").write_text(json.dumps(DOCUMENT))
    (tmp_path / "vendor.yaml").write_text(text)
    return tmp_path


def vendor(tmp_path, text, **more):
    return load_vendor(folder(tmp_path, text), **more)


def mistake(tmp_path, text, kind=ConfigError, **more):
    with pytest.raises(kind) as caught:
        vendor(tmp_path, text, **more)
    return caught.value


def test_everything_that_may_be_said_is_read(tmp_path, monkeypatch):
    monkeypatch.delenv("ACME_URL", raising=False)
    found = vendor(tmp_path, FULL)
    assert (found.name, found.base_url) == ("acme", "http://localhost:4010/v1")
    assert (found.environment, found.allow_writes) == (Environment.SANDBOX, True)
    assert found.limits == Limits(requests=500, per_second=2.5, concurrency=4, timeout_seconds=20)
    assert found.headers == {"X-Api-Version": "2024-01-01"}
    assert found.fixtures == {"customerId": "cus_1", "POST /orders": {"amount": 1, "note": "no"}}
    assert found.contract.title == "Acme Billing API"
    admin, key, header, clerk, app = found.principals
    assert admin.secrets == {"token": SecretReference("env", "ACME_TOKEN")}
    assert admin.scopes == {"orders:read", "orders:write"}
    assert (admin.tenant, admin.headers) == ("one", {"X-Account": "42"})
    assert (key.location, key.parameter, key.scopes) == ("query", "api_key", None)
    assert (header.location, header.parameter) == ("header", "X-Key")
    assert clerk.secrets["password"] == SecretReference("file", str(tmp_path / "secrets/password"))
    assert app.token_url == "https://auth.example.com/token"
    assert set(app.secrets) == {"client_id", "client_secret"}


def test_variables_fill_texts_that_are_no_secrets(tmp_path, monkeypatch):
    monkeypatch.setenv("ACME_URL", "https://sandbox.acme.example")
    assert vendor(tmp_path, FULL).base_url == "https://sandbox.acme.example/v1"


def test_a_variable_without_a_default_that_is_not_set_is_named(tmp_path, monkeypatch):
    monkeypatch.delenv("NOWHERE", raising=False)
    error = mistake(tmp_path, "name: acme\nbase_url: ${NOWHERE}\n")
    assert "NOWHERE is not set" in error.says
    assert error.where.endswith("vendor.yaml:2")


def test_the_least_profile_is_an_empty_object_beside_a_document(tmp_path):
    found = vendor(tmp_path, "{}")
    assert (found.name, found.base_url) == (tmp_path.name.replace("_", "-"), "")
    assert (found.environment, found.writable, found.principals) == (Environment.SANDBOX, False, ())


def test_a_bare_document_is_a_vendor_named_after_its_title(tmp_path):
    found = load_vendor(folder(tmp_path, "{}") / "openapi.json")
    assert (found.name, found.live) == ("acme-billing-api", False)


def test_a_folder_without_a_profile_is_a_vendor_named_after_the_folder(tmp_path):
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "openapi.json").write_text(json.dumps(DOCUMENT))
    assert load_vendor(tmp_path / "acme").name == "acme"


def test_a_missing_document_says_so(tmp_path):
    with pytest.raises(DocumentError):
        load_vendor(tmp_path / "nothing.yaml")


def test_which_document_must_be_said_where_several_stand_beside(tmp_path):
    folder(tmp_path, "name: acme")
    (tmp_path / "openapi-old.json").write_text("{}")
    with pytest.raises(ConfigError) as caught:
        load_vendor(tmp_path)
    assert "openapi-old.json, openapi.json" in caught.value.says


@pytest.mark.parametrize("scheme", ["bearer", "api-key", "basic", "oauth2-refresh"])
def test_a_secret_that_stands_in_the_file_is_refused_and_not_repeated(tmp_path, scheme):
    members = {
        "bearer": f"token: {SECRET}",
        "api-key": f"key: '{SECRET}'",
        "basic": f"username: ${{U}}\n    password: {SECRET}",
        "oauth2-refresh": "client_id: ${A}\n    client_secret: ${B}"
        f"\n    refresh_token: {SECRET}",
    }[scheme]
    error = mistake(tmp_path, f"principals:\n  me:\n    kind: {scheme}\n    {members}\n")
    assert "must not hold the secret itself" in error.says
    assert "${VARIABLE}" in error.mend
    assert error.where.rpartition(":")[2].isdigit()
    assert SECRET not in str(error)


@pytest.mark.parametrize(
    "text",
    [
        f"principals: {{me: {{kind: bearer, token: '${{TOKEN:-{SECRET}}}'}}}}",
        f"principals: {{me: {{kind: bearer, token: [{SECRET}]}}}}",
        f"principals: {{me: {{kind: {SECRET}, token: env:A}}}}",
        f"principals: {{me: {SECRET}}}",
        f"headers: {{Authorization: Bearer {SECRET}}}",
        f"headers: {{X-Api-Key: {SECRET}}}",
        f"base_url: https://me:{SECRET}@api.acme.example",
        f"allow_writes: {SECRET}",
        f"limits: {{requests: {SECRET}}}",
        f"environment: {SECRET}",
    ],
)
def test_a_secret_in_any_wrong_place_is_not_repeated(tmp_path, text):
    assert SECRET not in str(mistake(tmp_path, text))


def test_a_header_that_carries_a_secret_is_sent_to_the_principals(tmp_path):
    error = mistake(tmp_path, "headers:\n  Authorization: ${TOKEN}\n")
    assert error.says == "the header 'Authorization' carries a secret"
    assert "principals" in error.mend


@pytest.mark.parametrize(
    ("text", "line", "says", "mend"),
    [
        ("name: a\nbase_ulr: x\n", 2, "unknown key 'base_ulr'", "Did you mean 'base_url'?"),
        ("limits:\n  request: 5\n", 2, "unknown key 'request' in 'limits'", "'requests'"),
        ("a: 1\n", 1, "unknown key 'a'", "Known: document"),
        ("name: a\nname: b\n", 2, "'name' stands twice, first on line 1", "Keep one"),
        ("limits: {requests: many}\n", 1, "'limits.requests' is a text", "Change it"),
        ("limits: {requests: 0}\n", 1, "should be a whole number from 1", "Change it"),
        ("limits: {timeout_seconds: 0}\n", 1, "should be a number above 0", "Change it"),
        ("allow_writes: yes\n", 1, "'allow_writes' is a text, and should be true or false", ""),
        ("environment: producton\n", 1, "one of sandbox, production", "'production'"),
        ("name:\n", 1, "'name' is empty", ""),
        ("overlays: one.yaml\n", 1, "should be a list", ""),
        ("principals: []\n", 1, "should be an object", ""),
        ("principals: {me: {token: env:T}}\n", 1, "'principals.me' needs 'kind'", "bearer"),
        ("principals: {me: {kind: bearer}}\n", 1, "'principals.me' needs 'token'", ""),
        ("base_url: acme.example\n", 1, "an address such as https://", ""),
        ("- 1\n", 1, "the file is a list", ""),
        ("a: [1\n", 2, "the YAML is broken", "Correct that line"),
    ],
)
def test_a_mistake_names_its_line_and_its_mend(tmp_path, text, line, says, mend):
    error = mistake(tmp_path, text)
    assert error.where.endswith(f"vendor.yaml:{line}")
    assert says in error.says
    assert mend in error.mend


@pytest.mark.parametrize("text", ["", "# nothing\n"])
def test_an_empty_profile_says_so(tmp_path, text):
    assert "is empty" in mistake(tmp_path, text).says


def test_aliases_that_multiply_are_stopped(tmp_path):
    bomb = "fixtures:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in range(1, 9):
        bomb += f"  a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]\n"
    assert "too many" in mistake(tmp_path, bomb).says


def test_an_alias_of_itself_is_stopped(tmp_path):
    assert "too deep" in mistake(tmp_path, "fixtures: {a: &a [*a]}\n").says


def test_unquoted_words_stay_words(tmp_path):
    found = vendor(tmp_path, "fixtures: {country: no, on: 08, big: 12, half: .5, none: ~}")
    assert found.fixtures == {"country": "no", "on": "08", "big": 12, "half": 0.5, "none": None}


# What is given beside the file


def test_what_is_given_goes_before_what_the_file_says(tmp_path):
    found = vendor(
        tmp_path,
        FULL,
        base_url="https://other.example/",
        principals=["me=bearer:env:TOKEN"],
        pace={"per_second": 0},
        fixtures={"more": 1},
    )
    assert found.base_url == "https://other.example"
    assert found.principals[0].name == "me"
    assert found.principals[1].name == "admin"
    assert (found.limits.per_second, found.limits.requests) == (0, 500)
    assert found.fixtures["more"] == 1


def test_a_files_permission_to_write_does_not_move_to_another_address(tmp_path, monkeypatch):
    monkeypatch.delenv("ACME_URL", raising=False)
    elsewhere = "https://api.acme.example"
    assert vendor(tmp_path, FULL).writable
    assert vendor(tmp_path, FULL, base_url="http://localhost:4010/v1").writable
    assert not vendor(tmp_path, FULL, base_url=elsewhere).writable
    assert vendor(tmp_path, FULL, base_url=elsewhere, allow_writes=True).writable


def test_production_is_only_read_whatever_else_is_said(tmp_path):
    text = "base_url: https://api.acme.example\nenvironment: production\nallow_writes: true\n"
    assert not vendor(tmp_path, text).writable
    assert not vendor(tmp_path, text, allow_writes=True).writable
    error = mistake(tmp_path, text, UsageError, environment="sandbox")
    assert "production" in error.says
    moved = vendor(tmp_path, text, environment="sandbox", base_url="http://localhost:1")
    assert moved.environment is Environment.SANDBOX


def test_an_address_with_credentials_is_refused_without_repeating_them(tmp_path):
    error = mistake(tmp_path, "{}", UsageError, base_url=f"https://me:{SECRET}@api.acme.example")
    assert SECRET not in str(error)


def test_two_principals_of_one_name_are_refused(tmp_path):
    twice = ["me=bearer:env:A", "me=bearer:env:B"]
    assert "'me'" in mistake(tmp_path, "{}", UsageError, principals=twice).says


@pytest.mark.parametrize(
    ("text", "kind", "secrets"),
    [
        ("me=bearer:env:TOKEN", "bearer", {"token": SecretReference("env", "TOKEN")}),
        ("me=bearer:${TOKEN}", "bearer", {"token": SecretReference("env", "TOKEN")}),
        ("me=bearer:file:/run/t", "bearer", {"token": SecretReference("file", "/run/t")}),
        ("me=api-key:keyring:a/b", "api-key", {"key": SecretReference("keyring", "a/b")}),
        (
            "me=basic:env:USER:env:PASS",
            "basic",
            {
                "username": SecretReference("env", "USER"),
                "password": SecretReference("env", "PASS"),
            },
        ),
    ],
)
def test_a_principal_can_be_given_in_one_line(text, kind, secrets):
    found = parse_principal(text, CONTRACT)
    assert (found.name, found.kind, found.secrets) == ("me", kind, secrets)


def test_the_document_says_where_an_api_key_goes():
    found = parse_principal("me=api-key:env:KEY", CONTRACT)
    assert (found.location, found.parameter) == ("query", "api_key")


def test_an_api_key_without_a_place_is_refused():
    with pytest.raises(ConfigError, match="does not say where it goes"):
        parse_principal("me=api-key:env:KEY", from_mapping({"openapi": "3.1.0"}))


@pytest.mark.parametrize(
    "text",
    [
        f"me=bearer:{SECRET}",
        f"me=basic:env:USER:{SECRET}",
        f"me={SECRET}",
        f"{SECRET}",
        f"me=bearer:env:A:env:{SECRET}",
        f"me=oauth2-client-credentials:{SECRET}:env:A:env:B",
        "me=",
        "=bearer:env:A",
        "me=basic:env:A",
    ],
)
def test_a_wrong_principal_is_refused_without_repeating_a_secret(text):
    with pytest.raises(UsageError) as caught:
        parse_principal(text, CONTRACT)
    assert SECRET not in str(caught.value)
    assert caught.value.mend


def test_tokens_come_only_from_an_address_that_the_user_named(tmp_path):
    app = "app=oauth2-client-credentials:env:A:env:B"
    error = mistake(tmp_path, "base_url: https://api.acme.example", principals=[app])
    assert "needs the address" in error.says
    assert "https://auth.acme.example/token" in error.mend
    own = vendor(tmp_path, "base_url: https://auth.acme.example/v1", principals=[app])
    assert own.principals[0].token_url == "https://auth.acme.example/token"
    named = "app=oauth2-client-credentials:https://auth.acme.example/token:env:A:env:B"
    found = vendor(tmp_path, "base_url: https://api.acme.example", principals=[named])
    assert found.principals[0].token_url == "https://auth.acme.example/token"


# Corrections of what was understood


def test_resources_can_be_corrected_added_and_denied(tmp_path):
    found = vendor(
        tmp_path,
        """\
resources:
  orders: {id_field: number, update: POST /orders, list: "", references: {who: persons}}
  people: ~
  persons: {item: "/people/{id}", read: "GET /people/{id}", id_parameter: id}
""",
    ).contract
    orders, persons = found.resource("orders"), found.resource("persons")
    assert (orders.id_field, orders.update, orders.list) == ("number", "POST /orders", "")
    assert orders.create == "POST /orders"
    assert orders.references[0].resource == "persons"
    assert (orders.confidence, orders.reason) == (1.0, "vendor.yaml says so")
    assert persons.read == "GET /people/{id}"
    with pytest.raises(KeyError):
        found.resource("people")


def test_an_operation_can_be_named_by_its_id(tmp_path):
    found = vendor(tmp_path, "resources: {orders: {search: listOrders}}").contract
    assert found.resource("orders").search == "GET /orders"


def test_conventions_can_be_corrected_and_denied(tmp_path):
    text = "conventions:\n  limits: {style: x-ratelimit, detail: {per_minute: 60}}\n"
    found = vendor(tmp_path, text).contract.convention("limits")
    assert (found.style, found.detail) == ("x-ratelimit", {"per_minute": 60})
    assert len(found.operations) == 4


@pytest.mark.parametrize(
    ("text", "line", "mend"),
    [
        ("resources:\n  orders:\n    read: GET /oders\n", 3, "Did you mean 'GET /orders'?"),
        ("resources:\n  oders: ~\n", 2, "Did you mean 'orders'?"),
        ("resources:\n  orders: {parent: peeple}\n", 2, "Did you mean 'people'?"),
        (
            "conventions:\n  limits:\n    style: x\n    operations: [GET /order]\n",
            4,
            "'GET /orders'",
        ),
    ],
)
def test_a_correction_of_what_does_not_exist_is_refused(tmp_path, text, line, mend):
    error = mistake(tmp_path, text)
    assert error.where.endswith(f":{line}")
    assert mend in error.mend


# Secrets


def test_a_secret_is_taken_from_the_environment(monkeypatch):
    monkeypatch.setenv("ACME_TOKEN", " with spaces ")
    assert reveal(SecretReference("env", "ACME_TOKEN")) == " with spaces "


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a", "a"), ("a\n", "a"), ("a\r\n", "a"), ("a\n\n", "a\n"), (" a ", " a ")],
)
def test_a_secret_is_taken_from_a_file_without_its_last_newline(tmp_path, text, expected):
    (tmp_path / "secret").write_bytes(text.encode())
    assert reveal(SecretReference("file", str(tmp_path / "secret"))) == expected


def test_a_secret_that_is_not_there_names_where_it_was_sought(tmp_path, monkeypatch):
    monkeypatch.delenv("ACME_TOKEN", raising=False)
    with pytest.raises(ConfigError, match="ACME_TOKEN is not set"):
        reveal(SecretReference("env", "ACME_TOKEN"))
    with pytest.raises(ConfigError) as caught:
        reveal(SecretReference("file", str(tmp_path / "nothing")))
    assert caught.value.where.endswith("nothing")


def test_an_empty_secret_is_no_secret(monkeypatch):
    monkeypatch.setenv("ACME_TOKEN", "")
    with pytest.raises(ConfigError, match="is empty"):
        reveal(SecretReference("env", "ACME_TOKEN"))


class Drawer:
    """A keyring of the kind that the keyring package lets anybody plug in."""

    priority = 1

    def __init__(self, entries):
        self.entries = entries

    def get_password(self, service, user):
        return self.entries.get((service, user))


def test_a_secret_is_taken_from_the_keyring(monkeypatch):
    keyring = pytest.importorskip("keyring")
    monkeypatch.setattr(keyring.core, "_keyring_backend", Drawer({("acme", "me"): "s"}))
    assert reveal(SecretReference("keyring", "acme/me")) == "s"
    with pytest.raises(ConfigError, match="holds no secret for you at acme"):
        reveal(SecretReference("keyring", "acme/you"))


def test_without_keyring_support_it_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(ConfigError) as caught:
        reveal(SecretReference("keyring", "acme/me"))
    assert "pip install 'vendor-verifier[keyring]'" in caught.value.mend


# The guide


def test_the_guides_example_is_read(tmp_path, monkeypatch):
    monkeypatch.delenv("ACME_URL", raising=False)
    guide = (ROOT / "docs" / "guides" / "vendor-profile.md").read_text()
    [example] = re.findall(r"^```yaml\n(.*?)^```", guide, re.MULTILINE | re.DOTALL)
    document = {**DOCUMENT, "paths": {**DOCUMENT["paths"]}}
    document["paths"]["/orders/{id}"] = {"post": {}}
    document["paths"]["/reports/{id}"] = {"get": {}}
    (tmp_path / "openapi.yaml").write_text(json.dumps(document))
    (tmp_path / "corrections.overlay.yaml").write_text(
        "overlay: 1.0.0\ninfo: {title: T, version: '1'}\n"
        "actions:\n- target: $.info\n  update: {title: Corrected}\n"
    )
    (tmp_path / "vendor.yaml").write_text(example)
    found = load_vendor(tmp_path)
    assert [principal.name for principal in found.principals] == ["admin", "reader"]
    assert found.contract.resource("orders").update == "POST /orders/{id}"
    assert found.contract.title == "Corrected"


# The published schema


def test_the_schema_is_a_schema_and_accepts_what_the_loader_accepts():
    schema = vendor_schema()
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(yaml.safe_load(FULL.replace("note: no", "note: 'no'")))


@pytest.mark.parametrize(
    "wrong",
    [
        {"base_ulr": "x"},
        {"limits": {"requests": 0}},
        {"environment": "prod"},
        {"principals": {"me": {"kind": "bearer", "token": SECRET}}},
        {"principals": {"me": {"kind": "bearer", "key": "env:A"}}},
        {"base_url": "acme.example"},
    ],
)
def test_the_schema_and_the_loader_refuse_the_same(tmp_path, wrong):
    assert not Draft202012Validator(vendor_schema()).is_valid(wrong)
    mistake(tmp_path, json.dumps(wrong))


def test_every_member_in_the_schema_says_what_it_is_for():
    def undescribed(schema, path=""):
        for name, inner in schema.get("properties", {}).items():
            if not inner.get("description"):
                yield f"{path}/{name}"
            yield from undescribed(inner, f"{path}/{name}")

    assert list(undescribed(vendor_schema())) == []
