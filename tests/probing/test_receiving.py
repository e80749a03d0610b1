"""The vendor brings something to us: heard, kept without secrets, and never by strangers."""

import asyncio
import hashlib
import hmac
import ssl
import urllib.error
import urllib.request

import pytest
from msgspec.structs import replace

from tests.certificates import Certificates
from tests.checks.proving import StillClock
from tests.places import ROOT
from tests.probing.running import a_check, finding, run, vendor
from verifier import loading, mocking
from verifier.checks.specimens import Shelf
from verifier.errors import ConfigError, UsageError
from verifier.generating import Cases
from verifier.model import (
    Arrival,
    Create,
    Draw,
    Environment,
    Listen,
    MockProfile,
    Plan,
    Planned,
    Reaction,
    Receive,
    SecretReference,
    Send,
    Status,
    Webhooks,
)
from verifier.probing import probe
from verifier.probing.mailbox import MOST_DELIVERIES
from verifier.probing.receivers.handler import HandlerReceiver
from verifier.probing.receivers.socket import SocketReceiver
from verifier.probing.transports.wire import WireTransport
from verifier.proving import Notebook
from verifier.recording import Redaction

SAMPLE = ROOT / "specs" / "acme-billing" / "openapi.yaml"


class Telling(Shelf):
    """Tells the address that it was given last of every new item."""

    deliver = None

    def __init__(self, url=""):
        super().__init__()
        self.url = url
        self.statuses = []

    def create(self, request):
        answer = super().create(request)
        self.tell(answer.body)
        return answer

    def tell(self, body, *headers):
        self.statuses.append(self.deliver(self.url, body, headers))


def heard(shelf, *steps, journal=None, **more):
    """What came of the steps of one flow, and its journal."""
    got = []
    journal = journal or Notebook()

    def flow(vendor):
        hook = yield Listen()
        shelf.url = hook.url
        for step in steps:
            came = yield step(hook) if callable(step) else step
            got.append(came)
        return ()

    receiver = HandlerReceiver(shelf)
    run(a_check(flow), answer=shelf, receiver=receiver, journal=journal, **more)
    return got, journal


def receive(count=1, within=5.0):
    return lambda hook: Receive(hook=hook, within_seconds=within, count=count)


def test_what_is_brought_is_heard_once_and_kept_with_who_asked():
    shelf, create = Telling(), Create(resource="items")
    (_, one, _, _, both, none), journal = heard(
        shelf, create, receive(), create, create, receive(2), receive(within=9.0)
    )
    assert [delivery.id for delivery in one] == ["d1"]
    assert [delivery.id for delivery in both] == ["d2", "d3"]
    assert none == ()
    assert one[0].json_or_none()["id"] == "it_000001"
    assert [d.purpose for d in journal.deliveries] == ["t.one"] * 3
    assert shelf.statuses == [200] * 3


def test_a_run_that_goes_on_hears_anew_and_keeps_what_it_heard_before():
    shelf, journal = Telling(), Notebook()

    def killed(hook):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        heard(shelf, Create(resource="items"), receive(), killed, journal=journal)
    assert [delivery.id for delivery in journal.deliveries] == ["d1"]
    late = shelf.url
    (_, one), _ = heard(shelf, Create(resource="items"), receive(), journal=journal)
    assert [delivery.id for delivery in one] == ["d2"]
    assert [delivery.id for delivery in journal.deliveries] == ["d1", "d2"]
    assert shelf.url != late
    assert journal.kept["t.one", ""].status is Status.PASS


def test_waiting_ends_when_the_time_is_over():
    clock = StillClock(1_800_000_000.0)
    (got,), _ = heard(Telling(), receive(within=30.0), clock=clock)
    assert got == ()
    assert clock.monotonic() == 1_800_000_030.0


def test_each_delivery_meets_its_own_reaction_and_the_last_goes_on():
    shelf, statuses = Telling(), []

    def flow(vendor):
        hook = yield Listen(reactions=(Reaction(status=500), Reaction(status=429), Reaction()))
        shelf.url = hook.url
        for _ in range(4):
            shelf.tell(b"{}")
        came = yield Receive(hook=hook, within_seconds=1.0, count=4)
        statuses.extend(delivery.answered for delivery in came)
        return ()

    run(a_check(flow), answer=shelf, receiver=HandlerReceiver(shelf))
    assert shelf.statuses == statuses == [500, 429, 200, 200]


def test_strangers_leave_no_trace_and_too_many_are_refused():
    shelf, journal = Telling(), Notebook()

    def flow(vendor):
        hook = yield Listen()
        for url in ("http://receiver.test/", "http://receiver.test/guess", f"{hook.url}x"):
            assert shelf.deliver(url, b"{}") == 404
        for number in range(MOST_DELIVERIES + 1):
            shelf.statuses.append(shelf.deliver(f"{hook.url}/sub?n={number}", b"{}"))
        return ()

    run(a_check(flow), answer=shelf, receiver=HandlerReceiver(shelf), journal=journal)
    assert shelf.statuses == [200] * MOST_DELIVERIES + [429]
    assert len(journal.deliveries) == MOST_DELIVERIES
    assert journal.deliveries[7].target == "/sub?n=7"


