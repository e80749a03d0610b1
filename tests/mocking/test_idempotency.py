"""One effect for each key, along the axes in which vendors differ."""

import dataclasses

import pytest
from msgspec.structs import replace

import verifier
from tests.mocking.asking import Asker
from tests.places import ROOT
from verifier.mocking import presets
from verifier.mocking.habits import habits_of
from verifier.model import KeyDialect, MockProfile

NEW = {"name": "Ada", "email": "ada@example.com"}
OTHER = {**NEW, "name": "Bea"}


@pytest.fixture(scope="module")
def contract():
    return verifier.load(ROOT / "specs" / "acme-billing" / "openapi.yaml")


def asker(contract, **dialect):
    return Asker(contract, profile=MockProfile(idempotency=dialect))


def create(asker, key, body=NEW, target="/customers"):
    return asker.ask("POST", target, body, Idempotency_Key=key)


def count(asker):
    return len(asker.ask("GET", "/customers")[1]["data"])


def test_requests_without_a_key_or_with_different_keys_each_have_their_effect(contract):
    one = asker(contract)
    for key in (None, None, "a", "b"):
        assert create(one, key)[0] == 201
    assert count(one) == 4


def test_the_same_key_and_request_is_answered_as_the_first_time(contract):
    one = asker(contract)
    first = create(one, "k")
    assert create(one, "k")[:2] == first[:2]
    assert create(one, "k", {"email": NEW["email"], "name": NEW["name"]})[:2] == first[:2]
    assert count(one) == 1


def test_another_body_under_a_used_key_is_refused_or_replayed(contract):
    one = asker(contract)
    first = create(one, "k")
    assert create(one, "k", OTHER)[0] == 422
    assert count(one) == 1
    strict = asker(contract, mismatch_status=400, mismatch_code="reused")
    create(strict, "k")
    status, told, _ = create(strict, "k", OTHER)
    assert (status, told["code"]) == (400, "reused")
    lax = asker(contract, mismatch="replay")
    first = create(lax, "k")
    assert create(lax, "k", OTHER)[1] == first[1]


def test_a_key_is_forgotten_after_its_lifetime_and_never_where_it_has_none(contract):
    one = asker(contract, lifetime_seconds=60)
    create(one, "k")
    one.clock.time += 59
    assert create(one, "k", OTHER)[0] == 422
    one.clock.time += 1
    assert create(one, "k", OTHER)[0] == 201
    for_ever = asker(contract, lifetime_seconds=0)
    create(for_ever, "k")
    for_ever.clock.time += 10**9
    assert create(for_ever, "k", OTHER)[0] == 422


@pytest.mark.parametrize(
    ("scope", "others"),
    [(("tenant", "operation"), 201), (("tenant",), 201), ((), 422), (("principal",), 201)],
)
def test_a_key_is_unique_within_its_scope(contract, scope, others):
    one = asker(contract, scope=scope)
    create(one, "k")
    one.become("other")
    assert create(one, "k", OTHER)[0] == others


def test_one_key_on_two_operations_is_one_key_only_where_the_scope_says_so(contract):
    hook = {"url": "https://hooks.example.com/x", "events": ["invoice.paid"]}
    for scope, status in ((("tenant", "operation"), 201), (("tenant",), 422)):
        one = asker(contract, scope=scope)
        create(one, "k")
        assert create(one, "k", hook, "/webhook-endpoints")[0] == status


def test_a_request_that_was_not_valid_can_be_corrected_under_its_key(contract):
    one = asker(contract)
    assert create(one, "k", {"name": 5})[0] == 422
    assert create(one, "k")[0] == 201


@pytest.mark.parametrize(
    ("stored", "again"), [("executed", 422), ("success", 201), ("not-4xx", 201)]
)
def test_what_came_of_acting_is_given_again_as_the_dialect_says(contract, stored, again):
    one = asker(contract, stored=stored)
    invoice = {"customer_id": "later", "total": {"amount": "1.00", "currency": "EUR"}}
    assert create(one, "k", invoice, "/invoices")[0] == 422
    row = one.mock.state.get("customers", create(one, None)[1]["id"], "one")
    row.id = "later"
    one.mock.state.add(row)
    assert create(one, "k", invoice, "/invoices")[0] == again


def test_a_key_that_is_too_long_or_required_and_missing_is_refused(contract):
    one = asker(contract, longest=8)
    assert create(one, "k" * 8)[0] == 201
    assert create(one, "k" * 9)[0] == 400
    strict = asker(contract, required=True)
    assert create(strict, None)[0] == 400
    assert count(one) == 1


def test_a_replay_carries_the_marker_and_the_status_of_its_dialect(contract):
    one = asker(contract, marker="Idempotent-Replayed: true", replay_status=200)
    status, _, headers = create(one, "k")
    assert (status, "Idempotent-Replayed" in headers) == (201, False)
    status, _, headers = create(one, "k")
    assert (status, headers["Idempotent-Replayed"]) == (200, "true")
    echo = asker(contract, marker="Idempotency-Key: {key}", marked="all")
    assert create(echo, "k")[2]["Idempotency-Key"] == "k"


class Slow:
    """Dealing with a creation takes a while."""

    def before_act(self, turn):
        turn.takes_seconds = 5.0


def test_while_the_first_is_dealt_with_the_second_is_told_so_or_waits(contract):
    refusing = Asker(contract, hooks=(Slow(),))
    create(refusing, "k")
    refusing.clock.time += 4.9
    assert create(refusing, "k")[0] == 409
    refusing.clock.time += 0.1
    assert create(refusing, "k")[0] == 201
    waiting = Asker(
        contract, hooks=(Slow(),), profile=MockProfile(idempotency={"in_flight": "wait"})
    )
    first = create(waiting, "k")
    waiting.clock.time += 2.0
    turn = waiting.take("POST", "/customers", NEW, Idempotency_Key="k")
    assert (turn.answer.body != b"", turn.takes_seconds) == (True, 3.0)
    assert first[1]["id"].encode() in turn.answer.body
    assert count(waiting) == 1


@pytest.mark.parametrize("name", presets.known())
def test_every_preset_is_a_dialect(name):
    says = presets.known()[name].get("idempotency", {})
    assert set(says) <= set(KeyDialect.__struct_fields__)
    made = replace(KeyDialect(), **says)
    assert made.stored in ("executed", "success", "not-429-5xx", "not-4xx")
    assert (made.carrier in ("header", "query", "body"), made.longest >= 0) == (True, True)


def test_a_well_known_vendor_is_recognised_by_its_title_or_its_own_header(contract):
    assert habits_of(contract, MockProfile()).like == ""
    stripe = habits_of(dataclasses.replace(contract, title="Stripe API"), MockProfile())
    assert (stripe.like, stripe.keys.marker) == ("stripe", "Idempotent-Replayed: true")
    asked = habits_of(contract, MockProfile(like="qonto"))
    assert (asked.keys.mismatch, asked.keys.name) == ("replay", "Idempotency-Key")
