"""Nouns of which several are made for every request."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

__all__ = ["fleeting"]

Noun = TypeVar("Noun")


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def fleeting(noun: type[Noun]) -> type[Noun]:
    """
    A dataclass that is frozen to whoever checks types, and not while it runs: to make one that is
    takes two to three times as long, and a server makes half a dozen for an answer of 30 us.
    """
    return dataclass(slots=True, kw_only=True)(noun)
