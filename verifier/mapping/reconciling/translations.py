"""Operations and kinds in SQL, where SQL does the same; the others are carried out in Python."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from verifier.mapping.blanks import BLANK
from verifier.mapping.currencies import CURRENCIES
from verifier.mapping.reconciling.engine import text

__all__ = ["OPERATIONS", "VALID", "bare", "none_if_blank", "number", "supports", "trimmed"]

BLANK_SQL = text(BLANK)
ROUNDINGS = {"half_up": "round({}, {})", "half_even": "round_even({}, {})", "down": "trunc({}, {})"}
Translation = Callable[[str, Any], str]


def trimmed(sql: str) -> str:
    """A text without white space at its ends; that most have none is seen at a glance."""
    plain = f"{_starts_plainly(sql)} AND right({sql}, 1) BETWEEN '!' AND '~'"
    return f"CASE WHEN {plain} THEN {sql} ELSE trim({sql}, {BLANK_SQL}) END"


def none_if_blank(sql: str) -> str:
    """A text; NULL where it shows nothing."""
    blank = f"trim({sql}, {BLANK_SQL}) = ''"
    return f"CASE WHEN {_starts_plainly(sql)} THEN {sql} WHEN {blank} THEN NULL ELSE {sql} END"


def _starts_plainly(sql: str) -> str:
    """Whether a text begins with a letter or sign of ASCII."""
    return f"({sql} >= '!' AND {sql} < chr(127))"


def bare(sql: str) -> str:
    """A text without any white space."""
    return f"regexp_replace({sql}, '[' || {BLANK_SQL} || ']+', '', 'g')"


def number(sql: str) -> str:
    """A text as a number; NULL where it is none."""
    return f"TRY_CAST({sql} AS DECIMAL(38, 12))"


def _collapsed(sql: str) -> str:
    return f"trim(regexp_replace({sql}, '[' || {BLANK_SQL} || ']+', ' ', 'g'), ' ')"


def _template(sql: str, form: str) -> str:
    before, _, after = form.partition("{}")
    return f"({text(before)} || ({sql})::VARCHAR || {text(after)})"


def _scale(sql: str, given: dict[str, str]) -> str:
    return f"(({sql}) * {given['by']}::DECIMAL(38, 12))"


def _round(sql: str, given: dict[str, Any]) -> str:
    return ROUNDINGS[given["mode"]].format(sql, given["places"])


OPERATIONS: dict[str, Translation] = {
    "nfc": lambda sql, _: f"nfc_normalize({sql})",
    "trim": lambda sql, _: trimmed(sql),
    "collapse_spaces": lambda sql, _: _collapsed(sql),
    "lower": lambda sql, _: f"lower({sql})",
    "upper": lambda sql, _: f"upper({sql})",
    "fold": lambda sql, _: f"lower({_collapsed(f'nfc_normalize({sql})')})",
    "last_token": lambda sql, _: f"regexp_extract({sql}, '([^ ]*)$', 1)",
    "template": _template,
    "negate": lambda sql, _: f"(NOT ({sql}))",
    "scale": _scale,
    "round": _round,
    "add_days": lambda sql, days: f"(({sql}) + INTERVAL {int(days)} DAY)",
    "strip_zeros": lambda sql, _: f"coalesce(nullif(ltrim({sql}, '0'), ''), '0')",
    "pad": lambda sql, length: f"lpad({sql}, greatest(length({sql}), {int(length)}), '0')",
}
"""Name to SQL, given an expression and the operation's argument."""


ATOM = "[A-Za-z0-9!#$%&''*+/=?^_`{|}~-]+"
LABEL = "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
ADDRESS = rf"{ATOM}(\.{ATOM})*@{LABEL}(\.{LABEL})+"
VALID: dict[str, Translation] = {
    "email": lambda sql, _: (
        f"(regexp_full_match({sql}, '{ADDRESS}') AND length({sql}) <= 254"
        f" AND position('@' IN {sql}) <= 65)"
    ),
    "country": lambda sql, _: f"regexp_full_match({sql}, '[A-Z]{{2}}')",
    "currency": lambda sql, _: f"({sql} IN ({', '.join(map(text, CURRENCIES))}))",
}
"""Meaning to SQL, given an expression and nothing: whether it is what it should be."""


def supports(name: str, argument: Any) -> bool:
    """Whether an operation with this argument is the same in SQL."""
    if name == "round":
        return argument["mode"] in ROUNDINGS
    return name in OPERATIONS
