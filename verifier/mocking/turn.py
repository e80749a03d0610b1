"""One request on its way through the stages."""

from __future__ import annotations

from msgspec import Struct, field

from verifier.mocking.asked import Asked
from verifier.mocking.auth.caller import Caller
from verifier.mocking.idempotency import Claim
from verifier.mocking.limits import Reading
from verifier.mocking.outcome import Outcome
from verifier.mocking.refusal import Refusal
from verifier.model import Draft, Operation
from verifier.validating import Violation
from verifier.wire import Answer, Incoming

__all__ = ["Turn"]


class Turn(Struct, kw_only=True):
    """
    What is known of a request so far. Each stage adds its part; hooks may change any of it.

    Args:
        serial: Counts the requests of this mock.
        now: When it is dealt with, by the vendor's clock: seconds since the epoch.
        changed: How much had been done to the state before it.
        path, query: The target, still percent-encoded.
        raw_path: Path variable to its text, still percent-encoded.
        operation: None where there is nothing at the path, or not under this method.
        asked: The request as it was understood; there once it was read.
        readings: What is left of the caller's quotas; empty where nothing is counted.
        claim: What the idempotency key makes of it; None where there is none.
        violations: In which the request is not what the document asks for.
        decision: What is to be done; once there is one, the stages that decide are over.
        executed: Whether acting began, so that there may be an effect.
        takes_seconds: How long dealing with it takes; whoever sends the answer waits so long.
        answer: What is sent; there once the decision was put into words.
        undocumented: In what it was taken that the document does not know; empty for nothing.
        notes: What was decided and why, a word or a sentence each, for the ledger.
    """

    incoming: Incoming
    serial: int
    now: float
    changed: int = 0
    path: str = ""
    query: str = ""
    raw_path: dict[str, str] = field(default_factory=dict)
    operation: Operation | None = None
    caller: Caller | None = None
    draft: Draft | None = None
    asked: Asked | None = None
    violations: tuple[Violation, ...] = ()
    readings: tuple[Reading, ...] = ()
    claim: Claim | None = None
    decision: Outcome | Refusal | Answer | None = None
    executed: bool = False
    takes_seconds: float = 0.0
    answer: Answer | None = None
    undocumented: str = ""
    notes: list[str] = field(default_factory=list)
