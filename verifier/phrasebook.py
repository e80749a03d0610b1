"""
What checks say, in another language.

A check is written in English, each sentence once. Its words in another language stand beside it, in
``checks/<question>/words/<language>.toml``: its title, why it matters, and a phrase for each
sentence, with ``{0}``, ``{1}`` ... for its values. What is not of one check alone (why something
could not be asked, what follows of a dialect) stands in ``words`` beside whoever says it. So a run
that was recorded in English is told in another language, and what nobody translated stays as it is:
a sentence in one language is better than one in two, so a phrase of next to no words of its own
(``it {0}``) does not take hold of one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from verifier.model import CheckCard, Finding, Outcome, Run

__all__ = ["accounted", "said", "spoken"]

WRITTEN_IN = "en"
HOLE = re.compile(r"\{(\d)\}")
WHY = re.compile(r"(?<=Why it matters\n).*?(?=\n\n|\Z)", re.DOTALL)
LISTED = re.compile(r"(; |, (?!and ))")
LONGEST_VALUE = 500
WORD = re.compile("[A-Za-z]{2,}")
PROSE = re.compile("[a-z]{2} [a-z]{2}")
QUOTED = re.compile("\"[^\"]*(?:\"|$)|'[^']*'")
FEWEST_WORDS = 2
# What a picture says in words of ours, beside names and figures.
NOBODY = "(nobody)"  # beside the names of principals
WORDED = frozenset({"answer", "because", "during", "field", "lane", "says", "title"})
SHARED = ("checks", "dialects", "mapping", "probing", "runs", "scenarios", "validating")
Phrases = Mapping[str, str]
Pieces = list[tuple[str, str]]  # what stood there, and what it is told as


def spoken(run: Run, language: str) -> Run:
    """The run with what its checks say in that language, where there are words for it."""
    if language == WRITTEN_IN:
        return run
    cards = {id: _card(card, language) for id, card in run.cards.items()}
    outcomes = tuple(_outcome(outcome, language) for outcome in run.outcomes)
    return replace(run, cards=cards, outcomes=outcomes)


def accounted(run: Run, language: str) -> tuple[Outcome, ...]:
    """An outcome for all of the run's plan, in that language."""
    if language == WRITTEN_IN:
        return run.accounted
    return tuple(_outcome(outcome, language) for outcome in run.accounted)


def said(text: str, language: str, check: str = "") -> str:
    """A text in that language, or a list of texts each by itself; as it is without words for it."""
    if language == WRITTEN_IN or not text:
        return text
    return _said(text, language, check)


@lru_cache(maxsize=4096)
def _said(text: str, language: str, check: str) -> str:
    books = _books(check, language)
    return _looked_up(text, books) or _joined(_value(text, books))


def _card(card: CheckCard, language: str) -> CheckCard:
    words = _words(card.id, language)
    why = words.get("why", "") or said(_why(card.doc), language)
    doc = WHY.sub(lambda _: f"    {why}", card.doc, count=1) if why else card.doc
    title = words.get("title") or said(card.title, language)
    return replace(card, title=title, doc=doc, source=said(card.source, language))


def _why(doc: str) -> str:
    found = WHY.search(doc)
    return " ".join(found[0].split()) if found else ""


def _outcome(outcome: Outcome, language: str) -> Outcome:
    def told(text: str) -> str:
        return said(text, language, outcome.check)

    findings = tuple(_finding(finding, told) for finding in outcome.findings)
    reason, supply = told(outcome.reason), told(outcome.supply)
    return replace(outcome, findings=findings, reason=reason, supply=supply)


def _finding(finding: Finding, told: Callable[[str], str]) -> Finding:
    return replace(
        finding,
        says=told(finding.says),
        ask=told(finding.ask),
        build=told(finding.build),
        expected=told(finding.expected),
        seen=told(finding.seen),
        detail=_worded(finding.detail, told),
    )


def _worded(value: Any, told: Callable[[str], str]) -> Any:
    """What a finding shows in a picture, with its words told."""
    if isinstance(value, Mapping):
        return {
            name: told(held) if name in WORDED and isinstance(held, str) else _worded(held, told)
            for name, held in value.items()
        }
    if isinstance(value, str):
        return told(value) if value == NOBODY else value
    return [_worded(one, told) for one in value] if isinstance(value, (list, tuple)) else value


