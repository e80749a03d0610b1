"""What is looked at lightly while a document is understood."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.loading.view import words


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("customerId", ("customer", "id")),
        ("customer_id", ("customer", "id")),
        ("X-Rate-Limit", ("x", "rate", "limit")),
        ("ISO8601Date", ("iso8601", "date")),
        ("größeÜber", ("größe", "über")),
        ("--", ()),
    ],
)
def test_a_name_has_words(name, meant):
    assert words(name) == meant


@given(st.text(string.printable, max_size=40))
def test_a_name_has_the_same_words_whatever_alphabet_stands_beside_it(name):
    assert words(f"{name} é") == (*words(name), "é")
