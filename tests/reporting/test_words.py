"""The texts: in every language the same ones, every one used, and none in the templates."""

import re
from importlib.resources import files
from string import Formatter

import pytest

from verifier.catalogue import LANGUAGES, catalogue
from verifier.errors import UsageError
from verifier.model import Question, Severity, Status
from verifier.reporting.marks import ICONS, SHAPES, TONES
from verifier.reporting.page import NAMED_LISTS, STAMPED

PACKAGES = ("verifier.judging", "verifier.reporting")
SPOKEN = (*PACKAGES, "verifier.questionnaire")
TEMPLATES = files("verifier.reporting") / "templates"
ENGLISH = catalogue("verifier.reporting")
# Ids that are put together from a value that is known only when it is looked up.
GATHERED = {
    "verifier.judging": (
        *("ask.", "build.", "cap.", "takes.", "condition.", "answer.", "ruling.", "topology."),
    ),
    "verifier.reporting": (
        *(
            "answer.",
            "asks.",
            "short.",
            "why.",
            "status.",
            "counted.",
            "severity.",
            "confidence.",
            "mode.",
        ),
        *("standing.", "glossary.", "nav.", "ruling.", "conditions.", "hero.mode-", "calendar."),
        *("access.", "times.", "retries.", "stairs.", "trend.", "claims.", "since."),
        *("meaning.", "losses.", "edges."),
        *("dialects.kind.", "dialects.axes.", "dialects.knowledge."),
        *(f"finding.{name}-listed" for name in NAMED_LISTS),
    ),
}


def values(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("package", SPOKEN)
def test_every_language_has_the_same_texts_with_the_same_values(package):
    english = catalogue(package, "en").texts
    for language in LANGUAGES:
        texts = catalogue(package, language).texts
        assert set(texts) == set(english)
        assert {id for id in texts if values(texts[id]) != values(english[id])} == set()


@pytest.mark.parametrize("package", SPOKEN)
def test_a_language_is_no_copy_of_another(package):
    english, german = catalogue(package, "en").texts, catalogue(package, "de").texts
    same = [id for id, text in english.items() if text == german[id] and len(text) > 24]
    assert same == []


@pytest.mark.parametrize("package", PACKAGES)
def test_every_text_is_used_and_every_one_used_is_there(package):
    folder = files(package)
    sources = [*folder.iterdir()]
    for name in ("formats", "pictures", "templates"):
        inner = folder / name
        sources += inner.iterdir() if inner.is_dir() else []
    kept = (".py", ".html", ".js")
    code = "\n".join(s.read_text() for s in sources if s.name.endswith(kept))
    called = r"""say\(\s*["']([a-z]+\.[a-z-]+(?:\.[a-z-]+)*)["']"""
    named = set(re.findall(called, code)) | set(re.findall(r"""["']([a-z]+\.[a-z-]+)["']""", code))
    known = {re.sub(r"\.(one|many)$", "", id) for id in catalogue(package).texts}
    unused = {id for id in known - named if not id.startswith(GATHERED[package])}
    assert unused == set()
    assert {id for id in re.findall(called + r"(?!\s*~)", code) if id not in known} == set()


def test_the_templates_hold_no_words_of_their_own():
    for name in ("report.html", "parts.html", "figures.html", "portfolio.html", "compare.html"):
        text = (TEMPLATES / name).read_text()
        text = re.sub(r"\{[%#].*?[%#]\}|\{\{.*?\}\}", "", text, flags=re.DOTALL)
        text = re.sub(r"<[^>]*>", " ", text)
        assert set(re.findall(r"[A-Za-z]{2,}", text)) <= {"xx"}


def test_every_status_and_every_question_has_its_words_and_its_shape():
    statuses = {status.value for status in Status}
    assert statuses <= set(SHAPES) & set(ICONS) & set(TONES) & set(STAMPED)
    assert all(f"status.{status}" in ENGLISH for status in statuses)
    assert all(f"severity.{severity.name.lower()}" in ENGLISH for severity in Severity)
    for part in ("asks", "short", "why"):
        assert all(f"{part}.{question.value}" in ENGLISH for question in Question)
    assert all(ENGLISH(f"asks.{question.value}") == question.asks for question in Question)


def test_one_and_many_have_their_own_forms_and_numbers_their_marks():
    assert ENGLISH("missing.checks", n=1) == "1 check"
    assert ENGLISH("missing.checks", n=1_200) == "1,200 checks"
    german = catalogue("verifier.reporting", "de")
    assert german("missing.checks", n=1_200) == "1.200 Prüfungen"
    assert german.number(1234.5, 1) == "1.234,5"
    with pytest.raises(KeyError):
        ENGLISH("no.such-text")


@pytest.mark.parametrize(
    ("share", "says"), [(0, "0%"), (0.001, "1%"), (0.5, "50%"), (0.999, "99%"), (1, "100%")]
)
def test_a_share_is_never_rounded_to_nothing_or_to_all(share, says):
    assert ENGLISH.percent(share) == says


def test_an_unknown_language_names_the_known_ones():
    with pytest.raises(UsageError, match="no language 'fr'") as raised:
        catalogue("verifier.reporting", "fr")
    assert "de" in raised.value.mend
