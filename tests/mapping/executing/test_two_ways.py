"""There and back: what nobody changed comes back, what was changed stays, and cycles settle."""

import random

import pytest

from tests.mapping.contracts import CRM
from verifier.mapping.executing import Executor, Matcher, Outcome
from verifier.mapping.executing.syncing import Pairing, sync
from verifier.mapping.opening import open_mapping
from verifier.mapping.sameness import same

CONTACT = {
    "contact_id": "c-1",
    "first_name": "Ann",
    "last_name": "van der  Lee",
    "email": "Ann@X.io",
    "mobile": "(212) 555-0123",
    "birthday": "04/03/1985",
    "lifecycle": "do_not_contact",
    "opted_out": None,
    "account_manager": "Ida",
}


@pytest.fixture(scope="module")
def executor():
    return Executor(open_mapping(CRM))


def test_what_nobody_changed_comes_back_as_it_was(executor):
    target = executor.map(CONTACT).target
    assert executor.back(CONTACT, target).target == CONTACT


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"name": "Ludwig van Beethoven"}, {"first_name": "Ludwig", "last_name": "van Beethoven"}),
        ({"name": "Martin King Jr."}, {"first_name": "Martin", "last_name": "King Jr."}),
        ({"name": "Sukarno"}, {"first_name": None, "last_name": "Sukarno"}),
        ({"name": "Ann van der Lee"}, {}),
        ({"email": "ann@x.io"}, {}),
        ({"email": "ANN@X.IO"}, {}),
        ({"email": "new@x.io"}, {"email": "new@x.io"}),
        ({"phone": "+12125550147"}, {"mobile": "(212) 555-0147"}),
        ({"phone": "+33612345678"}, {"mobile": "+33 6 12 34 56 78"}),
        ({"phone": None}, {"mobile": None}),
        ({"date_of_birth": "1985-12-31"}, {"birthday": "12/31/1985"}),
        ({"status": "disabled"}, {}),
        ({"status": "enabled"}, {"lifecycle": "active"}),
        ({"accepts_marketing": False}, {}),
        ({"accepts_marketing": True}, {"opted_out": False}),
    ],
)
def test_a_change_in_the_target_reaches_its_fields_and_no_others(executor, change, expected):
    target = {**executor.map(CONTACT).target, **change}
    assert executor.back(CONTACT, target).target == {**CONTACT, **expected}


def test_a_patch_leaves_alone_what_it_does_not_name(executor):
    assert executor.back(CONTACT, {}).target == CONTACT
    assert executor.back(CONTACT, {"status": "prospect"}).target["email"] == "Ann@X.io"


def test_a_name_without_room_is_withheld_by_its_policy(executor):
    done = executor.back(CONTACT, {"name": f"Ann {'x' * 61}"})
    assert done.outcome is Outcome.REJECTED
    assert "last_name" in done.failures[0].says


def test_null_clears_and_absence_keeps_on_the_way_there(executor):
    without = {name: value for name, value in CONTACT.items() if name != "birthday"}
    assert executor.map({**CONTACT, "mobile": None}).target["phone"] is None
    assert "date_of_birth" not in executor.map(without).target


EDITS = {
    "first_name": ["Ann", "Zoë", None, "Martin Luther"],
    "last_name": ["Lee", "van der  Lee", "King Jr.", "Sukarno", "\N{HANGUL SYLLABLE GIM}"],
    "email": ["Ann@X.io", "ann@x.io", "other@x.io", "not an email"],
    "mobile": ["(212) 555-0123", "+33 6 12 34 56 78", None, "abc"],
    "birthday": ["04/03/1985", "02/29/2000", None, "13/13/2000"],
    "lifecycle": ["lead", "active", "churned", "do_not_contact", "archived"],
    "opted_out": [True, False, None],
    "account_manager": ["Ida", "Max", None],
}
EDITS_THERE = {
    "name": ["Ann Lee", "Ludwig van Beethoven", "Sukarno", "Ada Byron King"],
    "email": ["ann@x.io", "third@x.io"],
    "phone": ["+12125550123", "+12125550147", "+390612345678", None],
    "date_of_birth": ["1985-04-03", "1999-12-31", None],
    "status": ["prospect", "enabled", "disabled"],
    "accepts_marketing": [True, False],
    "loyalty_points": [0, 10],
}


def edited(record, edits, rng):
    changed = {name: rng.choice(values) for name, values in edits.items() if rng.random() < 0.25}
    return {**record, **changed}


@pytest.mark.parametrize("seed", range(5))
def test_two_hundred_cycles_settle_and_lose_nothing_that_is_not_told(executor, seed):
    rng = random.Random(seed)
    contract = executor.mapping.contract
    ways = {
        "forward": lambda record: executor.map(dict(record)).target,
        "back": lambda old, patch: executor.back(dict(old) if old else None, dict(patch)).target,
    }
    pairing = Pairing(source=CONTACT, target={**executor.map(CONTACT).target, "id": "t-1"})
    conflicts = withheld = 0
    for _ in range(200):
        source, target = (
            edited(pairing.source, EDITS, rng),
            edited(pairing.target, EDITS_THERE, rng),
        )
        done = sync(
            contract, pairing, source, target, newer=rng.choice(("source", "target")), **ways
        )
        if done.withheld:
            # Nothing is written while a person has to look at it; then they undo the change.
            assert (done.pairing.source, done.pairing.target) == (source, target)
            withheld += 1
            continue
        conflicts += len(done.overwritten)
        lost = {entry.path for entry in done.overwritten}
        for name, value in target.items():
            moved = not same(value, pairing.target.get(name))
            if moved and not same(value, done.pairing.target.get(name)):
                assert name in lost, (name, value)
        own = ("account_manager", "contact_id")
        assert all(done.pairing.source.get(name) == source.get(name) for name in own)
        again = sync(contract, done.pairing, done.pairing.source, done.pairing.target, **ways)
        assert again.pairing == done.pairing
        assert again.overwritten == ()
        pairing = done.pairing
    assert conflicts > 20
    assert withheld > 5


def test_an_id_that_changes_its_key_keeps_its_link(executor):
    matcher = Matcher(executor)
    customer = {**executor.map(CONTACT).target, "id": "t-1"}
    moved = {**CONTACT, "email": "new@x.io"}
    decision = matcher.decide([moved], [customer], {"c-1": "t-1"})[0]
    assert (decision.action, decision.target) == ("update", "t-1")
    assert matcher.decide([moved], [customer], {})[0].action == "update"
    stranger = {**moved, "mobile": None}
    assert matcher.decide([stranger], [customer], {})[0].action == "create"
