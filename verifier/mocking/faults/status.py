"""An error is answered, in the shape that the document gives to errors.

Imitates an outage (503, 502, 500), or a refusal (400, 404, 409, 422). Nothing is done, unless
``committed`` says so: then it was done, and an error is answered all the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from verifier.mocking.fault import Play, bounded
from verifier.mocking.refusal import Refusal
from verifier.wire import Answer
from verifier.wire.rendering import reason

__all__ = ["Options", "after", "before"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """
    What is answered.

    Args:
        status: Of the answer.
        code: For machines; empty takes the status' own name.
        retry_after: Value of the header Retry-After; empty leaves it out.
        committed: Whether what was asked was done first.
    """

    status: int = bounded(503, least=300, most=599)
    code: str = ""
    retry_after: str = ""
    committed: bool = False


def before(play: Play) -> Refusal | None:
    """Refuse."""
    return None if play.options.committed else _refusal(play.options)


def after(play: Play, answer: Answer) -> Answer:
    """Refuse, after it was done."""
    return play.say(_refusal(play.options)) if play.options.committed else answer


def _refusal(options: Options) -> Refusal:
    title = reason(options.status) or "Error"
    return Refusal(
        status=options.status,
        code=options.code or title.lower().replace(" ", "_"),
        says=f"{title}: a fault that was asked for.",
        headers=(("Retry-After", options.retry_after),),  # an empty one is not sent
        exact=True,
    )
