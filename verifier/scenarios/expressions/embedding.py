"""Expressions inside longer texts: ``Bearer {$steps.login.outputs.token}``."""

from __future__ import annotations

import re
from typing import Any

import orjson

from verifier.scenarios.expressions.grammar import Expression, parse

__all__ = ["Piece", "pieces", "written"]

EMBEDDED = re.compile(r"\{(\$[^{}]+)\}")
Piece = str | Expression


def pieces(text: str) -> tuple[Piece, ...]:
    """
    A text as its plain parts and its expressions, in order; one plain part where it has none.

    Raises:
        BadExpression: What stands in braces after ``{$`` is no expression.
    """
    found: list[Piece] = []
    end = 0
    for match in EMBEDDED.finditer(text):
        if match.start() > end:
            found.append(text[end : match.start()])
        found.append(parse(match[1]))
        end = match.end()
    if end < len(text) or not found:
        found.append(text[end:])
    return tuple(found)


def written(value: Any) -> str:
    """A value as it stands inside a text: a text as it is, everything else as JSON (1.1.0)."""
    return value if isinstance(value, str) else orjson.dumps(value).decode()
