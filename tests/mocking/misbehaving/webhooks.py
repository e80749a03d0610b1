"""Whether we are told: of everything, once, by whom it says, and not too early."""

import base64
import hashlib
import hmac
import json
from contextlib import contextmanager

import verifier
from tests.mocking.directing import SAMPLE
from tests.mocking.misbehaving.proofs import shows
from verifier.validating import Direction, validator
from verifier.wire import Answer, serve_in_thread


class Receiver:
    """Hears events, and answers each with the next of its statuses."""

    def __init__(self, visit, *statuses):
        self.visit = visit
        self.statuses = list(statuses)
        self.heard = []

    def __call__(self, incoming):
        self.heard.append(incoming)
        return Answer(status=self.statuses.pop(0) if self.statuses else 204)

    @contextmanager
    def listening(self):
        with serve_in_thread(self) as server:
            subscription = {"url": f"{server.url}/hooks", "events": ["invoice.paid"]}
            made = self.visit.client.post("/webhook-endpoints", json=subscription)
            assert made.status_code == 201
            yield self

    def pay(self):
        """Pay a new invoice, and let everything be told that is to be told of it."""
        client = self.visit.client
        body = self.visit.invoice()
        path = f"/invoices/{client.post('/invoices', json=body).json()['id']}"
        assert client.put(path, json={**body, "status": "paid"}).status_code == 200
        self.visit.mock.advance(0)
        return path


def paid(visit, *statuses, times=1, later=0):
    receiver = Receiver(visit, *statuses)
    with receiver.listening():
        for _ in range(times):
            receiver.pay()
        visit.mock.advance(later)
    return receiver.heard


@shows("webhook-lost")
def lost(visit):
    heard = paid(visit, times=4, later=100)
    assert heard
    return len(heard) < 4


@shows("webhook-wrong-payload")
def wrong_payload(visit):
    hook = next(h for h in verifier.load(SAMPLE).webhooks if "invoice.paid" in h.key)
    judge = validator(hook.body.media[0].schema, Direction.REQUEST)
    return not judge.accepts(json.loads(paid(visit)[0].body))


def signature(incoming):
    return incoming.header("webhook-signature") or ""


@shows("webhook-unsigned")
def unsigned(visit):
    return not signature(paid(visit)[0])


@shows("webhook-signature-wrong")
def wrong_signature(visit):
    incoming = paid(visit)[0]
    told = f"{incoming.header('webhook-id')}.{incoming.header('webhook-timestamp')}.".encode()
    secret = base64.b64decode(visit.mock.vendor.outbox.messages[0].secret.removeprefix("whsec_"))
    right = hmac.new(secret, told + incoming.body, hashlib.sha256).digest()
    assert signature(incoming).startswith("v1,")
    return signature(incoming) != f"v1,{base64.b64encode(right).decode()}"


@shows("webhook-one-attempt")
def one_attempt(visit):
    return len(paid(visit, 500, 500, later=3600)) == 1


@shows("webhook-new-id-on-retry")
def new_id(visit):
    first, *others = paid(visit, 500, 500, later=3600)
    assert len(others) == 2
    ids = {incoming.header("webhook-id") for incoming in (first, *others)}
    return len(ids) > 1


@shows("webhook-before-commit")
def too_early(visit):
    receiver = Receiver(visit)
    with receiver.listening():
        visit.mock.advance(60)
        path = receiver.pay()
        assert receiver.heard
        at_once = visit.client.get(path).json().get("status")
        visit.mock.advance(5)
        assert visit.client.get(path).json()["status"] == "paid"
    return at_once != "paid"


PROOFS = [lost, wrong_payload, unsigned, wrong_signature, one_attempt, new_id, too_early]
