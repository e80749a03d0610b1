"""What checks say in another language: every sentence, and nothing that no check says."""

import tomllib
from dataclasses import replace
from pathlib import Path
from string import Formatter

import pytest

import verifier.checks
from tests.checks.sentences import WORDS, written
from tests.reporting.sample_run import exchange, failing, run
from verifier.catalogue import LANGUAGES
from verifier.discovery import checks
from verifier.model import CheckCard
from verifier.phrasebook import spoken

FOLDER = Path(verifier.checks.__file__).parent
OTHERS = [language for language in LANGUAGES if language != "en"]
KEY = "contract.deleted-is-gone"


def words(language):
    """Check id to its words; those that several checks share under the empty one."""
    shared = tomllib.loads((FOLDER / "words" / f"{language}.toml").read_text())
    return {"": shared} | {
        f"{path.parent.parent.name}.{name}": held
        for path in FOLDER.glob(f"*/words/{language}.toml")
        for name, held in tomllib.loads(path.read_text()).items()
    }


def holes(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def told(says, check=KEY, language="de", **more):
    outcome = failing(check)
    finding = replace(outcome.findings[0], says=says, **more)
    return spoken(run([replace(outcome, findings=(finding,))]), language).outcomes[0].findings[0]


# -- complete: a check is one file, and its words


@pytest.mark.parametrize("language", OTHERS)
def test_every_check_has_its_words_in_every_language_and_no_words_are_of_no_check(language):
    known = words(language)
    del known[""]
    assert set(known) == set(checks())
    for held in known.values():
        assert held["title"].strip()
        assert held["why"].strip()


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_that_a_check_is_written_with_has_a_phrase(language):
    known = words(language)
    missing = [
        (id, text)
        for id, texts in written().items()
        for text in texts
        if text not in known[id].get("phrases", {})
    ]
    assert missing == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_phrase_is_of_a_sentence_that_no_check_says_any_more(language):
    said = {text for texts in written().values() for text in texts}
    phrases = {t for held in words(language).values() for t in held.get("phrases", {})}
    whole = {text for text in phrases if text.endswith((".", "?")) and WORDS.search(text)}
    sources = "".join(path.read_text() for path in FOLDER.rglob("*.py"))
    assert {text for text in whole - said if text not in sources} == set()


@pytest.mark.parametrize("language", OTHERS)
def test_a_phrase_holds_no_value_that_its_sentence_does_not_give(language):
    for id, held in words(language).items():
        for text, phrase in held.get("phrases", {}).items():
            assert holes(phrase) <= holes(text), id
            assert phrase != text, id


def test_the_sentences_are_really_read_from_the_sources():
    assert len(written()) > 90
    assert "A deleted item of {0} is still {1}." in written()[KEY]
    assert "HEAD and GET differ in {0}." in written()["contract.head-matches-get"]  # by argument


# -- told


def test_a_sentence_is_told_with_its_values_and_values_that_are_words_are_told_too():
    assert told("A deleted item of orders is still served.").says == (
        "Ein gelöschter Eintrag von orders wird noch ausgeliefert."
    )


def test_a_list_of_words_is_told_word_by_word():
    says = "The document leaves much unsaid: 0% of the operations document an error; 2% of mice."
    assert told(says, "contract.documented-well").says == (
        "Das Dokument lässt vieles ungesagt: 0% der Operationen dokumentieren einen Fehler; "
        "2% of mice."
    )


def test_what_nobody_translated_and_what_is_english_stay_as_they_are():
    assert told("A moose bit it.").says == "A moose bit it."
    assert told("A deleted item of orders is still served.", "acme.own").says.startswith("A del")
    asked = run([failing(KEY)])
    assert spoken(asked, "en") is asked


def test_a_vendor_s_text_cannot_be_a_template():
    hostile = "A deleted item of {0}{x}{{ is still served."
    assert told(hostile).says == "Ein gelöschter Eintrag von {0}{x}{{ wird noch ausgeliefert."
    assert told("A deleted item of " * 200_000).says.startswith("A deleted")


def test_title_and_reason_of_a_check_are_told_and_the_rest_of_its_page_stays():
    known = checks()[KEY]
    card = CheckCard(
        id=KEY, title=known.title, doc=known.doc, question="contract", severity=3, source=""
    )
    card = spoken(replace(run([], exchanges=[exchange(1)]), cards={KEY: card}), "de").cards[KEY]
    assert card.title == "Was gelöscht wurde, ist weg"
    assert "Gelöschte Daten" in card.doc
    assert "privacy promise" not in card.doc
    assert known.doc.partition("How it asks")[2] == card.doc.partition("How it asks")[2]