def test_secrets_and_long_bodies_are_not_kept_as_they_came():
    shelf = Telling()

    def tell(hook):
        shelf.tell(b'{"note": "good"}' + b" " * 300_000, ("X-Token", "good"))
        return Receive(hook=hook, within_seconds=1.0, count=2)

    (_, (_, delivery)), journal = heard(shelf, Create(resource="items"), tell)
    assert "good" not in repr(journal.deliveries)
    assert delivery.header("x-token") == "«owner»"
    assert delivery.cut
    assert delivery.size_bytes > 300_000


def remote(**settings):
    return vendor(base_url="https://far.example", webhooks=Webhooks(**settings))


def outcome_of(flow, whom, receiver):
    return run(a_check(flow), answer=Telling(), receiver=receiver, whom=whom).outcomes()[0]


def listening(vendor):
    hook = yield Listen()
    return (finding(hook.url),)


def test_a_vendor_far_away_needs_an_address_that_leads_to_us():
    outcome = outcome_of(listening, remote(), SocketReceiver())
    assert outcome.status is Status.NOT_TESTED
    assert "no way to this machine" in outcome.reason
    assert "--webhook-url" in outcome.supply
    urls = []

    def flow(vendor):
        urls.append((yield Listen()).url)
        return ()

    outcome_of(flow, remote(public_url="https://tunnel.example/acme/"), SocketReceiver())
    assert urls[0].startswith("https://tunnel.example/acme/")
    assert len(urls[0].rpartition("/")[2]) >= 20


@pytest.mark.parametrize("kept", ["/acme", ""])
def test_a_tunnel_may_keep_the_public_path_or_take_it_away(kept):
    shelf = Telling()
    whom = vendor(webhooks=Webhooks(public_url="https://tunnel.example/acme"))

    def tell(hook):
        path = hook.url.removeprefix("https://tunnel.example/acme")
        shelf.url = f"http://receiver.test{kept}{path}/more"
        shelf.tell(b"{}")
        return Receive(hook=hook, within_seconds=1.0)

    ([[delivery]], _) = heard(shelf, tell, whom=whom)
    assert delivery.target == "/more"


def test_an_address_that_was_registered_by_hand_takes_all_that_comes():
    shelf = Telling()
    whom = vendor(webhooks=Webhooks(public_url="https://tunnel.example/in", registered=True))

    def tell(hook):
        assert hook.url == "https://tunnel.example/in"
        shelf.url = "http://receiver.test/in?a=1"
        shelf.tell(b"{}")
        return Receive(hook=hook, within_seconds=1.0)

    ([[delivery]], _) = heard(shelf, tell, whom=whom)
    assert delivery.target == "/in?a=1"


def test_a_signing_secret_of_the_users_judges_what_comes():
    shelf = Telling()
    whom = vendor(webhooks=Webhooks(secret=SecretReference("env", "HOOK")))
    good = ("X-Hub-Signature-256", "sha256=" + "0" * 64)

    def tell(hook):
        shelf.tell(b"{}", good)
        return Receive(hook=hook, within_seconds=1.0)

    ([[delivery]], _) = heard(shelf, tell, whom=whom, secrets={"HOOK": "the-secret", "T": "good"})
    assert (delivery.signature.scheme, delivery.signature.valid) == ("github", False)


def test_a_signing_secret_that_an_answer_tells_judges_what_it_signs_and_is_not_kept():
    class Sealing(Telling):
        def shown(self, item):
            return {**item, "signing_secret": "hush-hush-123"}

        def tell(self, body, *headers):
            mark = hmac.new(b"hush-hush-123", body, hashlib.sha256).hexdigest()
            super().tell(body, ("X-Signature", mark))

    def tell(hook):
        shelf.tell(b'{"note": "hush-hush-123"}')
        return Receive(hook=hook, within_seconds=1.0, count=2)

    shelf = Sealing()
    (_, (unknown, known)), journal = heard(shelf, Create(resource="items"), tell)
    # The first came before the answer that tells the secret.
    assert (unknown.signature.valid, known.signature.valid) == (None, True)
    assert "hush-hush-123" not in repr(known)
    assert b"hush-hush-123" not in b"".join(e.response.body for e in journal.exchanges)


# Over real sockets, from a vendor that knows nothing of us


def flow_of(reactions, got, *, count):
    def flow(vendor):
        hook = yield Listen(reactions=reactions)
        drawn = yield Draw(operation="POST /webhook-endpoints", body={"url": hook.url})
        yield Send(drawn.request)
        invoice = yield Create(resource="invoices")
        paid = {"invoice_id": invoice.item.id, "total": invoice.returned["total"]}
        yield Create(resource="payments", having=paid)
        got.extend((yield Receive(hook=hook, within_seconds=400.0, count=count)))
        return ()

    return flow


