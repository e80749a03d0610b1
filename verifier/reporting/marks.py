"""How words are marked: a tone and a shape each, so that colour is never the only signal."""

from __future__ import annotations

from verifier.model import Answer

__all__ = ["ICONS", "SHAPES", "TONES", "shape_of", "tone_of", "tone_of_letter"]

TONES = {
    "pass": "good",
    "yes": "good",
    "proven": "good",
    "fail": "bad",
    "no": "bad",
    "failed": "bad",
    "errored": "bad",
    "blocker": "bad",
    "major": "warn",
    "warning": "warn",
    "partly": "warn",
    "review": "warn",
    "inconclusive": "warn",
    "contradicted": "bad",
    "unknown": "none",
    "unproven": "none",
    "declared": "none",
    "not tested": "none",
    "pass in part": "none",
    "not applicable": "none",
    "waived": "none",
    "information": "none",
    "refused": "none",
    "minor": "none",
    "note": "none",
}
ICONS = {
    "pass": "pass",
    "yes": "pass",
    "fail": "fail",
    "no": "fail",
    "warning": "warning",
    "partly": "warning",
    "review": "review",
    "inconclusive": "inconclusive",
    "errored": "errored",
    "not tested": "not-tested",
    "pass in part": "pass",
    "unknown": "not-tested",
    "not applicable": "not-applicable",
    "waived": "waived",
    "information": "information",
    "refused": "refused",
}
SHAPES = {
    "pass": "✓",
    "yes": "✓",
    "fail": "✗",
    "no": "✗",
    "warning": "△",
    "partly": "△",
    "review": "◇",
    "inconclusive": "?",
    "errored": "!",
    "not tested": "○",
    "unknown": "○",
    "not applicable": "–",
    "waived": "□",
    "information": "·",
}
LETTERS = {"A": "good", "B": "good", "C": "warn", "D": "warn", "E": "bad", "F": "bad"}


def tone_of(answer: Answer) -> str:
    """The tone of an answer: what is only declared is no success."""
    return "none" if answer.standing == "declared" else TONES[answer.answer]


def shape_of(answer: Answer) -> str:
    """The shape of an answer: hollow where it is only declared."""
    return "◦" if answer.standing == "declared" else SHAPES[answer.answer]


def tone_of_letter(letter: str) -> str:
    """The tone of a grade: none where it is withheld."""
    return LETTERS.get(letter[:1], "none") if letter != "NR" else "none"
