"""What goes out on the wire, secrets included, and what comes back; never stored as it is."""

from __future__ import annotations

from msgspec import Struct, field

from verifier.model.evidence import Failure, Headers, Response, Timing

__all__ = ["Outgoing", "Reply"]


class Outgoing(Struct, frozen=True, kw_only=True):
    """
    A request ready for a transport.

    Args:
        url: Absolute, percent-encoded.
        headers: In the order to send; a transport adds only Host, Content-Length and what its
            protocol needs, and never repeats one that is given.
        body: Kept out of ``repr``, as the headers are: they may hold secrets.
    """

    method: str
    url: str
    headers: Headers = ()
    body: bytes = b""
    timeout_seconds: float = 30.0

    def __repr__(self) -> str:
        return f"Outgoing(method={self.method!r}, url={self.url!r})"


class Reply(Struct, frozen=True, kw_only=True):
    """Exactly one of ``response`` and ``failure`` is set."""

    response: Response | None = None
    failure: Failure | None = None
    timing: Timing = field(default_factory=Timing)
