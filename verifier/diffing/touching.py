"""Whether a change concerns what is used."""

from __future__ import annotations

import re
from collections.abc import Iterable

from verifier.diffing.alignment import shape_of_path
from verifier.model import Side, Usage, Used

__all__ = ["Touch"]

# Rules that break a request by what is *not* in it, or whatever is in it.
WHOLE = ("operations.", "security.", "servers.", "bodies.", "answers.", "conventions.")
ABSENT = ("added-required", "required", "if-added", "dependency-added", "constrained")
MARK = re.compile(r"<[^<>]*>| (?:not|then|else|contains|propertyNames|contentSchema|with)\b.*")
STEP = re.compile(r"\[\d*\]|\{[^}]*\}|[^.\[\]{}]+")


class Touch:
    """
    Answers for one usage.

    A member counts as used where its name, and those around it as far as the change knows them,
    were sent or received; a value that was received may be read.
    """

    def __init__(self, usage: Usage) -> None:
        self._used = {shape_of_path(key): used for key, used in usage.operations.items()}

    def __call__(
        self, rule: str, side: Side, member: str, words: str, operations: Iterable[str]
    ) -> bool | None:
        """None where the change concerns no operation in particular."""
        keys = [shape_of_path(key) for key in operations]
        if not keys:
            return None
        found = [self._used[key] for key in keys if key in self._used]
        if not found:
            return False
        if rule.startswith(WHOLE) or (side is Side.REQUEST and rule.endswith(ABSENT)):
            return True
        if rule.startswith("parameters."):
            return any(_has(used.sent, words) for used in found)
        return not member or any(_holds(used, side, member) for used in found)


def _has(known: frozenset[str] | None, words: str) -> bool:
    """Parameters are known by place and name, which a change says first."""
    return known is None or " ".join(words.split()[:2]).lower() in {k.lower() for k in known}


def _holds(used: Used, side: Side, member: str) -> bool:
    known = used.sent if side is Side.REQUEST else used.received
    if known is None:
        return True
    wanted = _steps(MARK.sub("", member))
    return any(_ends(_steps(path), wanted) for path in known)


def _steps(path: str) -> list[str]:
    return ["[]" if step.startswith("[") else step for step in STEP.findall(path)]


def _ends(path: list[str], wanted: list[str]) -> bool:
    """Whether a path ends in those steps, or goes on below them; ``{}`` stands for any name."""
    for end in range(len(wanted), len(path) + 1):
        tail = path[end - len(wanted) : end]
        if all(w == have or w.startswith("{") for w, have in zip(wanted, tail, strict=True)):
            return True
    return False
