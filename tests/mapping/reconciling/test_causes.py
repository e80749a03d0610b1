"""Each difference of two exports is put to its cause."""

import pytest

from tests.mapping.contracts import SHOP
from tests.mapping.reconciling.exports import invoice, order, written
from verifier.mapping.opening import open_mapping
from verifier.mapping.reconciling import reconcile
from verifier.mapping.reconciling.causes import causes

NAMED = "Contact.Name"
CASES = {
    "case": ({}, {NAMED: "ANN LEE"}),
    "spaces": ({}, {NAMED: "Ann  Lee"}),
    "unicode form": ({"customer.full_name": "Zoë"}, {NAMED: "Zoe\u0308"}),
    "entities": ({"customer.full_name": "O'Neill & Co"}, {NAMED: "O&#039;Neill &amp; Co"}),
    "leading zeros": ({"customer.full_name": "007"}, {NAMED: "7"}),
    "day month swapped": ({}, {"Date": "2027-04-03"}),
    "shifted a day": ({}, {"Date": "2027-03-03"}),
    "sign turned": ({}, {"AmountMinor": "-1999"}),
    "scaled by 100": ({}, {"AmountMinor": "199900"}),
    "scaled by 10": ({}, {"AmountMinor": "19990"}),
    "scaled by 1000": ({}, {"AmountMinor": "1999000"}),
    "rounded": ({}, {"AmountMinor": "2000"}),
    "number format": ({"total": "19999.9"}, {"AmountMinor": "1.999.990,00"}),
    "truncated": ({}, {NAMED: "Ann L"}),
    "words swapped": ({}, {NAMED: "Lee, Ann"}),
    "accents lost": ({"customer.full_name": "Séan"}, {NAMED: "Sean"}),
    "wrong encoding": ({"customer.full_name": "Müller"}, {NAMED: "MÃ¼ller"}),
    "missing there": ({}, {"Contact.EmailAddress": ""}),
    "missing here": ({"customer.email": ""}, {}),
    "other": ({}, {"Status": "PAID"}),
}


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """All cases in one reconciliation, a row each, and one row that is sound."""
    folder = tmp_path_factory.mktemp("causes")
    mine, theirs = [order("0000")], [invoice("SHOP-0000")]
    for number, (here, there) in enumerate(CASES.values(), 1):
        mine.append(order(f"{number:04}", **here))
        theirs.append(invoice(f"SHOP-{number:04}", **there))
    files = written(folder / "orders.csv", mine), written(folder / "invoices.csv", theirs)
    return reconcile(open_mapping(SHOP), *files)


def test_every_cause_has_a_case():
    assert set(CASES) == set(causes())


@pytest.mark.parametrize("cause", CASES)
def test_a_difference_has_its_cause(found, cause):
    number = f"{list(CASES).index(cause) + 1:04}"
    told = [
        difference.cause
        for result in found.fields
        for difference in result.differences
        for row, _, _ in difference.examples
        if row == number
    ]
    assert told == [cause]


def test_the_row_that_is_the_same_is_counted_as_such(found):
    assert found.classes["source"]["linked-equal"] == 1
    assert found.classes["target"]["linked-different"] == len(CASES)


def test_pairs_of_statuses_are_held_against_the_table(found):
    pairs = {(pair.source, pair.target): pair.agreed for pair in found.matrices["Status"]}
    assert pairs == {("pending", "DRAFT"): True, ("pending", "PAID"): False}


def test_examples_are_masked_by_what_they_mean(found):
    emails = next(r for r in found.fields if r.field == "Contact.EmailAddress")
    shown = [value for d in emails.differences for _, *values in d.examples for value in values]
    assert "ann@x.io" not in shown
    assert "a•••@•••.io" in shown
