"""Credentials go out as they should, spoilt as they should, and are never written down."""

import base64
from urllib.parse import parse_qs, quote

import orjson
import pytest
from msgspec.structs import replace

from tests.probing.running import OWNER, a_check, run, vendor
from verifier.checks.specimens import Shelf
from verifier.errors import VendorUnreachable
from verifier.model import (
    CheckCard,
    Form,
    Plan,
    Principal,
    Request,
    Response,
    RunFacts,
    SecretReference,
    Send,
    Status,
)
from verifier.recording import Recorder

SECRET = "s3cr/t+key==é"
LIST = Request(method="GET", path="/items", operation="GET /items")
SPENT = (Form.EXPIRED, Form.REVOKED)
FORMS = [form for form in Form if form not in (Form.IN_ADDRESS, Form.ISSUED, Form.REPLACED, *SPENT)]


def sent_as(principal, form, secrets):
    asked = []

    def answer(request):
        asked.append(request)
        return Response(status=200)

    def flow(vendor):
        yield Send(LIST.with_header("Cookie", "a=b").with_credential(form))
        return ()

    run(a_check(flow), answer=answer, whom=vendor(principals=(principal,)), secrets=secrets)
    return asked[-1]


def reference(name):
    return SecretReference("env", name)


@pytest.mark.parametrize(
    ("form", "value"),
    [
        (Form.INTACT, "Bearer tok-12345678"),
        (Form.ABSENT, None),
        (Form.EMPTY, "Bearer"),
        (Form.TRUNCATED, "Bearer tok-12"),
    ],
)
def test_a_bearer_token(form, value):
    assert sent_as(OWNER, form, {"T": "tok-12345678"}).header("Authorization") == value


def test_a_bearer_token_that_nobody_gave_out_or_that_is_none():
    unknown = sent_as(OWNER, Form.UNKNOWN, {"T": "tok"}).header("Authorization")
    malformed = sent_as(OWNER, Form.MALFORMED, {"T": "tok"}).header("Authorization")
    assert unknown.startswith("Bearer verifier-unknown")
    assert not malformed.startswith("Bearer ")
    assert "tok" not in malformed


@pytest.mark.parametrize(
    ("kind", "location", "parameter", "named"),
    [
        ("bearer", "header", "", "access_token"),
        ("api-key", "header", "X-Key", "api_key"),
        ("api-key", "query", "k", "k"),
    ],
)
def test_a_secret_in_the_address_and_nowhere_else(kind, location, parameter, named):
    secrets = {"token" if kind == "bearer" else "key": reference("T")}
    whom = Principal(name="p", kind=kind, location=location, parameter=parameter, secrets=secrets)
    request = sent_as(whom, Form.IN_ADDRESS, {"T": "tok/12345678"})
    assert parse_qs(request.query) == {named: ["tok/12345678"]}
    assert "tok" not in str(request.headers)


def test_a_user_and_a_password():
    basic = Principal(
        name="b", kind="basic", secrets={"username": reference("U"), "password": reference("P")}
    )
    secrets = {"U": "user", "P": "pass:word"}
    shown = {form: sent_as(basic, form, secrets).header("Authorization") for form in FORMS}
    assert base64.b64decode(shown[Form.INTACT].removeprefix("Basic ")) == b"user:pass:word"
    assert b":" in base64.b64decode(shown[Form.UNKNOWN].removeprefix("Basic "), validate=True)
    assert shown[Form.ABSENT] is None
    assert shown[Form.EMPTY] == "Basic"
    assert len(set(shown.values())) == len(FORMS)


@pytest.mark.parametrize("location", ["header", "query", "cookie"])
def test_a_key_in_each_place(location):
    key = Principal(
        name="k",
        kind="api-key",
        location=location,
        parameter="key",
        secrets={"key": reference("K")},
        headers={"Account": "a1"},
    )

    def carried(form):
        request = sent_as(key, form, {"K": "abc/def=12"})
        assert request.header("Account") == "a1"
        cookies = [v for k, v in request.headers if k == "Cookie"]
        assert len(cookies) == 1
        values = {
            "header": [request.header("key")],
            "query": parse_qs(request.query, keep_blank_values=True).get("key", [None]),
            "cookie": [cookies[0].partition("; key=")[2] if "; key=" in cookies[0] else None],
        }
        return values[location][0]

    assert carried(Form.INTACT) == "abc/def=12"
    assert carried(Form.ABSENT) is None
    assert carried(Form.EMPTY) == ""
    assert carried(Form.TRUNCATED) == "abc/d"
    assert len({carried(form) for form in FORMS}) == len(FORMS)


@pytest.mark.parametrize("form", SPENT)
def test_a_credential_that_used_to_be_good_is_sent_where_the_user_has_one(form):
    held = {"token": reference("T"), form.value: reference("OLD")}
    principal = Principal(name="me", kind="bearer", secrets=held)
    request = sent_as(principal, form, {"T": "tok-new-1", "OLD": "tok-old-1"})
    assert request.header("Authorization") == "Bearer tok-old-1"

    def flow(vendor):
        yield Send(LIST.with_credential(form))
        return ()

    [outcome] = run(a_check(flow)).outcomes()
    assert outcome.status is Status.NOT_TESTED
    assert outcome.reason == f"no credential of 'owner' that is {form.value} is known"
    assert f"owner: {{{form.value}: ${{ENV_NAME}}}}" in outcome.supply


MACHINE = Principal(
    name="machine",
    kind="oauth2-client-credentials",
    token_url="http://vendor.test/token",
    secrets={"client_id": reference("ID"), "client_secret": reference("CS")},
)


