"""The control API: behind its token, the verbs of a mock, and one clear word for a slip."""

import orjson
import pytest

import verifier
from tests.mocking.directing import NEW, SAMPLE, START, frozen, in_process
from verifier.loading import from_mapping
from verifier.mocking.control import Control
from verifier.recording import Redaction
from verifier.wire import Incoming

TOKEN = "control-token-for-tests"


@pytest.fixture(scope="module")
def contract():
    return verifier.load(SAMPLE)


class Desk:
    """A mock, and whoever holds its control's token."""

    def __init__(self, contract):
        self.mock = frozen(contract)
        redaction = Redaction()
        for name, parts in self.mock.secrets.items():
            for part, secret in parts.items():
                redaction.learn(f"{name}.{part}", secret)
        self.control = Control(self.mock, TOKEN, redaction)

    def ask(self, method, target, body=None, **headers):
        given = {"Authorization": f"Bearer {TOKEN}", **headers}
        if body is not None:
            given.setdefault("Content-Type", "application/json")
        answer = self.control.answer(
            Incoming(
                method=method,
                target=target,
                headers=tuple((k.replace("_", "-"), v) for k, v in given.items()),
                body=body if isinstance(body, bytes) else orjson.dumps(body) if body else b"",
            )
        )
        return answer.status, orjson.loads(answer.body) if answer.body else None

    def client(self):
        return in_process(self.mock)


@pytest.fixture
def desk(contract):
    return Desk(contract)


@pytest.mark.parametrize("shown", ["", "Bearer wrong", f"Basic {TOKEN}", "Bearer", "Bearer \udcff"])
def test_without_its_token_nothing_is_told_or_done(desk, shown):
    for method, target in (("GET", "/ledger"), ("POST", "/reset"), ("GET", "/nothing")):
        assert desk.ask(method, target, Authorization=shown)[0] == 401


def test_a_script_is_written_listed_played_and_dropped(desk):
    status, script = desk.ask(
        "POST", "/scripts", {"operation": "listCustomers", "with": {"status": 500}, "times": 2}
    )
    assert (status, script["serial"], script["with"]["status"]) == (201, 1, 500)
    with desk.client() as client:
        assert client.get("/customers").status_code == 500
        (shown,) = desk.ask("GET", "/scripts")[1]["scripts"]
        assert shown["fired"] == 1
        assert desk.ask("DELETE", "/scripts") == (204, None)
        assert client.get("/customers").status_code == 200


def test_the_clock_is_read_moved_and_stopped(desk):
    assert desk.ask("GET", "/clock")[1] == {"moment": START, "frozen": True}
    moved = desk.ask("POST", "/clock", {"advance_seconds": 3600})[1]
    assert moved["moment"] == START + 3600
    assert desk.ask("POST", "/clock", {"frozen": False})[1]["frozen"] is False


def test_the_ledger_is_read_by_what_is_looked_for_and_holds_no_secret(desk):
    with desk.client() as client:
        client.post("/customers?access_token=leaked-value", json=NEW)
        client.post("/customers", json=NEW, headers={"Idempotency-Key": "k"})
        client.get("/customers", headers={"Authorization": "Bearer somebody's real token"})
    told = desk.ask("GET", "/ledger?operation=createCustomer")[1]
    assert (told["received"], len(told["entries"])) == (3, 2)
    kept = desk.ask("GET", "/ledger?key=k")[1]["entries"]
    assert [entry["serial"] for entry in kept] == [2]
    assert [step["kind"] for step in kept[0]["steps"]][-2:] == ["committed", "answered"]
    whole = orjson.dumps(desk.ask("GET", "/ledger")[1]).decode()
    assert desk.mock.secrets["full"]["token"] not in whole
    assert "somebody's real token" not in whole
    assert "leaked-value" not in whole
    assert "«full.token»" in whole
    assert desk.ask("GET", "/ledger?since=2&status=401")[1]["entries"][0]["serial"] == 3


