"""A refusal repeats the credential that it refuses.

Imitates error messages that are made to be helpful; they end up in logs and tickets.
"""

from __future__ import annotations

from typing import Any

from verifier.mocking.rewording import reworded
from verifier.mocking.turn import Turn

__all__ = ["after_complete"]


def after_complete(turn: Turn) -> None:
    """The detail of a 401 or 403 holds what was sent."""
    answer = turn.answer
    shown = turn.incoming.header("authorization") or ""
    if answer is None or answer.status not in (401, 403) or not shown:
        return
    turn.answer = reworded(answer, lambda body: _with_credential(body, shown))


def _with_credential(body: Any, shown: str) -> Any:
    if not isinstance(body, dict):
        return body
    name = next((n for n in ("detail", "message", "error") if n in body), "detail")
    return {**body, name: f"{shown} is not accepted here"}
