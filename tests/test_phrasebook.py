"""What checks say in another language: every sentence, and nothing that no check says."""

import re
import tomllib
from pathlib import Path

import orjson
import pytest
from msgspec.structs import replace

import verifier.checks
from tests.checks.sentences import WORDS, elsewhere, unfit, written
from tests.places import ROOT
from tests.reporting.sample_run import exchange, failing, run
from verifier.catalogue import LANGUAGES
from verifier.discovery import checks
from verifier.mapping.edges.catalogue import catalogue
from verifier.model import CheckCard
from verifier.phrasebook import SHARED, WORDED, accounted, said, spoken
from verifier.scenarios.flows.wording import SPOKEN

FOLDER = Path(verifier.checks.__file__).parent
OTHERS = [language for language in LANGUAGES if language != "en"]
KEY = "contract.deleted-is-gone"
WORDED_RESULTS = {
    "findings": ("says", "ask", "build", "expected", "seen"),
    "outcomes": ("reason", "supply"),
}


def words(language):
    """Check id to its words; those that several checks share under the empty one."""
    shelf = [FOLDER.parent / place / "words" / f"{language}.toml" for place in SHARED]
    shared = [tomllib.loads(path.read_text())["phrases"] for path in shelf]
    return {"": {"phrases": {k: v for held in shared for k, v in held.items()}}} | {
        f"{path.parent.parent.name}.{name}": held
        for path in FOLDER.glob(f"*/words/{language}.toml")
        for name, held in tomllib.loads(path.read_text()).items()
    }


def holes(text):
    return set(re.findall(r"\{(\d)\}", text))


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
        if text not in known[id].get("phrases", {}) and text not in known[""]["phrases"]
    ]
    assert missing == []


@pytest.mark.parametrize("language", OTHERS)
def test_why_something_was_not_asked_and_what_dialects_lead_to_have_phrases_too(language):
    known = words(language)[""]["phrases"]
    assert [text for text in (*elsewhere(), *unfit()) if text not in known] == []
    assert "it is not deprecated" in unfit()
    assert "no item of '{0}' is known" in elsewhere()
    assert "there is no address to ask" in elsewhere()
    assert "Refuse what is older than five minutes." in elsewhere()


@pytest.mark.parametrize("language", OTHERS)
def test_no_phrase_is_of_a_sentence_that_no_check_says_any_more(language):
    still = {text for texts in written().values() for text in texts} | set(elsewhere())
    known = words(language)
    del known[""]
    phrases = {t for held in known.values() for t in held.get("phrases", {})}
    whole = {text for text in phrases if text.endswith((".", "?")) and WORDS.search(text)}
    sources = "".join(path.read_text() for path in FOLDER.rglob("*.py"))
    assert {text for text in whole - still if text not in sources} == set()


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


def test_what_stands_in_quotes_is_a_name_and_what_it_is_made_of_is_told():
    says = "What I do: not so at step 'read': the status is 500"
    assert (
        told(says, "scenario.a.b").says
        == "What I do: nicht so im Schritt „read“: der Status ist 500"
    )
    seen = "/total: should be an object, is an array of 3 items"
    found = told("", "contract.response-matches-schema", seen=seen).seen
    assert found == "bei /total: soll ein Objekt sein, ist eine Liste mit 3 Einträgen"


def test_a_phrase_of_one_word_takes_no_hold_of_a_sentence_that_nobody_translated():
    assert said("it answered 404", "de") == "sie antwortete mit 404"
    assert said("$statusCode == 201: it gave no answer (reset)", "de").endswith("Antwort (reset)")
    for sentence in (
        "it needs a moose that nobody saw",
        "it answered with a moose that nobody saw",
        "step 'read': a moose bit it",
        "it has two of them; it needs a moose that nobody saw",
    ):
        assert said(sentence, "de") == sentence
    theirs = 'sent {"name":"a moose bit it"}'  # in quotes, so no words of ours
    assert said(theirs, "de") == 'gesendet wurde {"name":"a moose bit it"}'
    assert said("it " * 160 + "needs a moose, it " * 9, "de").startswith("it it")  # and at once


