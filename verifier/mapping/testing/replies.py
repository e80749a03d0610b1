"""A reply in JSON as an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.mapping.testing.asking import Answer, How

__all__ = ["answer_of", "garbage"]

NAMES = ("kinds", "kind", "type", "code", "name", "error")
WORDS = ("says", "message", "detail", "title", "error")
LONGEST = 300


def garbage(says: str) -> Answer:
    """An answer that is none."""
    return Answer(how=How.GARBAGE, says=says[:LONGEST])


def answer_of(reply: Mapping[str, Any]) -> Answer:
    """
    The answer of a reply.

    ``{"target": {...}}`` is mapped, ``{"target": null}`` skipped, ``{"decisions": [...]}`` the
    answer to ``match``, ``{"error": {"kind": ..., "says": ...}}`` withheld or crashed, depending
    on what the contract calls its outcomes, and ``{"unable": true}`` not offered.
    """
    if "error" in reply:
        return _withheld(reply["error"])
    if reply.get("unable"):
        return Answer(how=How.UNABLE, says="it does not offer this")
    if "decisions" in reply:
        value = reply["decisions"]
        good = isinstance(value, list) and all(isinstance(one, dict) for one in value)
        return Answer(how=How.MAPPED, value=value) if good else garbage("'decisions' is no list")
    if "target" not in reply:
        return garbage("the reply has none of target, error, decisions and unable")
    value = reply["target"]
    if value is None:
        return Answer(how=How.SKIPPED)
    if not isinstance(value, dict):
        return garbage(f"what it makes is no object, but {str(value)[:60]!r}")
    return Answer(how=How.MAPPED, value=value)


def _withheld(error: Any) -> Answer:
    if not isinstance(error, Mapping):
        return Answer(how=How.WITHHELD, names=(str(error)[:80],), says=str(error)[:LONGEST])
    names: list[str] = []
    for member in NAMES:
        value = error.get(member)
        names += [str(one) for one in value] if isinstance(value, list) else []
        names += [value] if isinstance(value, str) else []
    says = next((str(error[word]) for word in WORDS if error.get(word)), "")
    return Answer(how=How.WITHHELD, names=tuple(dict.fromkeys(names)), says=says[:LONGEST])
