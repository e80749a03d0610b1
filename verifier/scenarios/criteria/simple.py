"""
Simple conditions: literals, operators and runtime expressions (Arazzo, "Criterion Object").

    or      = and *("||" and)
    and     = not *("&&" not)
    not     = "!" not / compare
    compare = value ["==" / "!=" / "<" / "<=" / ">" / ">=" value]
    value   = literal / expression *("[" index "]" / "." name) / "(" or ")"
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from verifier.scenarios.criteria.comparing import COMPARISONS, truthy
from verifier.scenarios.criteria.tokens import BadCondition, Token, tokens
from verifier.scenarios.expressions import (
    NOTHING,
    BadExpression,
    Expression,
    Scope,
    evaluate,
    member,
    parse,
    plain,
)

__all__ = ["Condition", "Look", "read_simple"]

DEEPEST = 40
BODY = re.compile(r"(\$(?:request|response|message)\.(?:body|payload))((?:\.[^.]+)*)")


class Literal(Struct, frozen=True):
    """A value as it stands in the condition."""

    value: Any


class Look(Struct, frozen=True):
    """An expression, and the members and indices that are followed from its value."""

    expression: Expression
    path: tuple[str, ...] = ()

    def __str__(self) -> str:
        steps = (f"[{name}]" if name.isdigit() else f".{name}" for name in self.path)
        return f"{self.expression}{''.join(steps)}"


class Not(Struct, frozen=True):
    """The opposite."""

    inner: Condition


class Both(Struct, frozen=True):
    """All of them (``every``), or any of them."""

    parts: tuple[Condition, ...]
    every: bool


class Compare(Struct, frozen=True):
    """Two values held against each other."""

    operator: str
    left: Condition
    right: Condition


Condition = Literal | Look | Not | Both | Compare


def read_simple(text: str) -> Condition:
    """
    Read a simple condition.

    Raises:
        BadCondition: It is none; says what is wrong with it, and the mend.
    """
    stripped = text.strip()
    # 1.0.1 shows one condition in braces as a whole.
    if stripped.startswith("{") and stripped.endswith("}") and stripped.count("{") == 1:
        stripped = stripped[1:-1]
    reader = _Reader(tokens(stripped))
    condition = reader.alternatives(0)
    reader.ended()
    return condition


def value_of(condition: Condition, scope: Scope) -> Any:
    """What a condition comes to: a truth value, or the value of its only word."""
    match condition:
        case Literal(value):
            return value
        case Look():
            return looked(condition, scope)
        case Not(inner):
            return not truthy(value_of(inner, scope))
        case Both(parts, every):
            found = (truthy(value_of(part, scope)) for part in parts)
            return all(found) if every else any(found)
        case Compare(operator, left, right):
            return COMPARISONS[operator](value_of(left, scope), value_of(right, scope))


def looked(look: Look, scope: Scope) -> Any:
    """The value that a look finds; null where there is none."""
    value = evaluate(look.expression, scope)
    for name in look.path:
        value = NOTHING if value is NOTHING else member(value, name)
    return plain(value)


def looks(condition: Condition) -> Iterator[Look]:
    """Every expression of a condition, in order."""
    match condition:
        case Look():
            yield condition
        case Not(inner):
            yield from looks(inner)
        case Both(parts, _):
            for part in parts:
                yield from looks(part)
        case Compare(_, left, right):
            yield from looks(left)
            yield from looks(right)


class _Reader:
    """Reads one condition's words from left to right."""

    def __init__(self, words: list[Token]) -> None:
        self._words = words
        self._next = 0

    def alternatives(self, depth: int) -> Condition:
        if depth > DEEPEST:
            raise BadCondition("the condition is nested too deep", "Split it into several.")
        parts = [self._every(depth)]
        while self._take("||"):
            parts.append(self._every(depth))
        return parts[0] if len(parts) == 1 else Both(tuple(parts), every=False)

    def ended(self) -> None:
        word = self._peek()
        if word is not None:
            raise BadCondition(
                f"'{word.value}' follows where the condition should end",
                "Join two conditions with '&&' or '||'; put strings in single quotes.",
            )

    def _every(self, depth: int) -> Condition:
        parts = [self._negated(depth)]
        while self._take("&&"):
            parts.append(self._negated(depth))
        return parts[0] if len(parts) == 1 else Both(tuple(parts), every=True)

    def _negated(self, depth: int) -> Condition:
        if self._take("!"):
            if depth > DEEPEST:
                raise BadCondition("there are too many '!'", "One is enough.")
            return Not(self._negated(depth + 1))
        return self._compared(depth)

    def _compared(self, depth: int) -> Condition:
        left = self._value(depth)
        word = self._peek()
        if word is None or word.kind != "operator" or word.value not in COMPARISONS:
            return left
        self._next += 1
        return Compare(word.value, left, self._value(depth))

    def _value(self, depth: int) -> Condition:
        if self._take("("):
            inner = self.alternatives(depth + 1)
            if not self._take(")"):
                raise BadCondition("a '(' is never closed", "Add ')'.")
            return inner
        word = self._peek()
        if word is None or word.kind not in ("literal", "expression"):
            after = f"before '{word.value}'" if word else "at the end"
            raise BadCondition(f"a value is missing {after}", "Add what is to be compared.")
        self._next += 1
        if word.kind == "literal":
            return Literal(word.value)
        return self._look(word.value)

    def _look(self, text: str) -> Look:
        found = BODY.fullmatch(text)
        path = tuple(found[2].split(".")[1:]) if found else ()
        try:
            expression = parse(found[1] if found else text)
        except BadExpression as error:
            raise BadCondition(error.says, error.mend) from None
        while True:
            word = self._peek()
            if word is not None and word.kind == "member":
                self._next += 1
                path += (word.value,)
            elif self._take("["):
                path += (self._index(),)
            else:
                return Look(expression, path)

    def _index(self) -> str:
        word = self._peek()
        if word is None or word.kind != "literal" or isinstance(word.value, (float, bool)):
            raise BadCondition("'[' wants an index, counted from 0", "Write '[0]', say.")
        self._next += 1
        if not self._take("]"):
            raise BadCondition("a '[' is never closed", "Add ']'.")
        return str(word.value)

    def _peek(self) -> Token | None:
        return self._words[self._next] if self._next < len(self._words) else None

    def _take(self, operator: str) -> bool:
        word = self._peek()
        taken = word is not None and word.kind == "operator" and word.value == operator
        self._next += taken
        return taken
