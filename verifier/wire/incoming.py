"""What a server of ours is asked, and what it is told to answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from msgspec import Struct

from verifier.model import Headers
from verifier.wire.delivery import Delivery

__all__ = ["Answer", "Handler", "Incoming"]


class Incoming(Struct, frozen=True, kw_only=True):
    """
    A request as it arrived.

    Args:
        target: Path and query as in the request line, percent-encoding untouched.
        headers: In the order received, names as received.
        peer: Address and port that it came from; empty where there is no socket.
        received: Seconds since the epoch at which its last byte had come.
    """

    method: str
    target: str
    headers: Headers = ()
    body: bytes = b""
    peer: str = ""
    received: float = 0.0

    def header(self, name: str) -> str | None:
        """The first value of a header, whatever its case."""
        wanted, size = name.lower(), len(name)
        for key, value in self.headers:
            if len(key) == size and key.lower() == wanted:
                return value
        return None


class Answer(Struct, frozen=True, kw_only=True):
    """
    What to send. Date, Content-Length and Connection are added where they are missing.

    Args:
        reason: The reason phrase; empty takes the usual one.
        delivery: How to send it; None sends it at once and whole.
    """

    status: int
    headers: Headers = ()
    body: bytes = b""
    reason: str = ""
    delivery: Delivery | None = None


Handler = Callable[[Incoming], Answer | Awaitable[Answer]]
