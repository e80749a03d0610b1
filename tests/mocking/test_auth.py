"""Strangers are kept out and told why; tokens are given, rotated, revoked and looked at."""

import base64
import hashlib
import json
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

import verifier
from tests.mocking.asking import Asker
from tests.places import CORPUS, ROOT, needs_corpus
from verifier.loading import from_mapping
from verifier.mocking import MockVendor
from verifier.wire import Incoming

FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def contract():
    return verifier.load(ROOT / "specs" / "acme-billing" / "openapi.yaml")


@pytest.fixture
def asker(contract):
    return Asker(contract)


def challenge(asker, token, method="GET", target="/customers", body=None):
    given = {"Authorization": f"Bearer {token}"} if token else {"Authorization": None}
    status, _, headers = asker.ask(method, target, body, **given)
    return status, headers.get("WWW-Authenticate", "")


def test_a_stranger_is_challenged_without_an_error_code(asker):
    assert challenge(asker, "") == (401, 'Bearer realm="mock"')


def test_an_unknown_an_expired_and_a_revoked_token_are_invalid(asker):
    for spoil in (
        lambda: setattr(asker, "token", "nobody"),
        lambda: asker.mock.vault.expire("full", asker.clock.time),
        lambda: asker.mock.vault.revoke("full"),
    ):
        assert challenge(asker, asker.token)[0] == 200
        spoil()
        status, told = challenge(asker, asker.token)
        assert (status, 'error="invalid_token"' in told) == (401, True)
        asker.mock.vault.restore("full")
        asker.become("full")


def test_a_lacking_scope_is_named(asker):
    asker.become("reader")
    status, told = challenge(asker, asker.token, "POST", body={"name": "A", "email": "a@b.ch"})
    assert status == 403
    assert 'error="insufficient_scope"' in told
    assert 'scope="customers:write"' in told


def test_another_tenant_s_thing_is_not_there(asker):
    made = asker.ask("POST", "/customers", {"name": "Ada", "email": "ada@example.com"})[1]
    asker.become("other")
    assert asker.ask("GET", f"/customers/{made['id']}")[0] == 404
    assert asker.ask("GET", "/customers")[1]["data"] == []


def test_a_token_in_two_places_is_a_bad_request(asker):
    status, told = challenge(asker, asker.token, target=f"/customers?access_token={asker.token}")
    assert (status, 'error="invalid_request"' in told) == (400, True)


class Client:
    """An OAuth 2 client of the mock."""

    def __init__(self, asker, name="full"):
        self.asker = asker
        self.paths = asker.mock.endpoints.paths
        known = asker.mock.vault.clients[f"mock-client-{name}"]
        self.pair = f"{known.id}:{known.secret}"

    def post(self, path, *, pair=None, authorized=True, content_type=FORM, **form):
        pair = self.pair if pair is None else pair
        basic = f"Basic {base64.b64encode(pair.encode()).decode()}" if authorized else None
        answer = self.asker.take(
            "POST", path, urlencode(form).encode(), Authorization=basic, Content_Type=content_type
        ).answer
        told = json.loads(answer.body) if answer.body else {}
        return answer.status, told, dict(answer.headers)

    def token(self, **form):
        return self.post(self.paths.token, **form)

    def works(self, token):
        return challenge(self.asker, token)[0] == 200

    def consent(self, **asked):
        given = {
            "response_type": "code",
            "client_id": self.pair.partition(":")[0],
            "redirect_uri": "https://app.example.com/back",
            "state": "s",
            **asked,
        }
        answer = self.asker.take("GET", f"{self.paths.authorize}?{urlencode(given)}").answer
        location = dict(answer.headers).get("Location", "")
        return answer.status, {k: v[0] for k, v in parse_qs(urlsplit(location).query).items()}


@pytest.fixture
def client(asker):
    return Client(asker)


def test_a_client_gets_a_token_that_no_cache_keeps_and_that_expires(client):
    status, told, headers = client.token(grant_type="client_credentials")
    assert (status, told["token_type"], told["expires_in"]) == (200, "Bearer", 3600)
    assert headers["Cache-Control"] == "no-store"
    assert "refresh_token" not in told
    assert client.works(told["access_token"])
    client.asker.clock.time += 3599
    assert client.works(told["access_token"])
    client.asker.clock.time += 1
    assert not client.works(told["access_token"])


def test_a_token_holds_the_scopes_that_were_asked_for_and_no_more(client):
    _, told, _ = client.token(grant_type="client_credentials", scope="orders:read")
    assert told["scope"] == "orders:read"
    assert challenge(client.asker, told["access_token"])[0] == 403
    reader = Client(client.asker, "reader")
    status, told, _ = reader.token(grant_type="client_credentials", scope="customers:write")
    assert (status, told["error"]) == (400, "invalid_scope")


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({}, "invalid_request"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": "refresh_token", "refresh_token": "nope"}, "invalid_grant"),
        ({"grant_type": "authorization_code", "code": "nope"}, "invalid_grant"),
        ({"grant_type": "client_credentials", "client_secret": "twice"}, "invalid_request"),
    ],
)
def test_what_is_wrong_with_a_token_request_has_its_code(client, form, error):
    status, told, headers = client.token(**form)
    assert (status, told["error"], headers["Cache-Control"]) == (400, error, "no-store")


def test_an_unknown_client_is_challenged(client):
    status, told, headers = client.token(pair="a:b", grant_type="client_credentials")
    assert (status, told["error"]) == (401, "invalid_client")
    assert headers["WWW-Authenticate"].startswith("Basic ")
    assert client.token(authorized=False, grant_type="client_credentials")[0] == 401


