"""Every row is in exactly one class, whatever the data: the totals add up."""

import random

import pytest

from tests.mapping.contracts import CRM, SHOP
from tests.mapping.reconciling.exports import INVOICES, ORDERS, invoice, order, written
from verifier.mapping.opening import open_mapping
from verifier.mapping.reconciling import reconcile


@pytest.fixture(scope="module")
def mapping():
    return open_mapping(SHOP)


def reconciled(mapping, folder, orders, invoices, **more):
    mine = written(folder / "orders.csv", orders, columns=ORDERS)
    theirs = written(folder / "invoices.csv", invoices, columns=INVOICES)
    return reconcile(mapping, mine, theirs, **more)


def test_each_kind_of_row_has_its_class(mapping, tmp_path):
    orders = [
        order("1"), order("2"), order("3"), order(""), order("\u3000"),
        order("4"), order("4"), order("5"), order("6"), order("6"),
    ]  # fmt: skip
    invoices = [
        invoice("SHOP-1"), invoice("SHOP-2", Status="PAID"), invoice("SHOP-5"), invoice("SHOP-5"),
        invoice("SHOP-6"), invoice("SHOP-9"), invoice(""),
    ]  # fmt: skip
    found = reconciled(mapping, tmp_path, orders, invoices)
    assert found.classes["source"] == {
        "linked-equal": 1,
        "linked-different": 1,
        "only-here": 1,
        "key-missing": 2,
        "ambiguous": 3,
        "duplicate": 2,
        "unreadable": 0,
    }
    assert found.classes["target"] == {
        "linked-equal": 1,
        "linked-different": 1,
        "only-here": 1,
        "key-missing": 1,
        "ambiguous": 3,
        "duplicate": 0,
        "unreadable": 0,
    }
    assert not found.clean


def test_two_exports_that_agree_are_clean(mapping, tmp_path):
    found = reconciled(mapping, tmp_path, [order("1")], [invoice("SHOP-1")])
    assert found.clean


WILD = ["", " ", "x", "0", "1", "1.5", "-1", "é", "\U0001f600", "O'Neill", "a,b", 'a"b', "a\nb",
        "12/12/2027 10:00", "2027-12-12", "NULL", "true", "&amp;", "\u200b", "\x1f"]  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_the_totals_add_up_on_random_data(mapping, tmp_path, seed):
    rng = random.Random(seed)

    def row(columns, key, prefix):
        wild = {column: rng.choice(WILD) for column in columns if rng.random() < 0.5}
        plain = order() if prefix == "" else invoice()
        return {**plain, **wild, key: rng.choice(["", prefix + str(rng.randrange(25)), "?"])}

    orders = [row(ORDERS, "id", "") for _ in range(rng.randrange(1, 60))]
    invoices = [row(INVOICES, "InvoiceNumber", "SHOP-") for _ in range(rng.randrange(1, 60))]
    found = reconciled(mapping, tmp_path, orders, invoices)
    assert sum(found.classes["source"].values()) == len(orders)
    assert sum(found.classes["target"].values()) == len(invoices)
    linked = ("linked-equal", "linked-different")
    mine, theirs = (found.classes[side] for side in ("source", "target"))
    assert [mine[name] for name in linked] == [theirs[name] for name in linked]
    for result in found.fields:
        unequal = sum(difference.count for difference in result.differences)
        assert result.compared == result.equal + unequal


def test_lines_that_cannot_be_read_are_counted_and_named(mapping, tmp_path):
    mine = written(tmp_path / "orders.csv", [order("1"), order("2")])
    with mine.open("a") as file:
        file.write("3,too,few\n4,pending,EUR,1,04/03/2027 09:15,N,n@x.io,one,too,many\n")
    theirs = written(tmp_path / "invoices.csv", [invoice("SHOP-1"), invoice("SHOP-2")])
    found = reconcile(mapping, mine, theirs)
    assert found.classes["source"]["unreadable"] == 2
    assert sum(found.classes["source"].values()) == 4
    assert [broken.line for broken in found.source.examples] == [4, 5]


def test_rows_of_only_one_side_are_proposed_with_a_score_and_never_linked(tmp_path):
    contact = {
        "contact_id": "c-1",
        "first_name": "Ludwig",
        "last_name": "van Beethoven",
        "email": "old@bonn.example",
        "mobile": "(212) 555-0147",
        "lifecycle": "active",
    }
    customer = {
        "id": "t-1",
        "name": "Ludwig Van Beethoven",
        "email": "new@bonn.example",
        "phone": "+12125550147",
        "status": "enabled",
    }
    files = written(tmp_path / "a.csv", [contact]), written(tmp_path / "b.csv", [customer])
    found = reconcile(open_mapping(CRM), *files)
    assert found.classes["source"]["only-here"] == 1
    best = found.proposals[0]
    assert (best.source, best.target) == ("c-1", "t-1")
    assert best.score > 0.9
    assert found.key == "'email' and 'email'"


def test_established_links_go_before_keys(tmp_path):
    contact = {"contact_id": "c-1", "last_name": "Lee", "email": "new@x.io", "lifecycle": "lead"}
    customer = {"id": "t-1", "name": "Lee", "email": "old@x.io", "status": "prospect"}
    files = written(tmp_path / "a.csv", [contact]), written(tmp_path / "b.csv", [customer])
    links = written(tmp_path / "links.csv", [{"crm": "c-1", "shop": "t-1"}])
    found = reconcile(open_mapping(CRM), *files, links=links)
    assert found.key == "the links"
    assert found.classes["source"]["linked-different"] == 1


def test_the_rows_of_each_class_are_written(mapping, tmp_path):
    orders, invoices = [order("1"), order("2")], [invoice("SHOP-1", Status="PAID")]
    reconciled(mapping, tmp_path, orders, invoices, output=tmp_path / "out")
    assert "2,pending" in (tmp_path / "out" / "source-only-here.csv").read_text()
    assert "PAID" in (tmp_path / "out" / "linked-different.csv").read_text()
