"""Operations that behave as somebody wrote it down, whatever the document says."""

from __future__ import annotations

from collections.abc import Sequence

from verifier.encoding import json_bytes
from verifier.mocking.asked import Asked
from verifier.mocking.bodies import Bodies, written
from verifier.mocking.documented import json_media
from verifier.mocking.refusal import Refusal
from verifier.mocking.turn import Turn
from verifier.model import Headers, Operation, OperationRule
from verifier.wire import Answer

__all__ = ["Overrides"]

FAILING = 400


class Overrides:
    """The rules of mock.yaml for single operations."""

    def __init__(self, rules: Sequence[OperationRule], bodies: Bodies) -> None:
        self._rules = {rule.operation: rule for rule in rules}
        self._bodies = bodies

    def of(self, operation: Operation) -> OperationRule | None:
        """The rule for an operation; None where it does as the document says."""
        return self._rules.get(operation.key)

    def decide(self, turn: Turn, asked: Asked) -> Answer | Refusal | None:
        """What is answered in place of doing what was asked; None leaves it to the mock."""
        rule = self._rules.get(asked.operation.key)
        if rule is None:
            return None
        turn.takes_seconds = max(turn.takes_seconds, rule.takes_seconds)
        if not (rule.status or rule.has_body):
            return None
        turn.notes.append("as mock.yaml says")
        return self._answer(asked, rule)

    def _answer(self, asked: Asked, rule: OperationRule) -> Answer | Refusal:
        status, headers = rule.status or asked.practice.status, tuple(rule.headers.items())
        if rule.has_body:
            kind = asked.practice.content_type
            return _typed(status, headers, kind, json_bytes(rule.body))
        if status >= FAILING:
            says = "The mock was told to answer so."
            return Refusal(status=status, code="overridden", says=says, headers=headers, exact=True)
        media = json_media(asked.operation.response(status))
        if media is None:
            return Answer(status=status, headers=headers)
        body = written(self._bodies.of_media(media, {}), media.type)
        return _typed(status, headers, media.type, body)


def _typed(status: int, headers: Headers, kind: str, body: bytes) -> Answer:
    if not any(name.lower() == "content-type" for name, _ in headers):
        headers = (("Content-Type", kind), *headers)
    return Answer(status=status, headers=headers, body=body)
