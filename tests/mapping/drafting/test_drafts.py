"""A draft proposes what two systems have in common, asks about the rest, and invents nothing."""

import csv
import random
from decimal import Decimal

import pytest

from tests.mapping.contracts import CRM, SHOP
from tests.mapping.implementations import python
from verifier.errors import ConfigError
from verifier.mapping.analysis import Weight, analyse
from verifier.mapping.answering.pictures import losses
from verifier.mapping.drafting import draft
from verifier.mapping.opening import open_mapping

ORDERS = {"EUR": 2, "JPY": 0}
NAMES = ("Ann Lee", "Nora Feld", "Zoë Ruiz", "Max Okafor", "Lea Sand")


def documents(contract, *, target="books.yaml"):
    return str(contract.parent / "shop.yaml"), str(contract.parent / target)


@pytest.fixture(scope="module")
def of_documents(tmp_path_factory):
    return draft(*documents(SHOP), beside=tmp_path_factory.mktemp("draft"))


def rules(found):
    return {str(rule.target): rule for rule in found.proposal.each()}


def test_two_records_that_have_nothing_in_common_are_not_put_together(tmp_path):
    pump = document(tmp_path, "Pump", {"rpm": "integer", "impeller": "string", "stages": "integer"})
    poem = document(tmp_path, "Poem", {"verse": "string", "metre": "string", "rhymed": "boolean"})
    found = draft(pump, poem, beside=tmp_path)
    assert not any(rule.sources for rule in found.proposal.each())
    assert {str(path) for path in found.proposal.left_source} == {"rpm", "impeller", "stages"}


def test_what_is_sure_is_not_asked_about(of_documents):
    sure = {name: str(r.sources[0]) for name, r in rules(of_documents).items() if not r.questions}
    assert sure == {
        "InvoiceNumber": "id",
        "CurrencyCode": "currency",
        "AmountMinor": "total",
        "DiscountPercent": "discount",
        "Reference": "note",
        "Contact.Name": "customer.full_name",
        "Contact.EmailAddress": "customer.email",
        "Contact.PostalCode": "customer.zip",
        "Contact.Country": "customer.country",
        "LineItems[].ItemCode": "lines[].sku",
        "LineItems[].Description": "lines[].title",
        "LineItems[].Quantity": "lines[].qty",
    }


@pytest.mark.parametrize(
    ("field", "asked"),
    [
        ("Status", "are the rows of table status right"),
        ("WeightKg", "by what is lb multiplied to become kg"),
        ("Date", "in which time zone is 'created_at'"),
        ("Contact.Phone", "dialled that has no country code"),
        ("LineItems[].LineMinor", "Acme Books requires it"),
    ],
)
def test_what_a_person_must_decide_is_asked(of_documents, field, asked):
    assert any(asked in question for question in rules(of_documents)[field].questions)


def test_a_draft_is_a_contract_whose_open_points_the_analysis_counts(of_documents, tmp_path):
    path = tmp_path / "draft.mapping.yaml"
    path.write_text(of_documents.text.replace("spec: ", f"spec: {tmp_path}/"))
    for name in ("shop.yaml", "books.yaml"):
        (tmp_path / name).write_text((SHOP.parent / name).read_text())
    found = draft(*map(str, (tmp_path / "shop.yaml", tmp_path / "books.yaml")), beside=tmp_path)
    path.write_text(found.text)
    analysis = analyse(open_mapping(path))
    assert analysis.effort == found.analysis.effort
    assert analysis.effort.undecided_rules == found.proposal.open > 5
    errors = {finding.code for finding in analysis.of(Weight.ERROR)}
    assert "source-dropped-silently" in errors
    assert not errors & {"source-unknown", "target-unknown", "mapped-twice"}
    assert "no-equivalent-undecided" in errors
    # What nobody has decided is no loss by design.
    assert (analysis.effort.lossy, losses(open_mapping(path)).rows) == (0, ())


def test_the_parts_of_a_name_become_a_full_one_and_two_ways_are_drafted(tmp_path):
    found = draft(
        str(CRM.parent / "crm.yaml"), str(CRM.parent / "shop.yaml"), beside=tmp_path, two_way=True
    )
    assert "direction: two_way" in found.text
    assert "name: {from: [first_name, last_name], combine: person_name}" in found.text
    assert "two-way-without-owner" in {one.code for one in found.analysis.findings}