def test_effects_prove_that_once_is_once(desk):
    with desk.client() as client:
        for _ in range(3):
            client.post("/customers", json=NEW, headers={"Idempotency-Key": "k"})
    (effect,) = desk.ask("GET", "/effects?key=k")[1]["effects"]
    assert (effect["serial"], effect["act"], effect["resource"]) == (1, "created", "customers")


def test_state_is_seeded_and_read(desk):
    items = [{"id": "cus_1", **NEW}, {"name": "Bea"}]
    status, told = desk.ask("POST", "/state/customers", {"items": items})
    assert (status, told["ids"][0], len(told["ids"])) == (201, "cus_1", 2)
    with desk.client() as client:
        assert client.get("/customers/cus_1").json()["name"] == "Ada"
        assert client.get(f"/customers/{told['ids'][1]}").json()["name"] == "Bea"
    assert desk.ask("GET", "/state/customers")[1]["items"][0]["value"]["name"] == "Ada"


def test_a_reset_begins_again(desk):
    with desk.client() as client:
        client.post("/customers", json=NEW)
        assert desk.ask("POST", "/reset") == (204, None)
        assert client.get("/customers").json()["data"] == []


def test_a_principal_s_credentials_expire_are_revoked_and_restored(desk):
    with desk.client() as client:
        for act in ("expire", "revoke"):
            assert desk.ask("POST", f"/principals/full/{act}")[0] == 204
            assert client.get("/customers").status_code == 401
            assert desk.ask("POST", "/principals/full/restore")[0] == 204
            assert client.get("/customers").status_code == 200


@pytest.mark.parametrize(
    ("method", "target", "body", "status", "says"),
    [
        ("GET", "/nothing", None, 404, "/nothing"),
        ("PUT", "/clock", None, 405, "method"),
        ("GET", "/ledger?opration=x", None, 400, "opration"),
        ("GET", "/ledger?since=x", None, 422, "since"),
        ("POST", "/clock", b"{", 400, "no JSON"),
        ("POST", "/clock", [1], 400, "no JSON object"),
        ("POST", "/clock", {"advance": 1}, 422, "clock"),
        ("POST", "/clock", {"advance_seconds": -1}, 422, "-1"),
        ("POST", "/clock", {"advance_seconds": True}, 422, "True"),
        ("POST", "/clock", {"frozen": None}, 422, "frozen"),
        ("POST", "/scripts", {"operation": "listCustomer"}, 422, "listCustomer"),
        ("POST", "/scripts", {"operation": "*", "fault": "hangs"}, 422, "hangs"),
        ("POST", "/scripts", {"operation": "*", "with": 5}, 422, "with"),
        ("POST", "/state/custmers", {"items": [{}]}, 422, "custmers"),
        ("POST", "/state/customers", {"items": [5]}, 422, "no object"),
        ("POST", "/state/customers", {"items": 5}, 422, "no list"),
        ("POST", "/principals/ful/revoke", None, 422, "ful"),
        ("POST", "/principals/full/praise", None, 422, "praise"),
        ("POST", "/refuse", {"seconds": 1}, 422, "listen"),
    ],
)
def test_a_slip_is_a_problem_that_names_it(desk, method, target, body, status, says):
    got, problem = desk.ask(method, target, body)
    assert (got, problem["status"]) == (status, status)
    assert says in problem["title"]


def test_a_page_in_a_browser_cannot_write_to_it(desk):
    form = {"Content_Type": "text/plain"}
    assert desk.ask("POST", "/clock", b'{"advance_seconds": 1}', **form)[0] == 415


def test_it_describes_itself_and_the_description_is_sound(desk):
    status, document = desk.ask("GET", "/openapi.json", Authorization="")
    contract = from_mapping(document)
    assert (status, contract.problems) == (200, ())
    assert {o.id for o in contract.operations} >= {"write_script", "move_clock", "see_ledger"}
    for operation in contract.operations:
        if operation.method == "GET" and "{" not in operation.path:
            answer = desk.ask("GET", operation.path)
            assert answer[0] == 200
