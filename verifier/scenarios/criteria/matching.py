"""
Regular expressions, as ECMA-262 reads them and nowhere anchored by themselves.

They are matched by the engine that checks ``pattern`` in schemas: what nests without look-around
takes linear time, the rest is stopped after a bounded number of steps. A vendor's text cannot make
an author's expression run for ever.
"""

from __future__ import annotations

import functools
from typing import Any

import jsonschema_rs

from verifier.validating.keywords import REGEX, pattern_fault

__all__ = ["BadPattern", "check_pattern", "matches"]

LONGEST_TEXT = 1_000_000


class BadPattern(ValueError):  # noqa: N818
    """An expression that cannot be read, or that took too many steps on this text."""


def check_pattern(pattern: str) -> None:
    """
    Refuse what the engine cannot read.

    Raises:
        BadPattern: It cannot be used.
    """
    fault = pattern_fault(pattern)
    if fault:
        raise BadPattern(f"'{pattern}' {fault}")


def matches(pattern: str, text: str) -> bool:
    """
    Whether an expression is found anywhere in a text.

    Raises:
        BadPattern: It cannot be read, or matching took too many steps.
    """
    if len(text) > LONGEST_TEXT:
        raise BadPattern(f"the text has more than {LONGEST_TEXT} characters")
    engine = _engine(pattern)
    if engine.is_valid(text):
        return True
    for error in engine.iter_errors(text):
        if not isinstance(error.kind, jsonschema_rs.ValidationErrorKind.Pattern):
            raise BadPattern(f"'{pattern}' takes too many steps on this text")
    return False


@functools.lru_cache(maxsize=512)
def _engine(pattern: str) -> Any:
    check_pattern(pattern)
    return jsonschema_rs.Draft202012Validator({"pattern": pattern}, pattern_options=REGEX)
