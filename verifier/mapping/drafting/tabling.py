"""Rows of a table between two lists of values: what looks alike, and what rows of exports show."""

from __future__ import annotations

from typing import Any

from verifier.loading.view import word_list
from verifier.mapping.drafting.agreement import Agreement
from verifier.mapping.drafting.proposal import ProposedRow
from verifier.mapping.drafting.words import PIECE
from verifier.mapping.shapes import Facts

__all__ = ["rows_of", "values_of"]

SAME = {
    word: first
    for first, *others in (
        word_list("new draft pending open created lead prospect"),
        word_list("processing submitted confirmed accepted progress"),
        word_list("active enabled live on yes true"),
        word_list("inactive disabled off no false churned suspended"),
        word_list("complete completed done fulfilled closed finished authorised authorized"),
        word_list("cancelled canceled void voided aborted"),
        word_list("refunded returned reversed credited"),
        word_list("failed declined rejected error"),
        word_list("shipped dispatched delivered sent"),
        word_list("paid settled"),
    )
    for word in (first, *others)
}


def values_of(facts: Facts) -> tuple[Any, ...] | None:
    """The values that a field may have; None where its list is open."""
    if facts.enum is not None:
        return facts.enum
    return (True, False) if facts.only == "boolean" else None


def rows_of(
    mine: tuple[Any, ...], theirs: tuple[Any, ...], seen: Agreement | None
) -> tuple[ProposedRow, ...]:
    """A row for each value of the source: as rows of exports show it, else as the words tell."""
    shown = {a: b for a, b, _ in seen.rows} if seen is not None else {}
    made = {}
    for value in mine:
        text = shown.get(_text(value))
        made[value] = next((v for v in theirs if _text(v) == text), None) or _alike(value, theirs)
    counts = [one for one in made.values() if one is not None]
    return tuple(
        ProposedRow(given=value, made=one, broader=one is not None and counts.count(one) > 1)
        for value, one in made.items()
    )


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _alike(value: Any, theirs: tuple[Any, ...]) -> Any:
    """The value that is the same word, or one that people use for the same."""
    exact = [other for other in theirs if _words(other) == _words(value)]
    near = [other for other in theirs if _meant(other) & _meant(value)]
    return next(iter(exact or near), None)


def _words(value: Any) -> tuple[str, ...]:
    return tuple(piece.lower() for piece in PIECE.findall(_text(value)))


def _meant(value: Any) -> set[str]:
    return {SAME[word] for word in _words(value) if word in SAME}
