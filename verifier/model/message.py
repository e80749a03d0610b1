"""What goes out on the wire, secrets included, and what comes back; never stored as it is."""

from __future__ import annotations

from dataclasses import dataclass, field

from verifier.model.evidence import Failure, Headers, Response, Timing

__all__ = ["Outgoing", "Reply"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
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
    headers: Headers = field(default=(), repr=False)
    body: bytes = field(default=b"", repr=False)
    timeout_seconds: float = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """Exactly one of ``response`` and ``failure`` is set."""

    response: Response | None = None
    failure: Failure | None = None
    timing: Timing = field(default_factory=Timing)
