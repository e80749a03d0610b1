"""The request as values."""

from __future__ import annotations

from verifier.encoding import DecodeError, Decoder
from verifier.mocking.asked import Asked, named
from verifier.mocking.auth.caller import Caller
from verifier.mocking.practice import Practices
from verifier.mocking.refusal import Refusal
from verifier.mocking.turn import Turn
from verifier.validating import Violation

__all__ = ["Read"]

NOBODY = Caller(name="")


class Read:
    """Reads a request, or says 400 or 415."""

    def __init__(self, practices: Practices) -> None:
        self._practices = practices

    def __call__(self, turn: Turn) -> None:
        """Set what was asked."""
        operation, incoming = turn.operation, turn.incoming
        if operation is None:
            return
        decoder = Decoder.of(operation)
        try:
            draft = decoder.read(turn.raw_path, turn.query, incoming.headers, incoming.body)
        except DecodeError as error:
            code = "unsupported_media_type" if error.status == 415 else "malformed"
            wrong = Violation(path="", says=error.says, keyword=code, part=error.part)
            turn.decision = Refusal(
                status=error.status,
                code=code,
                says=error.says,
                violations=(wrong,) if error.status == 400 else (),
            )
            return
        turn.draft, practice = draft, self._practices.of(operation)
        turn.asked = Asked(
            practice=practice,
            incoming=incoming,
            caller=turn.caller or NOBODY,
            draft=draft,
            path=named(practice.call, draft),
            serial=turn.serial,
        )
