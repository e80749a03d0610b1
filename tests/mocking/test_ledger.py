"""The ledger says what was received, decided, committed and answered, in order."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import orjson
import pytest

import verifier
from tests.mocking.directing import NEW, SAMPLE, client_of, frozen, in_process
from verifier.mocking.ledger import Ledger
from verifier.model import Outgoing
from verifier.wire import Client, Incoming


@pytest.fixture(scope="module")
def contract():
    return verifier.load(SAMPLE)


def test_each_request_is_received_decided_committed_and_answered_in_this_order(contract):
    mock = frozen(contract)
    with in_process(mock) as client:
        made = client.post("/customers", json=NEW, headers={"Idempotency-Key": "k1"}).json()
        client.get(f"/customers/{made['id']}")
        client.delete("/nothing")
    create, read, lost = mock.ledger
    kinds = [step.kind for step in create.steps]
    assert (kinds[0], kinds[-2:]) == ("received", ["committed", "answered"])
    assert (create.operation, create.operation_id) == ("POST /customers", "createCustomer")
    assert (create.client, create.key, create.status) == ("full", "k1", 201)
    assert [str(effect) for effect in create.effects] == [f"created customers {made['id']}"]
    assert read.effects == ()
    assert (lost.operation, lost.client, lost.status) == ("", "", 404)
    orders = [step.order for _, step in mock.ledger.steps()]
    assert orders == sorted(orders)


def test_it_is_asked_by_operation_client_key_and_status(contract):
    mock = frozen(contract)
    with in_process(mock) as client, in_process(mock, "reader") as reader:
        for key in ("a", "a", "b"):
            client.post("/customers", json=NEW, headers={"Idempotency-Key": key})
        reader.post("/customers", json=NEW)
        reader.get("/customers")
    ask = mock.ledger.entries
    assert len(ask("createCustomer")) == len(ask("POST /customers")) == 4
    assert [e.method for e in ask(client="reader")] == ["GET"]
    assert [e.status for e in ask("create*", status=403)] == [403]
    assert len(ask(key="a")) == 2
    assert [e.serial for e in ask(since=3)] == [4, 5]


def test_one_key_has_one_effect_and_the_ledger_says_by_which_request(contract):
    mock = frozen(contract)
    with in_process(mock) as client:
        for _ in range(3):
            client.post("/customers", json=NEW, headers={"Idempotency-Key": "k"})
    ((first, effect),) = mock.ledger.effects("createCustomer", key="k")
    assert (first.serial, effect.act) == (1, "created")


def test_secrets_do_not_show_in_a_printed_entry(contract):
    mock = frozen(contract)
    with in_process(mock) as client:
        client.post("/customers", json=NEW)
    assert mock.secrets["full"]["token"] not in repr(mock.ledger[0])
    assert "ada@example.com" not in repr(mock.ledger[0])


def test_memory_is_bounded_by_number_and_by_bytes_and_what_was_forgotten_is_counted():
    ledger = Ledger(most_entries=5, most_bytes=1_000_000)
    for number in range(12):
        ledger.open(Incoming(method="GET", target=f"/{number}"), 0.0)
    assert [entry.target for entry in ledger] == ["/7", "/8", "/9", "/10", "/11"]
    assert (ledger.received, ledger.forgotten) == (12, 7)
    ledger = Ledger(most_entries=1000, most_bytes=50_000)
    for _ in range(100):
        headers = (("X-Long", "x" * 9_000),)
        ledger.open(Incoming(method="GET", target="/", headers=headers, body=b"y" * 10_000), 0.0)
    assert (len(ledger), ledger.forgotten) == (3, 97)
    assert len(ledger[0].body) == 4096
    assert ledger[0].size_bytes == 10_000


def test_a_thousand_requests_over_32_connections_lose_nothing(contract):
    with verifier.mock(contract) as mock:
        token = ("Authorization", f"Bearer {mock.secrets['full']['token']}")
        headers = (token, ("Content-Type", "application/json"))
        left = [
            Outgoing(
                method="POST",
                url=f"{mock.url}/customers",
                headers=headers,
                body=orjson.dumps({**NEW, "name": f"n{number}"}),
            )
            for number in range(1000)
        ]
        ids = []

        async def ask(client):
            while left:
                reply = await client.send(left.pop())
                ids.append(orjson.loads(reply.response.body)["id"])

        async def ask_all():
            clients = [Client() for _ in range(32)]
            await asyncio.gather(*(ask(client) for client in clients))
            await asyncio.gather(*(client.close() for client in clients))

        asyncio.run(ask_all())
        effects = mock.ledger.effects("createCustomer")
        assert mock.ledger.received == len(mock.ledger) == 1000
        assert len({entry.peer for entry in mock.ledger}) == 32
        assert {effect.id for _, effect in effects} == set(ids)
        assert len(effects) == len(set(ids)) == 1000
        assert {entry.status for entry in mock.ledger} == {201}
        orders = [step.order for _, step in mock.ledger.steps()]
        assert orders == list(range(1, len(orders) + 1))


def test_thirty_at_once_with_one_key_have_one_effect(contract):
    with verifier.mock(contract) as mock, client_of(mock) as client, ThreadPoolExecutor(30) as pool:

        def ask(_):
            return client.post("/customers", json=NEW, headers={"Idempotency-Key": "k"}).status_code

        answers = list(pool.map(ask, range(30)))
        assert len(mock.ledger.effects(key="k")) == 1
        assert 201 in answers
        assert len(mock.ledger.entries(key="k")) == 30
