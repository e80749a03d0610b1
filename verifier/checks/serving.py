"""Whether an answer serves what was asked for, or only says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.model import Exchange

__all__ = ["error_in", "served"]

WORDS = frozenset({"error", "fail", "failed", "failure", "errored"})


def served(exchange: Exchange) -> bool:
    """Whether it succeeded, with no error inside."""
    return exchange.succeeded and not error_in(exchange.value)


def error_in(value: Any) -> str:
    """The mark of an error in a JSON value, in words; empty where there is none."""
    if not isinstance(value, Mapping):
        return ""
    for name in ("error", "errors", "fault"):
        if value.get(name) not in (None, False, "", [], {}, 0):
            return f"a member '{name}'"
    for name in ("success", "ok"):
        if value.get(name) is False:
            return f"'{name}' that is false"
    said = value.get("status")
    return f"a status '{said}'" if isinstance(said, str) and said.lower() in WORDS else ""
