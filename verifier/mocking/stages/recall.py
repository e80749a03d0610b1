"""Whether a request was made before, under one idempotency key."""

from __future__ import annotations

import hashlib

from verifier.mocking.asked import Asked
from verifier.mocking.refusal import Refusal
from verifier.mocking.turn import Turn
from verifier.model import Contract
from verifier.wire import Answer

__all__ = ["Recall"]

Key = tuple[str, str, str]


class Recall:
    """Answers a repeated request as the first time; ``remember`` keeps what the first was told."""

    def __init__(self, contract: Contract) -> None:
        self._convention = contract.convention("idempotency")
        self._kept: dict[Key, tuple[str, Answer]] = {}

    def __call__(self, turn: Turn) -> None:
        """Decide what was asked before."""
        key = self._key(turn.asked)
        kept = self._kept.get(key) if key else None
        if kept is None:
            return
        if kept[0] == _mark(turn):
            turn.decision = kept[1]
            turn.notes.append("replayed")
            return
        says = "This idempotency key was used with another body."
        turn.decision = Refusal(status=422, code="idempotency_key_reused", says=says)

    def remember(self, turn: Turn) -> None:
        """Keep the answer of what was done for the first time."""
        key = self._key(turn.asked)
        if key is None or turn.answer is None or turn.answer.status >= 400:
            return
        self._kept.setdefault(key, (_mark(turn), turn.answer))

    def _key(self, asked: Asked | None) -> Key | None:
        convention = self._convention
        if convention is None or asked is None or asked.operation.key not in convention.operations:
            return None
        name = str(convention.detail.get("name") or "Idempotency-Key")
        given = asked.incoming.header(name)
        return (asked.caller.tenant, asked.operation.key, given) if given else None


def _mark(turn: Turn) -> str:
    return hashlib.sha256(turn.incoming.body).hexdigest()