class Tokens(Shelf):
    """Gives out tokens; ``good_for`` requests are served with each."""

    def __init__(self, good_for=1000):
        super().__init__()
        self.given = 0
        self.left = 0
        self.good_for = good_for
        self.asked = []

    def __call__(self, request):
        if request.path == "/token":
            self.given += 1
            self.left = self.good_for
            body = {"access_token": f"canary-token-{self.given}", "expires_in": "soon"}
            return self.json(200, body)
        self.asked.append(request)
        return super().__call__(request)

    def admits(self, request):
        self.left -= 1
        right = request.header("Authorization") == f"Bearer canary-token-{self.given}"
        return right and self.left >= 0


def many(vendor):
    for _ in range(6):
        yield Send(LIST)
    return ()


def test_one_token_serves_many_requests():
    tokens = Tokens()
    run(a_check(many), answer=tokens, whom=vendor(principals=(MACHINE,)))
    assert tokens.given == 1
    assert len(tokens.asked) == 7


def test_the_name_of_a_client_is_no_secret_and_its_secret_is():
    def echo(vendor):
        said = '{"grant": "client_credentials", "secret": "hidden-1234"}'
        yield Send(replace(LIST, query=f"said={said}"))
        return ()

    told = {"ID": "client", "CS": "hidden-1234"}
    journal = run(a_check(echo), answer=Tokens(), whom=vendor(principals=(MACHINE,)), secrets=told)
    kept = str([exchange.request for exchange in journal.exchanges])
    assert "client_credentials" in kept
    assert "hidden-1234" not in kept


def test_a_token_that_ran_out_is_renewed_once_and_the_request_repeated():
    tokens = Tokens(good_for=4)
    journal = run(a_check(many), answer=tokens, whom=vendor(principals=(MACHINE,)))
    assert tokens.given == 2
    assert journal.outcomes()[0].status is Status.PASS
    assert [e.status for e in journal.exchanges].count(401) == 1


def test_a_principal_that_is_refused_for_good_does_not_fetch_tokens_without_end():
    tokens = Tokens(good_for=0)
    with pytest.raises(VendorUnreachable):
        run(a_check(many), answer=tokens, whom=vendor(principals=(MACHINE,)))
    assert tokens.given <= 2


def test_a_renewal_does_not_go_beyond_the_budget():
    tokens = Tokens(good_for=2)
    run(a_check(many), answer=tokens, whom=vendor(principals=(MACHINE,)), budget=3)
    assert len(tokens.asked) == 3


def test_nothing_secret_is_in_the_journal_in_any_spelling(tmp_path):
    principals = (
        replace(OWNER, name="owner"),
        MACHINE,
        Principal(
            name="basic",
            kind="basic",
            secrets={"username": reference("U"), "password": reference("P")},
        ),
        Principal(
            name="key",
            kind="api-key",
            location="query",
            parameter="k",
            secrets={"key": reference("K")},
        ),
    )
    secrets = {"T": SECRET, "ID": "client", "CS": "canary&secret", "U": "user", "P": "canary;pass"}
    secrets["K"] = "canary key"
    seen = []

    def echo(request):
        if request.path == "/token":
            return Response(status=200, body=b'{"access_token": "canary-access"}')
        held = request.header("Authorization") or request.query
        seen.append(held)
        word = held.partition(" ")[2]
        shown = {"held": held, "raw": SECRET, "percent": quote(SECRET, safe="")}
        shown["base64"] = base64.b64encode(SECRET.encode()).decode()
        headers = (("X-Echo", held), ("Location", f"/x?t={quote(word)}"))
        return Response(status=200, reason=f"OK {word}", headers=headers, body=orjson.dumps(shown))

    def flow(vendor):
        for principal in principals:
            yield Send(LIST.as_(principal.name))
            yield Send(LIST.as_(principal.name).with_credential(Form.TRUNCATED))
        raise ValueError(f"a crash that quotes {SECRET}")

    facts = RunFacts(
        id="r", vendor="v", title="", mode="live", environment="sandbox", base_url="",
        document="", digest="", seed=0, started=0.0,
    )  # fmt: skip
    plan, cards = Plan(items=(), omitted=()), dict[str, CheckCard]()
    with Recorder.create(tmp_path / "run", facts, plan, cards) as recorder:
        run(
            a_check(flow),
            answer=echo,
            whom=vendor(principals=principals),
            secrets=secrets,
            journal=recorder,
        )
        recorder.finish(interrupted=False)
        held = b"".join(p.read_bytes() for p in (tmp_path / "run").iterdir())
    held += b"".join(p.read_bytes() for p in (tmp_path / "run").iterdir())
    assert len(seen) > 8
    assert b"X-Echo" in held
    decoded = b"".join(_bodies(held))
    for canary in (
        "canary",
        "user:canary;pass",
        SECRET,
        SECRET[:6],
        quote(SECRET, safe=""),
        quote("canary;pass"),
    ):
        for spelling in (canary.encode(), base64.b64encode(canary.encode()).rstrip(b"=")):
            assert spelling not in held, spelling
            assert spelling not in decoded, spelling


def _bodies(held):
    """Bodies are kept in base64: look inside."""
    for piece in held.split(b'"base64":"')[1:]:
        yield base64.b64decode(piece.partition(b'"')[0])


def test_many_at_once_fetch_one_token():
    tokens = Tokens()

    def flow(vendor):
        yield (Send(LIST),) * 5
        return ()

    run(a_check(flow), answer=tokens, whom=vendor(principals=(MACHINE,)))
    assert tokens.given == 1
