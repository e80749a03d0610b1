"""The mock keeps its document's word, and breaks it only where it was asked to."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

import verifier
from tests.mocking.asking import Asker
from tests.places import CORPUS, ROOT, needs_corpus
from verifier import mocking
from verifier.encoding import encode
from verifier.errors import UsageError
from verifier.generating import Cases
from verifier.loading import from_mapping
from verifier.model import Missing, Response
from verifier.validating import judge_response
from verifier.wire import Incoming

SAMPLE = ROOT / "specs" / "acme-billing" / "openapi.yaml"


@pytest.fixture(scope="module")
def contract():
    return verifier.load(SAMPLE)


class Caller:
    def __init__(self, contract, as_="full", **more):
        self.mock = mocking.MockVendor(contract, **more)
        self.token = self.mock.secrets[as_]["token"]

    def ask(self, method, target, body=None, **headers):
        given = {"Authorization": f"Bearer {self.token}", **headers}
        if body is not None:
            given.setdefault("Content-Type", "application/json")
        answer = self.mock.answer(
            Incoming(
                method=method,
                target=target,
                headers=tuple((k.replace("_", "-"), v) for k, v in given.items()),
                body=json.dumps(body).encode() if body is not None else b"",
            )
        )
        return answer.status, json.loads(answer.body) if answer.body else None, dict(answer.headers)


NEW = {"name": "Ada", "email": "ada@example.com"}


def test_what_is_created_can_be_read_listed_changed_and_deleted(contract):
    caller = Caller(contract)
    status, made, headers = caller.ask("POST", "/customers", NEW)
    assert status == 201
    assert headers["Location"].endswith(made["id"])
    path = f"/customers/{made['id']}"
    assert caller.ask("GET", path)[1] == made
    assert made in caller.ask("GET", "/customers")[1]["data"]
    assert caller.ask("PATCH", path, {"name": "Bea"})[1]["name"] == "Bea"
    assert caller.ask("DELETE", path)[0] == 204
    assert caller.ask("GET", path)[0] == 404


def test_pages_hold_everything_once(contract):
    caller = Caller(contract)
    made = {caller.ask("POST", "/customers", NEW)[1]["id"] for _ in range(7)}
    seen, cursor = [], ""
    for _ in range(10):
        more = f"&cursor={cursor}" if cursor else ""
        page = caller.ask("GET", f"/customers?limit=3{more}")[1]
        seen += [row["id"] for row in page["data"]]
        cursor = page["next_cursor"]
        if not cursor:
            break
    assert len(seen) == 7
    assert set(seen) == made


def test_strangers_the_wrong_scope_and_other_tenants_are_told_apart(contract):
    caller = Caller(contract)
    made = caller.ask("POST", "/customers", NEW)[1]
    status, _, headers = caller.ask("GET", "/customers", Authorization="Bearer nobody")
    assert (status, "invalid_token" in headers["WWW-Authenticate"]) == (401, True)
    caller.token = caller.mock.secrets["reader"]["token"]
    status, _, headers = caller.ask("POST", "/customers", NEW)
    assert (status, "insufficient_scope" in headers["WWW-Authenticate"]) == (403, True)
    caller.token = caller.mock.secrets["other"]["token"]
    assert caller.ask("GET", f"/customers/{made['id']}")[0] == 404


def test_one_key_makes_one_thing_and_another_body_is_refused(contract):
    caller = Caller(contract)
    first = caller.ask("POST", "/customers", NEW, Idempotency_Key="k1")
    again = caller.ask("POST", "/customers", NEW, Idempotency_Key="k1")
    assert first[1] == again[1]
    other = caller.ask("POST", "/customers", {**NEW, "name": "Bea"}, Idempotency_Key="k1")
    assert other[0] == 422
    assert len(caller.ask("GET", "/customers")[1]["data"]) == 1


def test_thirty_at_once_with_one_key_make_one_thing(contract):
    caller = Caller(contract)
    with mocking.running(caller.mock), ThreadPoolExecutor(8) as pool:
        made = list(
            pool.map(
                lambda _: caller.ask("POST", "/customers", NEW, Idempotency_Key="k")[0], range(30)
            )
        )
    assert made.count(201) == 30
    assert len(caller.ask("GET", "/customers")[1]["data"]) == 1


def test_invalid_requests_unknown_paths_and_methods_are_refused(contract):
    caller = Caller(contract)
    assert caller.ask("POST", "/customers", {"name": 5})[0] == 422
    assert caller.ask("GET", "/nothing")[0] == 404
    status, _, headers = caller.ask("DELETE", "/customers")
    assert (status, headers["Allow"]) == (405, "GET, HEAD, POST")


def test_a_stale_version_is_not_replaced(contract):
    caller = Caller(contract)
    customer = caller.ask("POST", "/customers", NEW)[1]["id"]
    body = {"customer_id": customer, "total": {"amount": "1.00", "currency": "EUR"}}
    _, made, headers = caller.ask("POST", "/invoices", body)
    path = f"/invoices/{made['id']}"
    assert caller.ask("PUT", path, body, If_Match=headers["ETag"])[0] == 200
    assert caller.ask("PUT", path, body, If_Match=headers["ETag"])[0] == 412


@pytest.mark.parametrize(
    ("documented", "status"),
    [((), 412), (("400",), 412), (("409",), 409), (("412", "409"), 412), (("default",), 412)],
)
def test_a_stale_version_is_refused_whatever_the_document_says(documented, status):
    box = {"type": "object", "properties": {"id": {"type": "string"}, "label": {"type": "string"}}}
    media = {"content": {"application/json": {"schema": box}}}
    by_id = [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}]
    change = {
        "parameters": by_id,
        "requestBody": media,
        "responses": {name: {"description": ""} for name in ("200", *documented)},
    }
    paths = {
        "/boxes": {
            "post": {"requestBody": media, "responses": {"201": {"description": "", **media}}}
        },
        "/boxes/{id}": {"patch": change},
    }
    about = {"openapi": "3.1.0", "info": {"title": "Boxes", "version": "1"}}
    asker = Asker(from_mapping({**about, "paths": paths}))
    made = asker.ask("POST", "/boxes", {"label": "a"})[1]
    target, new = f"/boxes/{made['id']}", {"label": "b"}
    assert asker.ask("PATCH", target, new, If_Match='"9"')[0] == status
    assert asker.mock.rows("boxes")[0].value == made
    assert asker.ask("PATCH", target, new, If_Match='"1"')[0] == 200


def test_an_unknown_misbehaviour_names_the_known_ones(contract):
    with pytest.raises(UsageError, match="no misbehaviour 'delete-keep'") as raised:
        mocking.MockVendor(contract, misbehaviours=("delete-keep",))
    assert "delete-keeps" in raised.value.mend


def crawl(contract, operations):
    """Share of answers to valid requests that obey the document."""
    mock = mocking.MockVendor(contract)
    secret = mock.secrets["full"]
    cases = Cases(contract, seed=0, fixtures={}, deep=False)
    wrong = []
    for operation in operations:
        case = cases.sample(operation, path={}, body={}, query={})
        if isinstance(case, Missing):
            continue
        request = encode(operation, case.draft)
        headers = (*request.headers, ("Authorization", f"Bearer {secret.get('token', '')}"))
        incoming = Incoming(
            method=request.method, target=request.target, headers=headers, body=request.body
        )
        answer = mock.answer(incoming)
        read = judge_response(
            operation, Response(status=answer.status, headers=answer.headers, body=answer.body)
        )
        if read.spec is not None and (read.violations or read.parse_error):
            wrong.append((operation.key, answer.status, read.violations[:1], read.parse_error))
    return wrong


def test_every_answer_of_the_sample_obeys_its_document(contract):
    assert crawl(contract, contract.operations) == []


@needs_corpus
@pytest.mark.corpus
@pytest.mark.parametrize(
    "name",
    ["jupyterhub/2026-08-14.yaml", "xero/projects-2026-07-13.yaml", "resend/2026-08-21.yaml"],
)
def test_answers_for_real_documents_mostly_obey_them(name):
    contract = verifier.load(CORPUS / name)
    assert len(crawl(contract, contract.operations)) <= 0.05 * len(contract.operations)