class _Book(Struct, frozen=True):
    """The phrases of one check: those without a value by themselves, the others as their parts."""

    whole: Phrases
    parted: tuple[tuple[tuple[str, ...], str], ...]

    def told(self, text: str, books: tuple[_Book, ...] = ()) -> str:
        """
        The text in the other language; empty where there are no words for it.

        Args:
            books: Where values that are words themselves are looked up.
        """
        if text in self.whole:
            return self.whole[text]
        for parts, phrase in self.parted:
            values = _values(parts, text)
            if values is not None:
                around = zip(parts[:-1], parts[1:], values, strict=True)
                told = [_told(*one, books) for one in around]
                return "" if _weak(parts) and any(map(_foreign, told)) else _filled(phrase, told)
        return ""


def _weak(parts: tuple[str, ...]) -> bool:
    """Whether a phrase has so few words of its own that it fits sentences that it is not of."""
    return len(WORD.findall(" ".join(parts))) < FEWEST_WORDS


def _foreign(pieces: Pieces) -> bool:
    """Whether words are left as they were; what is quoted is nobody's words."""
    return any(told == piece and PROSE.search(QUOTED.sub("", piece)) for piece, told in pieces)


def _filled(phrase: str, values: Sequence[Pieces]) -> str:
    """A phrase with its values; braces that are no hole stay."""
    return HOLE.sub(lambda hole: _joined(values[int(hole[1])]), phrase)


def _told(before: str, after: str, value: str, books: tuple[_Book, ...]) -> Pieces:
    """A value, unless it stands in quotes: then it is a name."""
    named = before.endswith("'") and after.startswith("'")
    return [("", value)] if named else _value(value, books)


def _value(value: str, books: tuple[_Book, ...]) -> Pieces:
    """A value in the other language where it is words, or a list of words; so are its own."""
    if len(value) > LONGEST_VALUE:
        return [(value, value)]
    told = _looked_up(value, books)
    pieces = [] if told else LISTED.split(value)
    if len(pieces) < 2:
        return [(value, told or value)]
    return [(piece, _looked_up(piece, books) or piece) for piece in pieces]


def _joined(pieces: Pieces) -> str:
    return "".join(told for _, told in pieces)


def _looked_up(text: str, books: tuple[_Book, ...]) -> str:
    return next((told for book in books if (told := book.told(text, books))), "")


def _values(parts: tuple[str, ...], text: str) -> list[str] | None:
    """What stands between the parts, each as short as can be; in one pass, whatever the text is."""
    first, *between, last = parts
    end = len(text) - len(last)
    at, values = len(first), []
    if not text.startswith(first) or not text.endswith(last):
        return None
    for part in between:
        found = text.find(part, at)
        if found < 0:
            return None
        values.append(text[at:found])
        at = found + len(part)
    return [*values, text[at:end]] if at <= end else None


@cache
def _books(check: str, language: str) -> tuple[_Book, ...]:
    """Those that a text is looked up in: its check's own, then those of no check."""
    own = (_book(_words(check, language).get("phrases", {})),) if check else ()
    return (*own, _shared(language))


@cache
def _shared(language: str) -> _Book:
    shelf = (_file(place, language).get("phrases", {}) for place in SHARED)
    return _book({text: said for phrases in shelf for text, said in phrases.items()})


def _book(phrases: Phrases) -> _Book:
    parted = [(tuple(HOLE.split(text)[::2]), said) for text, said in phrases.items()]
    telling = sorted(
        (pair for pair in parted if len(pair[0]) > 1), key=lambda pair: -sum(map(len, pair[0]))
    )
    return _Book(
        {text: said for text, said in phrases.items() if "{0}" not in text}, tuple(telling)
    )


def _words(check: str, language: str) -> Mapping[str, Any]:
    """The words of one check; none where it is nobody's, or no check of ours."""
    question, _, name = check.partition(".")
    if not question.replace("-", "").isalnum():
        return {}
    found: Mapping[str, Any] = _file(f"checks/{question}", language).get(name, {})
    return found


@cache
def _file(place: str, language: str) -> Mapping[str, Any]:
    path = files("verifier").joinpath(*place.split("/"), "words", f"{language}.toml")
    return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