def from_the_mock(*reactions, count=1, misbehave=(), patience_seconds=15.0):
    got, journal, check = [], Notebook(), None
    check = a_check(flow_of(reactions, got, count=count))
    profile = MockProfile(webhooks={"timeout_seconds": patience_seconds})
    mock = mocking.Mock(loading.load(SAMPLE), misbehaviours=misbehave, profile=profile)
    sealed = SecretReference("mock", "webhooks")
    secrets = {**mock.vendor.secrets_by_reference(), sealed: mock.vendor.seal.secret}
    with mocking.running(mock) as url:
        whom = vendor(environment=Environment.MOCK, base_url=url, principals=mock.vendor.principals)
        whom = replace(whom, contract=mock.contract, webhooks=Webhooks(secret=sealed))
        asyncio.run(
            probe(
                Plan(items=(Planned(check=check.id, subject="", price=9),), omitted=(), budget=99),
                whom,
                checks={check.id: check},
                cases=Cases(mock.contract, seed=1, fixtures={}, deep=False),
                transport=WireTransport(),
                receiver=SocketReceiver(),
                journal=journal,
                redactor=Redaction(),
                reveal=lambda reference: secrets[reference],
                clock=mocking.LeapingClock(mock),
            )
        )
    assert [o.status for o in journal.outcomes()] == [Status.PASS]
    return got, journal


def test_a_real_delivery_is_received_and_its_signature_found_good():
    [delivery], journal = from_the_mock()
    assert delivery.method == "POST"
    assert delivery.json_or_none()["type"] == "invoice.paid"
    assert delivery.header("webhook-id")
    assert delivery.signature.scheme == "standard"
    assert delivery.signature.valid is True
    assert abs(delivery.signature.age_seconds) < 5
    registered = next(e for e in journal.exchanges if e.request.path == "/webhook-endpoints")
    assert b"whsec_" not in registered.response.body


def test_a_signature_that_is_wrong_or_missing_is_told():
    [wrong], _ = from_the_mock(misbehave=["webhook-signature-wrong"])
    assert wrong.signature.valid is False
    [none], _ = from_the_mock(misbehave=["webhook-unsigned"])
    assert none.signature.scheme == "none"


def test_a_refused_delivery_is_tried_again_on_the_mocks_own_time():
    (first, second), _ = from_the_mock(Reaction(status=500), Reaction(), count=2)
    assert (first.answered, second.answered) == (500, 200)
    assert first.header("webhook-id") == second.header("webhook-id")


def test_silence_is_a_reaction_too():
    (first, second), _ = from_the_mock(
        Reaction(status=0), Reaction(), count=2, patience_seconds=0.5
    )
    assert first.answered == 0
    assert first.body == second.body


# The socket itself


def asking(receiver, ask):
    """What comes of an ask while it listens."""
    arrived = []

    def take(arrival):
        arrived.append(arrival)
        return Reaction(status=202, headers=(("X-A", "1"),), body=b"thanks")

    async def main():
        url = await receiver.open(take)
        try:
            return await asyncio.to_thread(ask, url)
        finally:
            await receiver.close()

    return asyncio.run(main()), arrived


def posted(url, body=b"{}", context=None):
    request = urllib.request.Request(url, data=body, headers={"X-B": "2"}, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=10, context=context) as answer:
            return answer.status, answer.read(), answer.headers["X-A"]
    except urllib.error.HTTPError as error:
        return error.code, b"", None


def test_the_socket_takes_what_comes_and_answers_as_told():
    answer, [arrival] = asking(SocketReceiver(), lambda url: posted(f"{url}/a?b=1"))
    assert answer == (202, b"thanks", "1")
    assert isinstance(arrival, Arrival)
    assert (arrival.method, arrival.target, arrival.body) == ("POST", "/a?b=1", b"{}")
    assert ("X-B", "2") in [(name.title(), value) for name, value in arrival.headers]


def test_what_is_too_large_is_refused_before_it_is_read():
    (status, _, _), arrived = asking(SocketReceiver(), lambda url: posted(url, b"x" * 2_000_000))
    assert status == 413
    assert arrived == []


def test_https_can_be_served(tmp_path):
    certificates = Certificates(tmp_path)
    pair = certificates.authority.issue_cert("127.0.0.1")
    pair.private_key_and_cert_chain_pem.write_to_path(str(tmp_path / "pair.pem"))
    receiver = SocketReceiver(certificate=str(tmp_path / "pair.pem"))
    context = ssl.create_default_context(cafile=certificates.file)
    (status, _, _), _ = asking(receiver, lambda url: posted(url, context=context))
    assert status == 202


def test_a_certificate_that_is_none_and_a_port_that_is_taken_are_named(tmp_path):
    (tmp_path / "no.pem").write_text("no certificate")
    with pytest.raises(ConfigError) as caught:
        asking(SocketReceiver(certificate=str(tmp_path / "no.pem")), posted)
    assert "no.pem" in caught.value.where

    def again(url):
        port = int(url.rpartition(":")[2])
        with pytest.raises(UsageError, match=str(port)):
            asking(SocketReceiver(port=port), posted)

    asking(SocketReceiver(), again)
