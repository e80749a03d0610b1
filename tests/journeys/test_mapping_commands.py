"""Mapping contracts from the command line: drafted, checked, and part of an evaluation."""

import json

import pytest

from tests.mapping.contracts import SHOP, changed
from tests.places import ROOT


def test_a_draft_says_what_is_left_to_decide_and_is_not_written_over(command, tmp_path):
    documents = (SHOP.parent / "shop.yaml", SHOP.parent / "books.yaml")
    code, out, err = command("map", "draft", *documents, "--output", "mine/order.mapping.yaml")
    assert (code, out) == (0, "")
    assert "drafted: Acme Shop (Order) -> Acme Books (Invoice)" in err
    assert "rules undecided" in err
    written = (tmp_path / "mine" / "order.mapping.yaml").read_text()
    assert "undecided: " in written
    assert command("map", "draft", *documents, "--output", "mine/order.mapping.yaml")[0] == 2
    # What is open fails the check, and each point of it is told.
    code, out, _ = command("map", "check", "mine/order.mapping.yaml")
    assert code == 1
    assert "error source-dropped-silently" in out


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (("nothing.yaml", "nothing.yaml"), "nothing.yaml"),
        (("{shop}#Ordre", "{shop}"), "Did you mean 'Order'?"),
    ],
)
def test_a_draft_of_what_is_not_there_is_refused_in_a_word(command, given, says):
    shop = SHOP.parent / "shop.yaml"
    code, _, err = command("map", "draft", *(text.format(shop=shop) for text in given))
    assert code == 2
    assert says in err


def results(folder):
    return json.loads((folder / "results.json").read_text())


def outcomes(found):
    return {
        o["check"].rpartition(".")[2]: o["status"]
        for o in found["outcomes"]
        if o["check"].startswith("mapping.")
    }


def test_an_evaluation_answers_the_question_of_meaning_and_asks_who_signs(command, tmp_path):
    path = changed(tmp_path, SHOP, (", signed: Head of accounting", ""))
    given = ("evaluate", SHOP.parent / "books.yaml", "--mapping", path, "--question", "meaning")
    code, out, _ = command(*given, "--output", "run")
    found = results(tmp_path / "run")
    assert code == 3  # a desk evaluation
    assert outcomes(found) == {"decided": "pass", "losses": "review", "implemented": "not tested"}
    assert any("Who agrees that on_hold becomes DRAFT" in f["ask"] for f in found["findings"])
    assert f"--mapping {path}" in out
    page = (tmp_path / "run" / "index.html").read_text()
    assert "Contact.EmailAddress" in page
    assert "billing.name" in page


def test_a_vendors_own_contracts_belong_to_it_and_can_be_left_out(command, tmp_path):
    vendor = ROOT / "specs" / "acme-billing"
    command("evaluate", vendor, "--question", "meaning", "--output", "with")
    assert outcomes(results(tmp_path / "with")) == {
        "decided": "pass",
        "losses": "pass",
        "implemented": "not tested",
    }
    command("evaluate", vendor, "--question", "meaning", "--no-mappings", "--output", "without")
    assert outcomes(results(tmp_path / "without")) == {}