def test_a_client_may_show_its_secret_in_the_form(client):
    id, _, secret = client.pair.partition(":")
    form = {"grant_type": "client_credentials", "client_id": id, "client_secret": secret}
    assert client.token(authorized=False, **form)[0] == 200
    assert client.token(content_type="application/json", **form)[0] == 400


def authorized(client, **more):
    """Tokens by way of a code, with a proof of its key."""
    verifier_text = "v" * 43
    digest = hashlib.sha256(verifier_text.encode()).digest()
    proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    status, told = client.consent(code_challenge=proof, code_challenge_method="S256", **more)
    assert (status, told["state"]) == (302, "s")
    form = {
        "grant_type": "authorization_code",
        "code": told["code"],
        "redirect_uri": "https://app.example.com/back",
        "code_verifier": verifier_text,
    }
    return form, client.token(**form)


def test_a_code_is_exchanged_once_with_the_proof_of_its_key(client):
    form, (status, told, _) = authorized(client)
    assert (status, client.works(told["access_token"])) == (200, True)
    assert client.token(**form)[1]["error"] == "invalid_grant"
    assert not client.works(told["access_token"])
    _, told = client.consent(code_challenge="x" * 43, code_challenge_method="S256")
    wrong = {**form, "code": told["code"]}
    assert client.token(**wrong)[1]["error"] == "invalid_grant"
    assert client.consent(code_challenge="x", code_challenge_method="plain")[1]["error"]
    assert client.consent(scope="everything")[1]["error"] == "invalid_scope"
    assert client.consent(client_id="nobody")[0] == 400


def test_a_refresh_token_is_rotated_and_its_copy_ends_the_whole_family(client):
    _, (_, first, _) = authorized(client)
    form = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    status, second, _ = client.token(**form)
    assert (status, client.works(second["access_token"])) == (200, True)
    assert second["refresh_token"] != first["refresh_token"]
    assert client.token(**form)[1]["error"] == "invalid_grant"
    assert not client.works(second["access_token"])
    again = {"grant_type": "refresh_token", "refresh_token": second["refresh_token"]}
    assert client.token(**again)[1]["error"] == "invalid_grant"


def test_a_narrower_refresh_does_not_narrow_what_is_held(client):
    _, (_, first, _) = authorized(client)
    form = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    _, narrow, _ = client.token(**form, scope="orders:read")
    assert narrow["scope"] == "orders:read"
    wide = {"grant_type": "refresh_token", "refresh_token": narrow["refresh_token"]}
    assert "customers:write" in client.token(**wide)[1]["scope"]


def test_a_revoked_token_is_over_and_an_unknown_one_is_no_error(client):
    _, (_, told, _) = authorized(client)
    revoke, look = client.paths.revoke, client.paths.introspect
    assert client.post(look, token=told["access_token"])[1]["active"] is True
    assert client.post(revoke, token=told["access_token"])[0] == 200
    assert not client.works(told["access_token"])
    assert client.post(look, token=told["access_token"])[1] == {"active": False}
    assert client.post(revoke, token="nobody's")[0] == 200
    stranger = Client(client.asker, "other")
    stranger.post(revoke, token=told["refresh_token"])
    assert client.post(look, token=told["refresh_token"])[1]["active"] is True
    client.post(revoke, token=told["refresh_token"])
    assert client.post(look, token=told["refresh_token"])[1] == {"active": False}


def test_introspection_tells_strangers_nothing(client):
    assert client.post(client.paths.introspect, pair="a:b", token=client.asker.token)[0] == 401


def test_the_metadata_leads_to_the_endpoints(client):
    status, told, _ = client.asker.ask(
        "GET", "/.well-known/oauth-authorization-server", Host="mock.test"
    )
    assert (status, told["issuer"]) == (200, "http://mock.test")
    assert told["token_endpoint"] == f"http://mock.test{client.paths.token}"


KEYED = {
    "openapi": "3.1.0",
    "info": {"title": "Keys", "version": "1"},
    "components": {
        "securitySchemes": {
            "head": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "query": {"type": "apiKey", "in": "query", "name": "key"},
            "jar": {"type": "apiKey", "in": "cookie", "name": "sid"},
            "user": {"type": "http", "scheme": "basic"},
        }
    },
    "paths": {
        f"/{name}": {"get": {"security": [{name: []}], "responses": {"200": {"description": "ok"}}}}
        for name in ("head", "query", "jar", "user")
    },
}


@pytest.mark.parametrize("name", ["head", "query", "jar"])
def test_a_key_is_taken_only_where_the_document_puts_it(name):
    contract = from_mapping(KEYED)
    mock = MockVendor(contract)
    scheme = contract.schemes[name]
    key = mock.secrets["full"]["key"]
    ways = {
        "head": ((("X-Key", key),), ""),
        "query": ((), f"?key={key}"),
        "jar": ((("Cookie", f"a=b; sid={key}"),), ""),
    }
    for way, (headers, query) in ways.items():
        asked = Incoming(method="GET", target=f"/{name}{query}", headers=headers)
        assert (mock.answer(asked).status != 401) == (way == name)
    refused = mock.answer(Incoming(method="GET", target=f"/{name}"))
    assert (refused.status, scheme.type) == (401, "apiKey")
    assert dict(refused.headers)["WWW-Authenticate"].startswith("ApiKey ")


@needs_corpus
@pytest.mark.corpus
def test_the_token_endpoint_is_where_a_real_document_puts_it():
    asker = Asker(verifier.load(CORPUS / "xero/accounting-2026-07-13.yaml"))
    assert asker.mock.endpoints.paths.token == "/connect/token"
    status, told, _ = Client(asker).token(grant_type="client_credentials")
    assert (status, told["token_type"]) == (200, "Bearer")
