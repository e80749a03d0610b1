"""Events reach those who want them: signed, with one id, again until they are heard."""

import base64
import hashlib
import hmac
import json
import time
from contextlib import contextmanager

import pytest

import verifier
from tests.mocking.asking import Asker
from tests.mocking.directing import PATIENCE_SECONDS
from tests.places import CORPUS, ROOT, needs_corpus
from verifier.loading import from_mapping
from verifier.mocking import Mock, MockVendor, MovableClock
from verifier.mocking.bodies import Bodies
from verifier.mocking.webhooks import Courier, Message
from verifier.mocking.webhooks.events import Event
from verifier.mocking.webhooks.payloads import Told, payload, schema_of
from verifier.mocking.webhooks.seal import known
from verifier.model import HookEndpoint, MockProfile
from verifier.validating import Direction, validator
from verifier.wire import Answer, Incoming, serve_in_thread

NEW = {"name": "Ada", "email": "ada@example.com"}


@pytest.fixture(scope="module")
def contract():
    return verifier.load(ROOT / "specs" / "acme-billing" / "openapi.yaml")


class Receiver:
    """Somebody who hears events, and answers them as it is told to."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.heard = []

    def __call__(self, incoming):
        self.heard.append(incoming)
        answer = self.answers.pop(0) if self.answers else 204
        return answer if isinstance(answer, Answer) else Answer(status=answer)

    @contextmanager
    def listening(self):
        with serve_in_thread(self) as server:
            yield f"{server.url}/hooks"


class Sender(Asker):
    """Asks a mock, and lets it tell."""

    def __init__(self, contract, **more):
        super().__init__(contract, **more)
        self.courier = Courier(self.mock.outbox, self.mock.seal, self.clock)

    def subscribe(self, url, events=("invoice.paid",)):
        status, made, _ = self.ask(
            "POST", "/webhook-endpoints", {"url": url, "events": list(events)}
        )
        assert status == 201
        return made["id"]

    def bill(self):
        customer = self.ask("POST", "/customers", NEW)[1]["id"]
        total = {"amount": "1.00", "currency": "EUR"}
        return self.ask("POST", "/invoices", {"customer_id": customer, "total": total})[1]

    def pay(self):
        invoice = self.bill()
        total = {"amount": "1.00", "currency": "EUR"}
        body = {"invoice_id": invoice["id"], "total": total, "method": "card"}
        key = {"Idempotency-Key": invoice["id"]}
        assert self.ask("POST", "/payments", body, **key)[0] == 201
        return invoice

    def pass_time(self, seconds):
        self.clock.time += seconds
        return self.courier.deliver()


def test_nothing_is_told_where_nobody_wants_to_hear_it(contract):
    sender = Sender(contract)
    sender.pay()
    assert list(sender.mock.outbox.messages) == []


def test_an_event_is_told_to_its_subscriber_and_obeys_its_schema(contract):
    receiver, sender = Receiver(), Sender(contract)
    with receiver.listening() as url:
        sender.subscribe(url)
        sender.bill()
        assert sender.courier.deliver() == 0
        invoice = sender.pay()
        assert sender.courier.deliver() == 1
    told = json.loads(receiver.heard[0].body)
    assert (told["type"], told["data"]["id"]) == ("invoice.paid", invoice["id"])
    assert told["data"] == sender.ask("GET", f"/invoices/{invoice['id']}")[1]
    schema = schema_of(contract.webhooks[0])
    assert validator(schema, Direction.REQUEST).accepts(told)
    assert sender.ask("GET", "/events")[1]["data"][0]["id"] == told["id"]


def test_a_tenant_hears_of_its_own_things_only(contract):
    receiver, sender = Receiver(), Sender(contract)
    with receiver.listening() as url:
        sender.subscribe(url)
        sender.become("other")
        sender.pay()
        assert sender.courier.deliver() == 0


def test_what_is_not_heard_is_told_again_with_one_id_and_new_times(contract):
    sees_other = Answer(status=302, headers=(("Location", "/elsewhere"),))
    receiver, sender = Receiver(500, sees_other, 200), Sender(contract)
    with receiver.listening() as url:
        sender.subscribe(url)
        sender.pay()
        assert [sender.pass_time(s) for s in (0, 4.9, 0.1, 299, 1, 9999)] == [1, 0, 1, 0, 1, 0]
    assert len({i.header("webhook-id") for i in receiver.heard}) == 1
    assert len({i.header("webhook-timestamp") for i in receiver.heard}) == 3
    assert len({i.body for i in receiver.heard}) == 1
    message = sender.mock.outbox.messages[0]
    assert (message.state, [a.status for a in message.attempts]) == ("delivered", [500, 302, 200])


def test_retry_after_puts_an_attempt_off_and_never_forward(contract):
    busy = Answer(status=429, headers=(("Retry-After", "60"),))
    hurry = Answer(status=503, headers=(("Retry-After", "1"),))
    receiver, sender = Receiver(busy, hurry), Sender(contract)
    with receiver.listening() as url:
        sender.subscribe(url)
        sender.pay()
        assert [sender.pass_time(s) for s in (0, 59, 1, 1, 299)] == [1, 0, 1, 0, 1]


def test_who_is_gone_is_told_nothing_more(contract):
    receiver, sender = Receiver(410), Sender(contract)
    with receiver.listening() as url:
        sender.subscribe(url)
        sender.pay()
        assert sender.courier.deliver() == 1
        sender.pay()
        assert sender.pass_time(99999) == 0


def test_it_gives_up_after_the_last_attempt_and_names_what_went_wrong(contract):
    sender = Sender(contract, profile=MockProfile(webhooks={"schedule_seconds": (0, 1)}))
    sender.subscribe("http://127.0.0.1:1/nobody")
    sender.pay()
    assert [sender.pass_time(s) for s in (0, 1, 1)] == [1, 1, 0]
    message = sender.mock.outbox.messages[0]
    assert message.state == "failed"
    assert all(attempt.trouble for attempt in message.attempts)


def test_a_deleted_subscription_hears_nothing(contract):
    receiver, sender = Receiver(), Sender(contract)
    with receiver.listening() as url:
        id = sender.subscribe(url)
        sender.ask("DELETE", f"/webhook-endpoints/{id}")
        sender.pay()
        assert sender.courier.deliver() == 0


def test_no_host_is_told_anything_that_nobody_named(contract):
    sender = Sender(contract)
    sender.subscribe("https://shop.example/hooks")
    sender.pay()
    assert sender.courier.deliver() == 0
    assert sender.mock.outbox.messages[0].state == "kept"


def message(secret):
    return Message(
        id="evt_1",
        event="invoice.paid",
        url="",
        body=b'{"a":1}',
        headers=(),
        secret=secret,
        created=1_800_000_000.0,
    )


def signed(scheme, secret):
    return dict(known()[scheme].sign(message(secret), 1_800_000_000.9, ""))


def mac(key, told):
    return hmac.new(key, told, hashlib.sha256)


def test_each_scheme_signs_as_its_vendor_documents():
    body = b'{"a":1}'
    key = hashlib.sha256(b"x").digest()
    standard = signed("standard", f"whsec_{base64.b64encode(key).decode()}")
    digest = base64.b64encode(mac(key, b"evt_1.1800000000." + body).digest()).decode()
    assert standard == {
        "webhook-id": "evt_1",
        "webhook-timestamp": "1800000000",
        "webhook-signature": f"v1,{digest}",
    }
    stripe = signed("stripe", "whsec_s")["Stripe-Signature"]
    assert stripe == f"t=1800000000,v1={mac(b'whsec_s', b'1800000000.' + body).hexdigest()}"
    github = signed("github", "s")
    assert github["X-Hub-Signature-256"] == f"sha256={mac(b's', body).hexdigest()}"
    assert github["X-GitHub-Delivery"] == "evt_1"
    shopify = signed("shopify", "s")
    assert shopify["X-Shopify-Hmac-Sha256"] == base64.b64encode(mac(b"s", body).digest()).decode()
    assert signed("hmac-sha256", "s") == {"X-Signature": mac(b"s", body).hexdigest()}
    assert signed("none", "") == {}


def test_a_delivery_carries_the_signature_that_the_document_names(contract):
    receiver, sender = Receiver(), Sender(contract)
    with receiver.listening() as url:
        sender.subscribe(url)
        sender.pay()
        sender.courier.deliver()
    heard = receiver.heard[0]
    key = base64.b64decode(sender.mock.seal.secret.removeprefix("whsec_"))
    told = f"{heard.header('webhook-id')}.{heard.header('webhook-timestamp')}.".encode()
    digest = base64.b64encode(mac(key, told + heard.body).digest()).decode()
    assert heard.header("webhook-signature") == f"v1,{digest}"


def test_a_fixed_address_is_told_without_a_subscription(contract):
    receiver = Receiver()
    with receiver.listening() as url:
        sender = Sender(contract, profile=MockProfile(endpoints=(HookEndpoint(url=url),)))
        sender.pay()
        assert sender.courier.deliver() == 1


def paying(mock):
    """Let an invoice be paid by whoever asks the mock."""

    def ask(target, body):
        token = mock.secrets["full"]["token"]
        headers = (
            ("Authorization", f"Bearer {token}"),
            ("Content-Type", "application/json"),
            ("Idempotency-Key", target),
        )
        sent = json.dumps(body).encode()
        asked = Incoming(method="POST", target=target, headers=headers, body=sent)
        return json.loads(mock.answer(asked).body)

    total = {"amount": "1.00", "currency": "EUR"}
    invoice = ask("/invoices", {"customer_id": ask("/customers", NEW)["id"], "total": total})
    ask("/payments", {"invoice_id": invoice["id"], "total": total, "method": "card"})


def test_a_clock_that_is_moved_on_brings_every_attempt_at_its_time(contract):
    receiver = Receiver(500, 500, 200)
    with receiver.listening() as url:
        profile = MockProfile(endpoints=(HookEndpoint(url=url),))
        mock = Mock(contract, profile=profile, clock=MovableClock(1_800_000_000.0, frozen=True))
        paying(mock)
        mock.advance(3600)
    message = mock.vendor.outbox.messages[0]
    assert [a.moment - message.created for a in message.attempts] == [0, 5, 305]
    assert (message.state, mock.clock.now()) == ("delivered", 1_800_003_600.0)


def test_as_time_flows_an_event_is_told_without_being_asked_for(contract):
    receiver = Receiver()
    with receiver.listening() as url:
        mock = Mock(contract, profile=MockProfile(endpoints=(HookEndpoint(url=url),)))
        paying(mock)
        ends = time.monotonic() + PATIENCE_SECONDS
        while not receiver.heard and time.monotonic() < ends:
            time.sleep(0.01)
    assert [json.loads(i.body)["type"] for i in receiver.heard] == ["invoice.paid"]


CALLBACK = {
    "openapi": "3.1.0",
    "info": {"title": "Jobs", "version": "1"},
    "paths": {
        "/jobs": {
            "post": {
                "requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}},
                "responses": {"202": {"description": "begun"}},
                "callbacks": {
                    "done": {
                        "{$request.body#/tell}?job={$request.query.job}": {
                            "post": {
                                "requestBody": {
                                    "content": {
                                        "application/json": {
                                            "schema": {
                                                "type": "object",
                                                "required": ["state"],
                                                "properties": {"state": {"enum": ["done"]}},
                                            }
                                        }
                                    }
                                },
                                "responses": {"200": {"description": "heard"}},
                            }
                        }
                    }
                },
            }
        }
    },
}


def test_a_callback_goes_where_the_request_says(contract):
    mock = MockVendor(from_mapping(CALLBACK))
    body = json.dumps({"tell": "http://localhost:9/back"}).encode()
    headers = (("Content-Type", "application/json"),)
    mock.answer(Incoming(method="POST", target="/jobs?job=7", headers=headers, body=body))
    told = mock.outbox.messages[0]
    assert (told.url, json.loads(told.body)) == ("http://localhost:9/back?job=7", {"state": "done"})


@needs_corpus
@pytest.mark.corpus
@pytest.mark.parametrize(
    "name",
    [
        "resend/2026-08-21.yaml",
        "openai/2026-08-21.yaml",
        "anthropic/2026-05-31.yaml",
        "adyen/webhooks-v1.json",
        "apideck/crm-2026-08-08.yaml",
        "github/octokit-23.0.2.json",
    ],
)
def test_documented_payloads_obey_their_schemas(name):
    hooks = verifier.load(CORPUS / name).webhooks[:40]
    bodies, wrong = Bodies(0), []
    for hook in hooks:
        schema = schema_of(hook)
        told = Told(
            event=Event(name="x", hook=hook), id="evt_1", resource="x", value={}, moment=1.8e9
        )
        if schema is not None and not validator(schema, Direction.REQUEST).accepts(
            payload(bodies, schema, told)
        ):
            wrong.append(hook.key)
    assert wrong == []
