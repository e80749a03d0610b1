"""What was asked and answered tells how a vendor speaks, and no more than was seen."""

import pytest

from verifier.checks.keyed import KEYED
from verifier.dialects import Listener
from verifier.loading import from_mapping
from verifier.model import (
    Delivery,
    Exchange,
    Identity,
    Knowledge,
    Request,
    Response,
    Signature,
    Timing,
)

CREATE = "POST /items"
LIFETIME = "An Idempotency-Key is remembered\nfor 24 hours. Then it is forgotten."


def sent(number, key, body, status, *, who="", at=None, took=0.1, answer=b"{}", **headers):
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Exchange(
        id=f"x{number}",
        request=Request(
            method="POST",
            path="/items",
            headers=(("Idempotency-Key", key),) if key else (),
            body=body,
            operation=CREATE,
            identity=Identity(principal=who),
        ),
        response=Response(status=status, headers=named, body=answer),
        timing=Timing(total_seconds=took),
        started=float(number) if at is None else at,
        purpose="duplicates.required-key-required" if not key else "duplicates.any",
    )


def told(*exchanges, document=KEYED, deliveries=()):
    listener = Listener(from_mapping(document))
    for exchange in exchanges:
        listener.hear(exchange)
    return {
        dialect.kind: {axis.name: axis for axis in dialect.axes}
        for dialect in listener.dialects(deliveries)
    }


def test_of_what_was_not_seen_only_the_document_speaks():
    axes = told()["idempotency"]
    assert axes["carrier"].value == "header Idempotency-Key"
    assert axes["carrier"].knowledge is Knowledge.DOCUMENTED
    unknown = {name for name, axis in axes.items() if axis.knowledge is Knowledge.UNKNOWN}
    assert unknown == {"scope", "lifetime", "stored", "mismatch", "in-flight", "marker"}


def test_a_lifetime_is_read_from_the_prose_about_keys_and_from_no_other():
    about = {**KEYED, "info": {**KEYED["info"], "description": LIFETIME}}
    assert told(document=about)["idempotency"]["lifetime"].value == "24 hours"
    other = {**KEYED, "info": {**KEYED["info"], "description": "Sessions end after 24 hours."}}
    assert told(document=other)["idempotency"]["lifetime"].value == ""


@pytest.mark.parametrize(
    ("axis", "value", "exchanges"),
    [
        ("mismatch", "refused with 422", [sent(1, "k", b"a", 201), sent(2, "k", b"b", 422)]),
        ("mismatch", "the first answer", [sent(1, "k", b"a", 201), sent(2, "k", b"b", 201)]),
        (
            "mismatch",
            "done anew",
            [sent(1, "k", b"a", 201), sent(2, "k", b"b", 201, answer=b"[]")],
        ),
        (
            "in-flight",
            "refused with 409",
            [sent(1, "k", b"a", 201, at=1.0, took=2.0), sent(2, "k", b"a", 409, at=1.5)],
        ),
        (
            "marker",
            "idempotent-replayed: true",
            [sent(1, "k", b"a", 201), sent(2, "k", b"a", 201, Idempotent_Replayed="true")],
        ),
        ("marker", "200 instead of 201", [sent(1, "k", b"a", 201), sent(2, "k", b"a", 200)]),
        (
            "stored",
            "successes; a refusal may be corrected",
            [sent(1, "k", b"a", 422), sent(2, "k", b"b", 201)],
        ),
        ("stored", "refusals too", [sent(1, "k", b"a", 422), sent(2, "k", b"b", 422)]),
        (
            "scope",
            "each principal has its own",
            [sent(1, "k", b"a", 201), sent(2, "k", b"a", 201, who="other", answer=b"[]")],
        ),
        ("key", "required", [sent(1, "", b"a", 400)]),
        ("key", "optional", [sent(1, "", b"a", 201)]),
    ],
)
def test_an_axis_is_what_was_seen_with_what_showed_it(axis, value, exchanges):
    found = told(*exchanges)["idempotency"][axis]
    assert found.value.startswith(value)
    assert found.knowledge is Knowledge.OBSERVED
    assert set(found.evidence) == {exchange.id for exchange in exchanges}


def test_a_retry_that_was_limited_says_nothing_of_keys():
    axes = told(sent(1, "k", b"a", 201), sent(2, "k", b"b", 429))["idempotency"]
    assert axes["mismatch"].knowledge is Knowledge.UNKNOWN


def test_what_a_mock_was_told_to_play_is_not_how_it_speaks():
    played = sent(1, "k", b"a", 429, Retry_After="3")
    played = Exchange(
        **{f: getattr(played, f) for f in played.__slots__} | {"purpose": "scenario.x"}
    )
    assert "limits" not in told(played)
    assert told(sent(1, "k", b"a", 429, Retry_After="3"))["limits"]["retry-after"].value == (
        "whole seconds"
    )


def test_events_are_told_by_their_signature_their_id_and_their_retry():
    signature = Signature(scheme="stripe", header="Stripe-Signature", valid=True, age_seconds=1.0)
    common = {"hook": "h", "method": "POST", "target": "", "signature": signature}
    body = b'{"id": "evt_1"}'
    first = Delivery(id="d1", received=10.0, answered=500, body=body, **common)
    again = Delivery(id="d2", received=15.0, answered=200, body=body, **common)
    axes = told(deliveries=(first, again))["webhooks"]
    assert axes["signature"].value.startswith("Stripe's")
    assert axes["identity"].value == "the member id"
    assert axes["retry"].value == "after 5 s"
