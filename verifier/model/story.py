"""How a scenario went, moment by moment: what a reader needs to follow it without the journal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

__all__ = ["Beat", "Story"]


class Beat(Struct, frozen=True, kw_only=True):
    """
    One moment of a scenario.

    Args:
        step: Id of the step.
        kind: ``send``, ``abandon``, ``receive``, ``effect``, ``fault``, ``wait``, ``visit`` (of
            another workflow), ``retry``, ``goto``, ``end`` or ``cleanup``.
        says: What happened, in a few words: ``POST /orders``, ``waits 2 s``.
        actor: As whom; empty for nobody, or where nothing was sent.
        exchange: Id of the evidence; empty where nothing was sent.
        answer: What came back, in a few words: ``201``, ``no answer (timeout)``.
        held: Whether everything that was demanded held; None where nothing was.
        seen: What was seen instead, where something did not hold.
        depth: How many workflows deep it happened; 0 is the scenario's own.
        place: ``file:line`` of the step.
    """

    step: str
    kind: str
    says: str
    actor: str = ""
    exchange: str = ""
    answer: str = ""
    held: bool | None = None
    seen: tuple[str, ...] = ()
    depth: int = 0
    place: str = ""


class Story(Struct, frozen=True, kw_only=True):
    """
    One run of a scenario.

    Args:
        title: What it is about, in one line.
        place: ``file:line`` of the workflow.
        row: Which row of its table, in words; empty without a table.
        tags: The author's tags.
        beats: What happened, in order; the first of a long one, as many as ``cut`` were left out.
    """

    title: str
    place: str
    row: str = ""
    tags: tuple[str, ...] = ()
    beats: tuple[Beat, ...] = ()
    cut: int = 0

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Story:
        """A story from its JSON."""
        beats = tuple(Beat(**{**beat, "seen": tuple(beat["seen"])}) for beat in data["beats"])
        return cls(**{**data, "tags": tuple(data["tags"]), "beats": beats})
