"""Values put into conditions: only where they cannot change what the condition asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from verifier.scenarios.expressions import (
    NOTHING,
    Expression,
    Piece,
    Scope,
    evaluate,
    pieces,
    written,
)

__all__ = ["CannotFill", "Filling"]


class CannotFill(ValueError):  # noqa: N818
    """A value is missing, or would be read as a part of the condition's own language."""


class Filling(Struct, frozen=True):
    """
    A condition in which ``{$...}`` stands for values.

    Args:
        escape: Writes a quote inside a text in quotes: ``{quote: what to write}``; None lets
            values in as they are, which only a bounded language can bear (regex).
    """

    parts: tuple[Piece, ...]
    escape: dict[str, str] | None

    @classmethod
    def of(cls, condition: str, escape: dict[str, str] | None) -> Filling:
        """Raises BadExpression where what stands in braces is no expression."""
        return cls(pieces(condition), escape)

    @property
    def constant(self) -> str | None:
        """The condition, where nothing in it has to be filled in."""
        plain = [part for part in self.parts if isinstance(part, str)]
        return "".join(plain) if len(plain) == len(self.parts) else None

    def expressions(self) -> Iterator[Expression]:
        """What is filled in."""
        return (part for part in self.parts if isinstance(part, Expression))

    def fill(self, scope: Scope) -> str:
        """The condition with the values of this moment in it; CannotFill where that is unsafe."""
        text, quote = "", ""
        for part in self.parts:
            if isinstance(part, str):
                text += part
                quote = _open_quote(part, quote)
                continue
            value = evaluate(part, scope)
            if value is NOTHING:
                raise CannotFill(f"{part} has no value")
            text += self._safe(part, value, quote)
        return text

    def _safe(self, expression: Expression, value: Any, quote: str) -> str:
        text = written(value)
        if self.escape is None:
            return text
        if quote:
            for mark, instead in self.escape.items():
                if mark in ("\\", quote):
                    text = text.replace(mark, instead)
            return text
        if value is None or isinstance(value, (bool, int, float)):
            return text
        raise CannotFill(f"{expression} is a text: put quotes around its braces")


def _open_quote(text: str, quote: str) -> str:
    """The quote that is open at the end of a piece of text."""
    for mark in text:
        if quote:
            quote = "" if mark == quote else quote
        elif mark in "'\"":
            quote = mark
    return quote
