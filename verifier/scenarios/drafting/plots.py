"""A workflow while it is being drafted: steps with expressions in their values, and what exists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from verifier.model import Draft, Operation

__all__ = ["Act", "Condition", "LeftOut", "Plot", "Repertoire", "kebab"]

BETWEEN_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z0-9]+")


class LeftOut(Struct, frozen=True):
    """What could not be drafted, and why."""

    what: str
    reason: str


class Condition(Struct, frozen=True, kw_only=True):
    """A criterion as it is written; ``kind`` and ``context`` are empty for a simple one."""

    text: str
    context: str = ""
    kind: str = ""


class Act(Struct, frozen=True, kw_only=True):
    """
    A step.

    Args:
        draft: What is sent; texts in it may be runtime expressions.
        outputs: Name to expression.
    """

    id: str
    operation: Operation
    draft: Draft
    criteria: tuple[Condition, ...]
    outputs: Mapping[str, str] = field(default_factory=dict)
    description: str = ""


class Plot(Struct, kw_only=True):
    """
    A workflow that is being drafted.

    Args:
        inputs: Name to the JSON Schema of an input.
        fresh: Inputs that are new in each run.
        known: Resource to the expression of the id of an item that a step made.
    """

    id: str
    summary: str
    acts: list[Act] = field(default_factory=list)
    inputs: dict[str, dict[str, Any]] = field(default_factory=dict)
    fresh: list[str] = field(default_factory=list)
    known: dict[str, str] = field(default_factory=dict)

    def free(self, wanted: str) -> str:
        """A step's id that no other step has."""
        taken = {act.id for act in self.acts}
        if wanted not in taken:
            return wanted
        return next(
            f"{wanted}-{n}" for n in range(2, len(taken) + 3) if f"{wanted}-{n}" not in taken
        )


class Repertoire(Struct, frozen=True):
    """What could be drafted, and what could not."""

    plots: tuple[Plot, ...]
    left_out: tuple[LeftOut, ...]


def kebab(text: str) -> str:
    """A name as a part of an id: ``createCustomer`` becomes ``create-customer``."""
    return "-".join(word.lower() for word in BETWEEN_WORDS.split(text) if word)