@pytest.mark.parametrize("look", [words for _, words in SPOKEN])
def test_whatever_a_condition_looks_at_is_named_in_german(look):
    seen = f"{look.format('a', 'b')} is an array of 2 items"
    found = said(f"A: not so at step 'read': {seen}", "de", "scenario.a.b")
    assert found.endswith("eine Liste mit 2 Einträgen")
    assert not re.search(r"\b(the|was sent|that|is|of)\b", found)


def test_a_picture_and_a_scenario_are_told_and_names_in_them_stay():
    picture = {"principals": ["read", "(nobody)"], "rows": [{"lane": "we", "exchange": "read"}]}
    entry = replace(failing(KEY).findings[0], detail={"picture": picture})
    done = spoken(run([replace(failing(KEY), findings=(entry,))]), "de")
    assert done.outcomes[0].findings[0].detail["picture"] == {
        "principals": ["read", "(niemand)"],
        "rows": [{"lane": "wir", "exchange": "read"}],
    }
    assert said("goes to 'read'", "de") == "geht zu „read“"
    assert said("waits 2 s, then retry 1 (again)", "de") == "wartet 2 s, dann Versuch 1 (again)"


def test_why_something_was_not_asked_is_told_with_what_was_never_reached():
    unasked = replace(failing(KEY), findings=(), reason="our credential was refused (403)")
    done = run([unasked])
    assert accounted(done, "de")[0].reason == "unsere Zugangsdaten wurden abgewiesen (403)"
    assert accounted(done, "en") == done.accounted


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


# -- whole: what a run recorded, told


def english():
    """Pieces of three words and more of which our English sentences are made."""
    texts = {text for found in written().values() for text in found}
    texts |= {*elsewhere(), *unfit(), *words("de")[""]["phrases"]}
    pieces = {piece.strip() for text in texts for piece in re.split(r"\{\d\}", text)}
    return {piece for piece in pieces if sum(map(str.isalpha, piece.split())) > 2}


def recorded():
    """(check, text) of everything that was said in the sample's report, its pictures included."""
    results = orjson.loads((ROOT / "reports/sample/results.json").read_bytes())
    for kind, names in WORDED_RESULTS.items():
        for one in results[kind]:
            yield from ((one["check"], one[name]) for name in names if one.get(name))
            yield from ((one["check"], text) for text in pictured(one.get("detail")))
            for beat in (one.get("story") or {}).get("beats", ()):
                told = (beat["says"], beat["actor"], beat["answer"], *beat["seen"])
                yield from ((one["check"], text) for text in told)


def pictured(value, name=""):
    """What a picture says in words."""
    if isinstance(value, str):
        yield from [value] * (name in WORDED)
    elif isinstance(value, (dict, list)):
        pairs = value.items() if isinstance(value, dict) else ((name, held) for held in value)
        for key, held in pairs:
            yield from pictured(held, key)


def test_a_report_with_defects_has_none_of_our_english_left_in_it():
    pieces, texts = english(), list(recorded())
    assert len(pieces) > 300
    assert len(texts) > 100
    assert [t for check, t in texts if any(p in t for p in pieces)]  # they are found where they are
    told_texts = [(check, said(text, "de", check)) for check, text in texts]
    assert [(c, t) for c, t in told_texts if any(piece in t for piece in pieces)] == []


# -- the edge cases of mappings


@pytest.mark.parametrize("edge", catalogue(), ids=lambda edge: str(edge.number))
def test_every_edge_case_has_its_name_and_what_it_takes_in_german(edge):
    notation = edge.title == "1.0, 1.00, 1e3, -0"
    assert notation or said(edge.title, "de") != edge.title
    assert said(f"it needs {edge.needs}", "de").startswith("es braucht ")
