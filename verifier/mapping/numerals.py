"""Numbers as people and systems write them: with a point or a comma, grouped or not."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from verifier.loading.declaration import Member, Text
from verifier.mapping.trouble import Invalid

__all__ = ["MARKS", "reader", "writer"]

MARKS = {
    "decimal": Member(
        kind=Text(pattern="[.,]", wants="'.' or ','"),
        says="The mark before the fraction, in a text; a point if left out.",
    ),
    "group": Member(
        kind=Text(
            pattern="[., '’\u00a0\u202f]", wants="a point, a comma, a space or an apostrophe"
        ),
        says="The mark between thousands; none if left out.",
    ),
}
LONGEST = 400


def reader(given: Mapping[str, Any], *, in_text: bool) -> Callable[[Any], Decimal]:
    """
    Reads a number exactly.

    Args:
        given: With ``decimal`` and ``group``.
        in_text: Whether it stands in a text, and not as a JSON number.
    """
    if not in_text:
        return _plain
    decimal, group = given.get("decimal", "."), given.get("group", "")
    whole = rf"[0-9]{{1,3}}(?:{re.escape(group)}[0-9]{{3}})*|[0-9]+" if group else "[0-9]+"
    form = re.compile(rf"-?(?:{whole})(?:{re.escape(decimal)}[0-9]+)?")

    def read(value: Any) -> Decimal:
        if not isinstance(value, str):
            raise Invalid("is no text, and its schema says that the number stands in one")
        if len(value) > LONGEST or not form.fullmatch(value):
            raise Invalid(f"is no number with '{decimal}' before the fraction")
        plain = value.replace(group, "") if group else value
        return Decimal(plain.replace(decimal, "."))

    return read


def _plain(value: Any) -> Decimal:
    if isinstance(value, Decimal) and value.is_finite():
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, float) and math.isfinite(value):
        return Decimal(repr(value))
    raise Invalid("is no number")


def writer(given: Mapping[str, Any]) -> Callable[[Decimal], str]:
    """Writes a number into a text; groups are not written."""
    decimal = given.get("decimal", ".")
    return lambda value: format(value, "f").replace(".", decimal)
