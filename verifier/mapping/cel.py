"""
Conditions and computed values in CEL, Google's Common Expression Language.

Expressions end by construction, and can neither reach out nor change anything. Beside the standard
functions there are ``sum(list)``, ``sum(list, 'member')`` and ``abs(number)``. Numbers with a
fraction are doubles here: a result is taken to fifteen digits, which is exact for any amount that
a few multiplications make, and whatever needs more is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Context, Decimal
from functools import lru_cache
from typing import Any

from verifier.mapping.extra import library
from verifier.mapping.nouns import Path, parse_path

__all__ = ["CelFault", "Program", "program", "references"]

FIFTEEN = Context(prec=15)
LARGEST = 2**53
STRING = re.compile(r"""[rRbB]?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
CHAIN = re.compile(r"(?<![\w.])([A-Za-z_]\w*)((?:\.[A-Za-z_]\w*(?!\w*\())*)")


class CelFault(ValueError):  # noqa: N818  (a verdict on an expression, not an error of ours)
    """
    An expression cannot be used, or not on this record.

    Args:
        missing: Whether a member that it names is not there.
    """

    def __init__(self, says: str, *, missing: bool = False) -> None:
        super().__init__(says)
        self.missing = missing


class Program:
    """An expression made ready."""

    def __init__(self, expression: Any, cel: str) -> None:
        self._expression = expression
        self._members = _members(cel)

    def value(self, **variables: Any) -> Any:
        """
        What it comes to for these variables, as JSON with decimals.

        Raises:
            CelFault: It comes to nothing; says why.
        """
        data = {name: self._seen(name, value) for name, value in variables.items()}
        try:
            found = self._expression.eval(data=data)
        except Exception as error:  # noqa: BLE001  (such as for half a character)
            raise CelFault(f"it cannot be worked out: {error}") from None
        value = found.plain_value()
        if value is True or value is False:
            return value
        if found.type().name().lower() == "error" or isinstance(value, BaseException):
            says = str(found.value()).split(":", 1)[-1].strip()
            raise CelFault(says, missing="not found" in says.lower() or "no such key" in says)
        return _outward(value)

    def _seen(self, name: str, value: Any) -> Any:
        """What the expression can see of a variable: the members that it names."""
        members = self._members.get(name, ())
        if members is None or value.__class__ is not dict:
            return _inward(value)
        return {member: _inward(value[member]) for member in members if member in value}


def _members(cel: str) -> dict[str, tuple[str, ...] | None]:
    """Variable to the members that an expression names; None where it takes all of it."""
    found: dict[str, tuple[str, ...] | None] = {}
    for match in CHAIN.finditer(STRING.sub("''", cel)):
        name, rest = match[1], match[2]
        known = found.get(name, ())
        member = rest[1:].partition(".")[0] if rest else ""
        found[name] = None if known is None or not member else (*known, member)
    return found


@lru_cache(maxsize=256)
def program(expression: str, variables: tuple[str, ...]) -> Program:
    """
    An expression compiled.

    Raises:
        CelFault: It is no CEL, or names a variable that is not there.
        UsageError: The library is not installed.
    """
    cel = library("cel_expr_python.cel", needed_for="expressions in CEL")
    try:
        return Program(_environment(cel, variables).compile(expression), expression)
    except Exception as error:  # noqa: BLE001  (the library raises its own kinds)
        raise CelFault(_first_line(str(error))) from None


@lru_cache
def _environment(cel: Any, variables: tuple[str, ...]) -> Any:
    kind = cel.Type
    record = kind.Map(kind.STRING, kind.DYN)
    items = kind.List(kind.DYN)
    functions = [
        cel.FunctionDecl(
            "sum",
            [
                cel.Overload("sum_list", kind.DYN, [items], impl=sum),
                cel.Overload("sum_member", kind.DYN, [items, kind.STRING], impl=_sum_of),
            ],
        ),
        cel.FunctionDecl(
            "abs",
            [
                cel.Overload("abs_int", kind.INT, [kind.INT], impl=abs),
                cel.Overload("abs_double", kind.DOUBLE, [kind.DOUBLE], impl=abs),
            ],
        ),
    ]
    return cel.NewEnv(variables=dict.fromkeys(variables, record), functions=functions)


def _sum_of(items: list[Any], name: str) -> Any:
    return sum(item.get(name, 0) or 0 for item in items)


def references(expression: str) -> Iterator[tuple[str, Path]]:
    """Variable and path of every member that an expression names, as far as a look can tell."""
    for found in CHAIN.finditer(STRING.sub("''", expression)):
        path = parse_path(found[2][1:]) if found[2] else None
        if path is not None:
            yield found[1], path


def _inward(value: Any) -> Any:
    kind = value.__class__
    if kind is dict:
        return {name: _inward(inner) for name, inner in value.items()}
    if kind is list:
        return [_inward(inner) for inner in value]
    if kind is Decimal:
        # An integer stays one only where its schema says so: see the guide.
        return float(value)
    if kind is int and not -(2**63) <= value < 2**63:
        return float(value)
    return value


def _outward(value: Any) -> Any:
    if isinstance(value, float):
        if abs(value) > LARGEST or value != value:
            raise CelFault("is too large to be exact")
        return FIFTEEN.create_decimal(repr(value)).normalize() + 0
    if isinstance(value, Mapping):
        return {name: _outward(inner) for name, inner in value.items()}
    return [_outward(inner) for inner in value] if isinstance(value, list) else value


def _first_line(text: str) -> str:
    found = re.search(r"ERROR: <input>:\d+:\d+: (.*?)(?: \(in container|\n|$)", text)
    return found[1] if found else text.split("\n", 1)[0]
