"""Whatever a contract is made of can be looked up, and the written reference is up to date."""

import pytest

from tests.places import ROOT
from verifier.cli.telling.mapping.reference import as_markdown, explain, names


@pytest.mark.parametrize("name", ["money", "trim", "enum-unmapped", "edge-100", "product"])
def test_a_word_is_explained(name, capsys):
    assert explain(name)
    assert len(capsys.readouterr().out) > 100


def test_other_words_are_not(capsys):
    assert not explain("monney")
    assert capsys.readouterr().out == ""


def test_each_word_has_a_name_of_its_own():
    assert [name for name in names() if names().count(name) > 1] == ["person_name", "person_name"]


def test_the_written_reference_is_up_to_date():
    written = (ROOT / "docs" / "reference" / "mapping.md").read_text()
    mend = "verifier map reference > docs/reference/mapping.md"
    assert written == "".join(f"{text}\n" for text in as_markdown()), mend
