"""An authorization server is asked on the host that was named, and nothing secret is kept of it."""

import pytest

from tests.probing.running import OWNER, a_check, run, vendor
from verifier.checks.issuing import Bureau
from verifier.model import (
    Form,
    Principal,
    Request,
    SecretReference,
    Send,
    Status,
    TokenAct,
    TokenCall,
)
from verifier.proving import Notebook

LIST = Request(method="GET", path="/items", operation="GET /items")
CLIENT = Principal(
    name="app",
    kind="oauth2-client-credentials",
    secrets={
        "client_id": SecretReference("env", "ID"),
        "client_secret": SecretReference("env", "SECRET"),
    },
    token_url="/oauth/token",
)
SECRETS = {"ID": "app-1", "SECRET": "secret"}


def told(*steps, whom=CLIENT, answer=None):
    got = []

    def flow(subject):
        for step in steps:
            came = yield step
            got.append(came)
        return ()

    journal = Notebook()
    run(
        a_check(flow),
        answer=answer or Bureau(),
        whom=vendor(principals=(whom,)),
        secrets=SECRETS,
        journal=journal,
    )
    return got, journal


def test_a_token_is_given_out_used_and_taken_back():
    issued = Send(LIST.with_credential(Form.ISSUED), judged=True)
    revoke = TokenCall(act=TokenAct.REVOKE, at="/oauth/revoke")
    got, _ = told(TokenCall(act=TokenAct.ISSUE), issued, revoke, issued)
    assert [exchange.status for exchange in got] == [200, 200, 200, 401]


def test_neither_the_token_nor_the_clients_secret_is_kept():
    got, journal = told(TokenCall(act=TokenAct.ISSUE), Send(LIST.with_credential(Form.ISSUED)))
    assert b'"access_token":"\xc2\xabapp\xc2\xbb"' in got[0].response.body
    kept = repr(journal.exchanges)
    assert "issued-1" not in kept
    assert "YXBwLTE6c2VjcmV0" not in kept


def test_a_token_is_not_sent_to_a_host_that_nobody_named():
    steps = (
        TokenCall(act=TokenAct.ISSUE),
        TokenCall(act=TokenAct.REVOKE, at="http://elsewhere.test/revoke"),
    )
    _, journal = told(*steps)
    (outcome,) = journal.outcomes()
    assert outcome.status is Status.NOT_TESTED
    assert "another host" in outcome.reason
    assert [e.request.path for e in journal.exchanges if e.request.method == "POST"] == [
        "/oauth/token"
    ]


@pytest.mark.parametrize("act", list(TokenAct))
def test_whoever_is_no_client_is_told_what_to_supply(act):
    _, journal = told(TokenCall(act=act), whom=OWNER)
    (outcome,) = journal.outcomes()
    assert outcome.status is Status.NOT_TESTED
    assert "oauth2-client-credentials" in outcome.supply