def test_schemas_are_chosen_by_fit_or_named(tmp_path):
    chosen = draft(*documents(SHOP), beside=tmp_path)
    assert (chosen.source.record, chosen.target.record) == ("Order", "Invoice")
    shop, books = documents(SHOP)
    named = draft(f"{shop}#Buyer", f"{books}#/components/schemas/Invoice", beside=tmp_path)
    assert named.source.record == "Buyer"
    with pytest.raises(ConfigError, match="Did you mean 'Order'"):
        draft(f"{shop}#Ordre", books, beside=tmp_path)


def test_a_date_about_an_email_is_no_email_and_a_number_of_seconds_is_asked_about(tmp_path):
    stamp = "string, format: date-time"
    crm = document(
        tmp_path, "Contact", {"first_email_at": stamp, "created_at": stamp, "name": "string"}
    )
    # A vendor that calls its seconds a date-time.
    seconds = "integer, format: date-time"
    chat = document(
        tmp_path, "Person", {"email": "string", "created_at": seconds, "name": "string"}
    )
    made = rules(draft(crm, chat, beside=tmp_path))
    assert "email" not in made
    assert str(made["created_at"].sources[0]) == "created_at"
    assert any("seconds or milliseconds" in question for question in made["created_at"].questions)


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    """Exports of the same orders and invoices; rows in another order, and some only on one side."""
    rng = random.Random(5)
    orders = [order(rng, number) for number in range(1, 121)]
    mapper = python("shop", "sound").Mapper()
    invoices = [mapper.map(one) for one in orders[10:]]
    rng.shuffle(invoices)
    folder = tmp_path_factory.mktemp("exports")
    return written(folder / "orders.csv", orders[:110]), written(folder / "invoices.csv", invoices)


def order(rng, number):
    quantity, price = rng.randint(1, 4), Decimal(rng.randint(100, 30000)) / 100
    name = rng.choice(NAMES)
    return {
        "id": f"{number:05}",
        "status": rng.choice(["pending", "on_hold", "processing", "complete", "cancelled"]),
        "currency": "EUR",
        "total": price * quantity,
        "prices_include_tax": rng.random() < 0.6,
        "weight_lb": Decimal(rng.randint(5, 400)) / 10,
        "created_at": f"{rng.randint(1, 28):02}/{rng.randint(1, 12):02}/2027 09:15",
        "paid": rng.random() < 0.5,
        "shipped": rng.random() < 0.5,
        "customer": {"full_name": name, "email": f"{name[:3]}{number}@Mail.example"},
        "lines": [{"sku": "CH-17", "qty": quantity, "unit_price": price}],
    }


def written(path, records):
    rows = [dict(_flat(record)) for record in records]
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def _flat(record, before=""):
    for name, value in record.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        elif not isinstance(value, list):
            yield before + name, str(value).lower() if isinstance(value, bool) else value


def test_rows_of_exports_show_what_names_do_not(exports, tmp_path):
    found = draft(*documents(SHOP), beside=tmp_path, exports=exports)
    assert found.paired == 100
    assert "'id' and 'InvoiceNumber'" in found.proposal.key
    made = rules(found)
    assert made["InvoiceNumber"].via == ({"template": "SHOP-{}"},)
    assert made["DueDate"].via == ({"add_days": 30},)
    assert str(made["LineAmountTypes"].sources[0]) == "prices_include_tax"
    rows = {row.given: row.made for row in made["Status"].rows}
    assert rows["on_hold"] == "DRAFT"
    assert rows["refunded"] is None
    assert '"%d/%m/%Y %H:%M"' in found.text
    assert any("rows show 0.45" in question for question in made["WeightKg"].questions)
    # A single currency shows nothing of an amount in another: that stays as it was guessed.
    assert not made["AmountMinor"].questions


def test_exports_that_have_nothing_in_common_change_nothing(exports, tmp_path):
    strangers = tmp_path / "strangers.csv"
    strangers.write_text("InvoiceNumber,Status\n" + "".join(f"X{n:03}Y,PAID\n" for n in range(50)))
    found = draft(*documents(SHOP), beside=tmp_path, exports=(exports[0], strangers))
    assert found.paired == 0
    assert made_of(found) == made_of(draft(*documents(SHOP), beside=tmp_path))


def made_of(found):
    return {name: rule.sources for name, rule in rules(found).items()}


def document(folder, name, types):
    path = folder / f"{name}.yaml"
    fields = "\n".join(f"        {field}: {{type: {kind}}}" for field, kind in types.items())
    path.write_text(
        f"openapi: 3.1.0\ninfo: {{title: {name}s, version: '1'}}\npaths: {{}}\ncomponents:\n"
        f"  schemas:\n    {name}:\n      type: object\n      properties:\n{fields}\n"
    )
    return str(path)
