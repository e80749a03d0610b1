"""What the contract leaves out on purpose is no difference, and SQL calls invalid what we do."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.mapping.contracts import SHOP
from tests.mapping.reconciling.exports import invoice, order, written
from verifier.mapping.edges.families.contacts import EMAILS
from verifier.mapping.kinds import kinds
from verifier.mapping.nouns import Meaning, Path
from verifier.mapping.opening import open_mapping
from verifier.mapping.reconciling import reconcile
from verifier.mapping.reconciling.engine import engine, text
from verifier.mapping.reconciling.translations import VALID
from verifier.mapping.shapes import Facts
from verifier.mapping.trouble import Invalid
from verifier.model import Place

INVALID = {
    "customer.phone": ("Contact.Phone", "12"),
    "customer.email": ("Contact.EmailAddress", "zoë@mail.example"),
    "customer.country": ("Contact.Country", "France"),
}


@pytest.fixture(scope="module")
def mapping():
    return open_mapping(SHOP)


@pytest.mark.parametrize("field", INVALID)
def test_an_invalid_value_that_is_omitted_is_no_difference(mapping, tmp_path, field):
    column, value = INVALID[field]
    mine = written(tmp_path / "orders.csv", [order(**{field: value})])
    theirs = written(tmp_path / "invoices.csv", [invoice(**{column: ""})])
    found = reconcile(mapping, mine, theirs)
    result = next(one for one in found.fields if one.field == column)
    assert (result.skipped, result.differences) == ("", ())
    assert found.clean


@pytest.mark.parametrize("field", INVALID)
def test_an_invalid_value_that_was_written_is_one(mapping, tmp_path, field):
    column, value = INVALID[field]
    mine = written(tmp_path / "orders.csv", [order(**{field: value})])
    theirs = written(tmp_path / "invoices.csv", [invoice(**{column: value})])
    found = reconcile(mapping, mine, theirs)
    assert [one.field for one in found.fields if one.differences] == [column]
    (difference,) = next(one for one in found.fields if one.field == column).differences
    assert difference.examples[0][1] is None


@pytest.fixture(scope="module")
def database():
    with engine() as db:
        yield db


def valid(kind, value):
    """Whether a meaning takes a text."""
    place = Place(file="", pointer="", line=1)
    meaning = Meaning(path=Path(()), kind=kind, place=place)
    facts = Facts(types=frozenset({"string"}), nullable=False)
    try:
        kinds()[kind].write(meaning, facts, lambda path: lambda run: None)(value, None)
    except Invalid:
        return False
    return True


POOLS = {
    "email": [email for pool in EMAILS.values() for email in pool],
    "country": ["FR", "fr", "FRA", "F", "Éé", "", "A1"],
    "currency": ["EUR", "eur", "HRK", "XYZ", "JPY", ""],
}
LETTERS = st.text(st.sampled_from("ab.@-+'_1é \n"), max_size=14)


@pytest.mark.parametrize("kind", POOLS)
def test_sql_calls_invalid_what_the_meaning_does(database, kind):
    for value in POOLS[kind]:
        assert database.one(f"SELECT {VALID[kind](text(value), None)}") is valid(kind, value), value


@settings(max_examples=150, deadline=None)
@given(local=LETTERS, domain=LETTERS)
def test_sql_and_the_meaning_agree_on_any_address(database, local, domain):
    value = f"{local}@{domain}"
    sql = VALID["email"](text(value), None)
    assert database.one(f"SELECT {sql}") is valid("email", value)
