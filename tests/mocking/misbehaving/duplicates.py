"""Whether a retry can ever create twice."""

import asyncio
import dataclasses

from msgspec.structs import replace

import verifier
from tests.mocking.directing import NEW, SAMPLE
from tests.mocking.misbehaving.proofs import shows
from verifier.mocking import Mock
from verifier.model import Outgoing
from verifier.wire import Client

OTHER = {"name": "Bea", "email": "bea@example.com"}


@shows("replay-creates-again")
def again(visit):
    visit.create("k")
    visit.create("k")
    return visit.count() == 2


@shows("replay-answers-differently")
def differently(visit):
    first, second = visit.create("k"), visit.create("k")
    assert visit.count() == 1
    return (first.status_code, first.json()) != (second.status_code, second.json())


def outgoing(visit, url):
    token = visit.mock.secrets["full"]["token"]
    headers = (
        ("Authorization", f"Bearer {token}"),
        ("Content-Type", "application/json"),
        ("Idempotency-Key", "k"),
    )
    body = b'{"name": "Ada", "email": "ada@example.com"}'
    return Outgoing(method="POST", url=f"{url}/customers", headers=headers, body=body)


@shows("lost-response-duplicates")
def lost(visit):
    assert [visit.create("plain").status_code for _ in range(2)] == [201, 201]
    before, begun = visit.count(), visit.mock.ledger.received

    async def lose_and_retry(url):
        client = Client()
        await client.abandon(outgoing(visit, url))
        while not visit.mock.ledger[-1].status or visit.mock.ledger[-1].serial == begun:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)
        await client.send(outgoing(visit, url))
        await client.close()

    with visit.mock.serving() as url:
        asyncio.run(lose_and_retry(url))
    assert before == 1
    return visit.count() == 3


@shows("concurrent-duplicates")
def at_once(visit):
    async def send_together(url):
        client = Client()
        await client.send_together([outgoing(visit, url)] * 5)
        await client.close()

    with visit.mock.serving() as url:
        asyncio.run(send_together(url))
    seen = visit.count()
    visit.mock.advance(1)
    visit.create("k")
    assert visit.count() == seen
    return seen == 5


@shows("key-reuse-applied")
def reuse(visit):
    visit.create("k")
    visit.create("k", **OTHER)
    return visit.count() == 2


@shows("key-leaks-across-tenants")
def leaks(visit):
    made = visit.create("k").json()["id"]
    headers = {"Idempotency-Key": "k"}
    return visit.as_("other").post("/customers", json=NEW, headers=headers).json()["id"] == made


@shows("over-deduplicates")
def over(visit):
    visit.create("k")
    visit.create("l")
    return visit.count() == 1


@shows("error-sticks-to-key")
def sticks(visit):
    assert visit.create("k", name=5).status_code == 422
    return visit.create("k").status_code == 422


def requiring():
    """The sample vendor, whose keys are required."""
    contract = verifier.load(SAMPLE)

    def required(operation):
        parameters = tuple(
            replace(p, required=True) if p.name == "Idempotency-Key" else p
            for p in operation.parameters
        )
        return dataclasses.replace(operation, parameters=parameters)

    return dataclasses.replace(contract, operations=tuple(map(required, contract.operations)))


@shows("key-optional")
def optional(visit):
    names = visit.mock.misbehaviours
    visit.mock = Mock(requiring(), misbehaviours=names, strict=False)
    assert visit.create("k").status_code == 201
    return visit.create().status_code == 201


PROOFS = [again, differently, lost, at_once, reuse, leaks, over, sticks, optional]
