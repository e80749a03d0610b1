"""One request on its way through the stages."""

from __future__ import annotations

from dataclasses import dataclass, field

from verifier.mocking.asked import Asked
from verifier.mocking.outcome import Outcome
from verifier.mocking.principals import Caller
from verifier.mocking.refusal import Refusal
from verifier.model import Draft, Operation
from verifier.validating import Violation
from verifier.wire import Answer, Incoming

__all__ = ["Turn"]


@dataclass(slots=True, kw_only=True)
class Turn:
    """
    What is known of a request so far. Each stage adds its part; hooks may change any of it.

    Args:
        serial: Counts the requests of this mock.
        now: When it is dealt with, by the vendor's clock: seconds since the epoch.
        path, query: The target, still percent-encoded.
        raw_path: Path variable to its text, still percent-encoded.
        operation: None where there is nothing at the path, or not under this method.
        asked: The request as it was understood; there once it was read.
        violations: In which the request is not what the document asks for.
        decision: What is to be done; once there is one, the stages that decide are over.
        answer: What is sent; there once the decision was put into words.
        notes: What was decided and why, a word or a sentence each, for the ledger.
    """

    incoming: Incoming
    serial: int
    now: float
    path: str = ""
    query: str = ""
    raw_path: dict[str, str] = field(default_factory=dict)
    operation: Operation | None = None
    caller: Caller | None = None
    draft: Draft | None = None
    asked: Asked | None = None
    violations: tuple[Violation, ...] = ()
    decision: Outcome | Refusal | Answer | None = None
    answer: Answer | None = None
    notes: list[str] = field(default_factory=list)
