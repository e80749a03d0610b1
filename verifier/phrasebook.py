"""
What checks say, in another language.

A check is written in English, each sentence once. Its words in another language stand beside it, in
``checks/<question>/words/<language>.toml``: its title, why it matters, and a phrase for each
sentence, with ``{0}``, ``{1}`` ... for its values. So a run that was recorded in English is told in
another language, and what nobody translated stays as it is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from verifier.model import CheckCard, Finding, Outcome, Run

__all__ = ["spoken"]

WRITTEN_IN = "en"
HOLE = re.compile(r"\{(\d)\}")
WHY = re.compile(r"(?<=Why it matters\n).*?(?=\n\n|\Z)", re.DOTALL)
LISTED = re.compile(r"(; |, (?!and ))")
LONGEST_VALUE = 500
Phrases = Mapping[str, str]


def spoken(run: Run, language: str) -> Run:
    """The run with what its checks say in that language, where there are words for it."""
    if language == WRITTEN_IN:
        return run
    cards = {id: _card(card, language) for id, card in run.cards.items()}
    outcomes = tuple(_outcome(outcome, language) for outcome in run.outcomes)
    return replace(run, cards=cards, outcomes=outcomes)


def _card(card: CheckCard, language: str) -> CheckCard:
    words = _words(card.id, language)
    why = words.get("why", "")
    doc = WHY.sub(lambda _: f"    {why}", card.doc, count=1) if why else card.doc
    return replace(card, title=words.get("title", card.title), doc=doc)


def _outcome(outcome: Outcome, language: str) -> Outcome:
    if not outcome.findings:
        return outcome
    books = (_book(outcome.check, language), _book("", language))
    return replace(outcome, findings=tuple(_finding(f, books) for f in outcome.findings))


def _finding(finding: Finding, books: tuple[_Book, ...]) -> Finding:
    def told(text: str) -> str:
        return next((said for book in books if (said := book.told(text, books))), text)

    return replace(
        finding, says=told(finding.says), ask=told(finding.ask), build=told(finding.build)
    )


@dataclass(frozen=True, slots=True)
class _Book:
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
                return phrase.format(*(_value(value, books) for value in values))
        return ""


def _value(value: str, books: tuple[_Book, ...]) -> str:
    """A value in the other language where it is words, or a list of words."""
    pieces = LISTED.split(value) if len(value) <= LONGEST_VALUE else [value]
    return "".join(next((s for b in books if (s := b.told(p))), p) for p in pieces)


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
def _book(check: str, language: str) -> _Book:
    phrases = _words(check, language).get("phrases", {})
    parted = [(tuple(HOLE.split(text)[::2]), said) for text, said in phrases.items()]
    telling = sorted(
        (pair for pair in parted if len(pair[0]) > 1), key=lambda pair: -sum(map(len, pair[0]))
    )
    return _Book(
        {text: said for text, said in phrases.items() if "{0}" not in text}, tuple(telling)
    )


def _words(check: str, language: str) -> Mapping[str, Any]:
    """The words of one check; of those that several share for an empty one."""
    question, _, name = check.partition(".")
    if not question.replace("-", "").isalnum() and question:
        return {}
    words = _file(question, language)
    found: Mapping[str, Any] = words.get(name, {}) if name else words
    return found


@cache
def _file(question: str, language: str) -> Mapping[str, Any]:
    place = files("verifier").joinpath("checks", question, "words", f"{language}.toml")
    return tomllib.loads(place.read_text("utf-8")) if place.is_file() else {}
