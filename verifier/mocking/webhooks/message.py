"""An event on its way to one address."""

from __future__ import annotations

from msgspec import Struct, field

from verifier.model import Headers

__all__ = ["Attempt", "Message"]


class Attempt(Struct, frozen=True, kw_only=True):
    """
    One try.

    Args:
        moment: By the mock's clock.
        status: What was answered; 0 where nothing was.
        trouble: Why nothing was; empty where something was.
    """

    number: int
    moment: float
    status: int = 0
    trouble: str = ""


class Message(Struct, kw_only=True):
    """
    An event for one address.

    Args:
        id: The same on every attempt.
        event: Name of the event, such as ``invoice.paid``.
        headers: Beside those of the signature.
        subscription: Id of the row that asked for it; empty for a fixed address.
        due: When it is to be tried next; None once it is not.
        state: ``waiting``, ``delivered``, ``failed``, ``refused`` (410), or ``kept`` (for a host
            that nothing is sent to).
    """

    id: str
    event: str
    url: str
    body: bytes
    headers: Headers
    secret: str
    created: float
    subscription: str = ""
    due: float | None = None
    state: str = "waiting"
    attempts: list[Attempt] = field(default_factory=list)
