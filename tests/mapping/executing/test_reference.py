"""What the contract itself makes of a record, and what it says that was lost."""

from decimal import Decimal

import pytest

from tests.mapping.contracts import SHOP
from verifier.mapping.executing import Executor, Outcome
from verifier.mapping.opening import open_mapping

ORDER = {
    "id": "0017",
    "status": "pending",
    "currency": "EUR",
    "total": Decimal("39.98"),
    "created_at": "03/04/2027 09:15",
    "customer": {"full_name": "Ann Lee", "email": "Ann@X.io", "phone": "06 12 34 56 78"},
    "lines": [{"sku": "A-1", "qty": 2, "unit_price": Decimal("19.99")}],
    "paid": True,
    "shipped": False,
    "prices_include_tax": True,
}
INVOICE = {
    "InvoiceNumber": "SHOP-0017",
    "Status": "DRAFT",
    "CurrencyCode": "EUR",
    "AmountMinor": 3998,
    "LineAmountTypes": "Inclusive",
    "Date": "2027-04-03",
    "DueDate": "2027-05-03",
    "PlacedAt": 1806736500000,
    "Fulfilment": "PREPAID",
    "Contact": {"Name": "Ann Lee", "EmailAddress": "ann@x.io", "Phone": "+33612345678"},
    "LineItems": [{"ItemCode": "A-1", "Quantity": 2, "LineMinor": 3998}],
}


@pytest.fixture(scope="module")
def executor():
    return Executor(open_mapping(SHOP))


def order(**changes):
    return {**ORDER, **changes}


def test_a_plain_order_becomes_an_invoice(executor):
    done = executor.map(ORDER)
    assert done.outcome is Outcome.MAPPED
    assert done.target == INVOICE
    assert {entry.reason for entry in done.ledger} == {"time of day"}


def test_a_record_is_not_touched(executor):
    before = repr(ORDER)
    executor.map(ORDER)
    assert repr(ORDER) == before


@pytest.mark.parametrize(
    ("change", "outcome", "field"),
    [
        ({"id": None}, Outcome.REJECTED, "InvoiceNumber"),
        ({"id": "\u200b "}, Outcome.REJECTED, "InvoiceNumber"),
        ({"status": "refunded"}, Outcome.ESCALATED, "Status"),
        ({"status": "partial-shipped"}, Outcome.ESCALATED, "Status"),
        ({"total": "39.98"}, Outcome.QUARANTINED, "AmountMinor"),
        ({"paid": "false"}, Outcome.QUARANTINED, "Fulfilment"),
        ({"lines": []}, Outcome.QUARANTINED, "LineItems"),
        ({"lines": [None]}, Outcome.REJECTED, "LineItems[0]."),
        ({"created_at": "2027-04-03T09:15:00Z"}, Outcome.QUARANTINED, "Date"),
        ({"currency": "eur"}, Outcome.QUARANTINED, "CurrencyCode"),
    ],
)
def test_a_record_that_cannot_be_mapped_is_withheld_for_a_reason(executor, change, outcome, field):
    done = executor.map(order(**change))
    assert done.outcome is outcome
    assert done.target is None
    assert field in [failure.path for failure in done.failures]
    assert all(failure.place.line > 1 for failure in done.failures)


def test_every_reason_is_told_and_not_only_the_first(executor):
    done = executor.map(order(id=None, status="refunded"))
    assert done.outcomes == {Outcome.REJECTED, Outcome.ESCALATED}


@pytest.mark.parametrize(
    ("currency", "price", "minor"),
    [("EUR", "19.99", 1999), ("JPY", "1999", 1999), ("KWD", "1.234", 1234), ("EUR", "0.005", 1)],
)
def test_amounts_count_the_smallest_unit_of_their_currency(executor, currency, price, minor):
    line = {"sku": "A", "qty": 1, "unit_price": Decimal(price)}
    done = executor.map(order(currency=currency, total=Decimal(price), lines=[line]))
    assert done.target["AmountMinor"] == done.target["LineItems"][0]["LineMinor"] == minor


def test_what_does_not_add_up_is_kept_aside(executor):
    done = executor.map(order(total=Decimal(100)))
    assert done.outcome is Outcome.QUARANTINED
    assert done.failures[0].trouble == "invariant total-is-lines"


@pytest.mark.parametrize(
    ("local", "day", "placed"),
    [
        ("28/03/2027 02:30", "2027-03-28", 1806197400000),  # no clock shows it: 01:30 UTC
        ("31/10/2027 02:30", "2027-10-31", 1824942600000),  # twice: the first, 00:30 UTC
        ("01/01/2027 00:30", "2027-01-01", 1798759800000),  # still 2026 in UTC
    ],
)
def test_local_times_are_those_of_the_zone(executor, local, day, placed):
    done = executor.map(order(created_at=local))
    assert (done.target["Date"], done.target["PlacedAt"]) == (day, placed)


@pytest.mark.parametrize(
    ("customer", "contact", "reason"),
    [
        (
            {"full_name": "Guest", "email": "a@x.io"},
            {"Name": "a@x.io", "EmailAddress": "a@x.io"},
            "placeholder",
        ),
        ({"full_name": "Ann", "email": "a@b"}, {"Name": "Ann"}, "omitted"),
        (
            {"full_name": "Ann", "phone": "06 12 34 56 78 ext. 9"},
            {"Name": "Ann", "Phone": "+33612345678"},
            "extension",
        ),
        ({"full_name": "Ann", "zip": "01730"}, {"Name": "Ann", "PostalCode": "01730"}, None),
    ],
)
def test_losses_are_entered_in_the_ledger(executor, customer, contact, reason):
    done = executor.map(order(customer=customer))
    assert done.target["Contact"] == contact
    reasons = {entry.reason for entry in done.ledger} - {"time of day"}
    assert reasons == ({reason} if reason else set())


def test_a_cut_does_not_go_through_what_people_see_as_one_letter(executor):
    family = "\N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}"
    done = executor.map(order(customer={"full_name": "x" * 45 + family}))
    assert done.target["Contact"]["Name"] == "x" * 45
    entry = next(entry for entry in done.ledger if entry.reason == "truncated")
    assert (entry.path, entry.new) == ("Contact.Name", "x" * 45)


def test_what_is_dropped_and_what_nobody_knows_is_in_the_ledger(executor):
    done = executor.map(order(gift_wrap=True, coupon="X"))
    told = {entry.path: entry.reason for entry in done.ledger}
    assert (told["gift_wrap"], told["coupon"]) == ("dropped", "unknown field")


def test_a_field_that_the_target_does_not_take_follows_its_policy(executor):
    done = executor.map(order(discount=Decimal("1.5")))
    assert done.outcome is Outcome.MAPPED
    assert "DiscountPercent" not in done.target
    assert executor.map(order(weight_lb=Decimal(-1))).outcome is Outcome.QUARANTINED


@pytest.mark.parametrize("record", [None, [], "order", 3, {}, {"lines": {}}, {"customer": []}])
def test_what_is_no_order_is_withheld_and_never_a_crash(executor, record):
    assert executor.map(record).outcome is not Outcome.MAPPED
