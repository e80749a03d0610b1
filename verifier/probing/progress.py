"""What a run tells while it goes on."""

from __future__ import annotations

from msgspec import Struct

__all__ = ["Progress"]


class Progress(Struct, frozen=True, kw_only=True):
    """
    One event of a run.

    Args:
        kind: ``planned``, ``begun``, ``settled``, ``cleaning`` or ``done``.
        done, total: Checks settled so far, of how many planned.
        sent, budget: Requests sent so far, and the most that may be.
        status: The word for the outcome, where one was settled.
    """

    kind: str
    check: str = ""
    subject: str = ""
    status: str = ""
    done: int = 0
    total: int = 0
    sent: int = 0
    budget: int = 0
