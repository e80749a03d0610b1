"""What brings an event about is told from its name, and never guessed."""

import pytest

from verifier.checks.hooked import HOOKED
from verifier.checks.specimens import ITEMS, document
from verifier.checks.triggers import triggers
from verifier.loading import from_mapping

HEARD = {"post": {"responses": {"200": {"description": "Heard."}}}}


def found(*events, base=ITEMS):
    hooks = dict.fromkeys(events, HEARD)
    contract = from_mapping(document(paths=base["paths"], **({"webhooks": hooks} if hooks else {})))
    return [(t.event, t.resource.name, dict(t.having)) for t in triggers(contract)]


@pytest.mark.parametrize("event", ["item.created", "itemCreated", "item_created", "items.create"])
def test_a_creation_brings_about_the_event_of_its_name(event):
    assert found(event) == [(event, "items", {})]


def test_a_state_is_brought_about_by_creating_something_in_it():
    assert found("item.sold") == [("item.sold", "items", {"status": "sold"})]


@pytest.mark.parametrize("event", ["item.burnt", "order.created", "ping", "item"])
def test_what_no_operation_brings_about_is_left_alone(event):
    assert found(event) == []


def test_of_several_events_that_of_a_creation_comes_first():
    assert [event for event, _, _ in found("item.sold", "item.created")] == [
        "item.created",
        "item.sold",
    ]


def test_where_no_event_is_documented_a_creation_is_one_but_that_of_a_subscription_is_not():
    assert found(base=HOOKED) == [("", "items", {})]
