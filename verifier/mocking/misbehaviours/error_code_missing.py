"""Errors say in words what is wrong, and nothing that a machine could go by.

Imitates handlers that pass on the text of an exception.
"""

from __future__ import annotations

from verifier.mocking.rewording import reworded
from verifier.mocking.turn import Turn

__all__ = ["after_complete"]

CODES = frozenset({"code", "error_code", "errorCode", "error", "type", "reason"})


def after_complete(turn: Turn) -> None:
    """The codes are left out, and the type means nothing."""
    if turn.answer is not None and turn.answer.status >= 400:
        turn.answer = reworded(turn.answer, _without_codes)


def _without_codes(value: object) -> object:
    if isinstance(value, dict):
        kept = {k: v for k, v in value.items() if k not in CODES or not isinstance(v, str)}
        return {k: _without_codes(v) for k, v in kept.items()}
    return [_without_codes(item) for item in value] if isinstance(value, list) else value
