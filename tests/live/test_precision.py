"""Every finding about a real server is one that a person examined, and nothing is left on it."""

import json
import os
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import verifier
from tests.live.servers import running
from tests.live.test_real_servers import ALICE, asked, basic, crashed, reported
from tests.places import CORPUS, needs_corpus

pytestmark = pytest.mark.live
HERE = Path(__file__).parent
REVIEWED = tomllib.loads((HERE / "reviewed.toml").read_text())
SECRETS = {
    "LIVE_STRIPE": "sk_test_12345",
    "LIVE_ALICE": "alice",
    "LIVE_ALICE_PASSWORD": "pw-alice-1234",
    "LIVE_BOB": "bob",
    "LIVE_BOB_PASSWORD": "pw-bob-1234",
    "LIVE_JUPYTER": "tok-loopback",
    "LIVE_POWERDNS": "key-loopback-only",
    "LIVE_CLIENT": "client-loopback",
    "LIVE_CLIENT_SECRET": "secret-loopback-only",
}
BOB = {"Authorization": basic("bob", "pw-bob-1234")}
BEARER = {"Authorization": "Bearer sk_test_12345"}
POWERDNS = {"X-API-Key": "key-loopback-only"}
JSON = {"Content-Type": "application/json"}


def listed(origin, paths, headers, ids):
    """The ids of what a server lists, path by path."""
    return {path: ids(json.loads(asked(f"{origin}{path}", **headers))) for path in paths}


def kinto_accounts(origin, folder):
    for name in ("alice", "bob"):
        body = json.dumps({"data": {"password": f"pw-{name}-1234"}}).encode()
        asked(f"{origin}/v1/accounts/{name}", method="PUT", data=body, **JSON)
    for path, who in (("b1", ALICE), ("b1/collections/c1", ALICE), ("bobs", BOB)):
        asked(f"{origin}/v1/buckets/{path}", method="PUT", **who)


def kinto_things(origin):
    paths = ("/v1/buckets", "/v1/buckets/b1/collections", "/v1/buckets/b1/groups")
    return listed(origin, paths, ALICE, lambda value: sorted(row["id"] for row in value["data"]))


def jupyter_document(origin, folder):
    text = asked(f"{origin}/api/spec.yaml", Authorization="token tok-loopback")
    (folder / "openapi.yaml").write_bytes(text)


def jupyter_things(origin):
    token = {"Authorization": "token tok-loopback"}
    names = listed(origin, ["/api/contents"], token, lambda v: [r["name"] for r in v["content"]])
    return names, listed(origin, ["/api/kernels", "/api/sessions"], token, list)


def powerdns_document(origin, folder):
    text = asked(f"{origin}/api/docs", Accept="application/json", **POWERDNS)
    (folder / "openapi.json").write_bytes(text)


def powerdns_things(origin):
    places = [f"/api/v1/servers/localhost/{kind}" for kind in ("zones", "autoprimaries")]
    return listed(origin, places, POWERDNS, list)


def stripe_things(origin):
    kinds = [f"/v1/{kind}" for kind in ("customers", "plans", "products")]
    return listed(origin, kinds, BEARER, lambda value: [row["id"] for row in value["data"]])


def oauth2_document(origin, folder):
    (folder / "openapi.yaml").write_bytes((HERE / "oauth2-mock.yaml").read_bytes())


def nothing(origin, folder=None):
    return None


@dataclass(frozen=True)
class Subject:
    """
    A server as it is evaluated.

    Args:
        vendor: Its vendor.yaml, less the address; ``at`` is added to the server's origin.
        begin: What is there before anybody evaluates.
        things: What the server itself lists, before and after.
    """

    server: str
    vendor: str
    at: str = ""
    begin: Callable = nothing
    things: Callable = nothing
    budget: int = 700


KEYED = """
conventions:
  idempotency: {style: header, detail: {name: Idempotency-Key}, operations: [POST /v1/customers]}
fixtures:
  POST /v1/customers: {email: "test{fresh}@example.com", description: "test {fresh}"}
"""
STRIPE = "principals: {me: {kind: bearer, token: 'env:LIVE_STRIPE'}}" + KEYED
SUBJECTS = [
    Subject(
        "kinto-26.5.0",
        """
document: {origin}/v1/__api__
principals:
  alice: {kind: basic, username: "env:LIVE_ALICE", password: "env:LIVE_ALICE_PASSWORD", tenant: a}
  bob: {kind: basic, username: "env:LIVE_BOB", password: "env:LIVE_BOB_PASSWORD", tenant: b}
""",
        at="/v1",
        begin=kinto_accounts,
        things=kinto_things,
        budget=1000,
    ),
    Subject(
        "jupyter-server-2.17",
        "principals: {me: {kind: bearer, token: 'env:LIVE_JUPYTER'}}",
        begin=jupyter_document,
        things=jupyter_things,
    ),
    Subject(
        "powerdns",
        """
principals: {admin: {kind: api-key, key: 'env:LIVE_POWERDNS'}}
fixtures: {server_id: localhost}
""",
        at="/api/v1",
        begin=powerdns_document,
        things=powerdns_things,
    ),
    Subject(
        "stripe-stateful-mock-0.0.16",
        "document: {corpus}/stripe/2021-12-23.yaml\n" + STRIPE,
        things=stripe_things,
    ),
    Subject(
        "oauth2-mock-server-8.2.3",
        """
principals:
  me: {kind: oauth2-client-credentials, client_id: "env:LIVE_CLIENT",
       client_secret: "env:LIVE_CLIENT_SECRET", token_url: "{origin}/token", scopes: [orders:read]}
""",
        begin=oauth2_document,
    ),
    Subject("cashu-0.20.2", "document: {origin}/openapi.json"),
    Subject(
        "localstripe-1.15.10",
        "document: {corpus}/stripe/2023-09-12.yaml\n" + STRIPE,
        things=stripe_things,
    ),
]


def evaluate(subject, origin, folder):
    vendor = folder / "vendor"
    vendor.mkdir()
    subject.begin(origin, vendor)
    told = subject.vendor.replace("{origin}", origin).replace("{corpus}", str(CORPUS))
    head = f"base_url: {origin}{subject.at}\nenvironment: sandbox\nallow_writes: true\n"
    (vendor / "vendor.yaml").write_text(head + told)
    os.environ.update(SECRETS)
    before = subject.things(origin)
    found = verifier.evaluate(vendor, per_second=0, budget=subject.budget, folder=folder / "run")
    return before, found, subject.things(origin)


def examined(server, check, operation):
    """Whether somebody looked at this finding, and wrote down that it is true."""
    known = REVIEWED[server].get(check)
    return known is not None and operation in known["at"]


@needs_corpus
@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.server)
def test_what_is_reported_was_examined_and_nothing_is_left(subject, tmp_path):
    (tmp_path / "server").mkdir()
    with running(subject.server, tmp_path / "server") as server:
        before, found, after = evaluate(subject, server.origin, tmp_path)
    seen = reported(found)
    unexamined = sorted(one for one in seen if not examined(subject.server, *one))
    assert unexamined == [], "examine these by hand, then mend the check or write them down"
    must = {check for check, known in REVIEWED[subject.server].items() if known.get("always")}
    assert must <= {check for check, _ in seen}
    assert crashed(found) == []
    left = {entry.path for entry in found.run.ledger if entry.state == "left"}
    kept = {str(id) for ids in after.values() for id in ids} if isinstance(after, dict) else set()
    assert after == before or kept <= {path.rpartition("/")[2] for path in left}
