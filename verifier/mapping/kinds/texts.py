"""Reading and writing of the kinds that are texts and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from verifier.mapping.kinds.kind import Peer, Way
from verifier.mapping.nouns import Meaning
from verifier.mapping.shapes import Facts
from verifier.mapping.trouble import Invalid

__all__ = ["checked", "read_text", "write_text"]


def read_text(meaning: Meaning, facts: Facts, peer: Peer) -> Way:
    """Take a text as it is; a number is no text, whatever it looks like."""
    return _text


def write_text(meaning: Meaning, facts: Facts, peer: Peer) -> Way:
    """Write a text as it is."""
    return _text


def _text(value: Any, run: Any) -> Any:
    if isinstance(value, str):
        return value
    raise Invalid("is no text")


def checked(fault: Callable[[str], str]) -> Callable[[Meaning, Facts, Peer], Way]:
    """
    Take a text only where it is of a form.

    Args:
        fault: Says what is wrong with a text; empty where nothing is.
    """

    def way(value: Any, run: Any) -> Any:
        if not isinstance(value, str):
            raise Invalid("is no text")
        wrong = fault(value)
        if wrong:
            raise Invalid(wrong)
        return value

    return lambda meaning, facts, peer: way
