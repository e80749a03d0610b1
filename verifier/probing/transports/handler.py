"""A plain callable as a vendor: for specimens, and for whoever proves a check of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from verifier.model import (
    Failure,
    FailureKind,
    Outgoing,
    Reply,
    Request,
    Response,
    TlsFacts,
)

__all__ = ["HandlerTransport"]


class HandlerTransport:
    """
    Implements the port ``Transport`` on a function; requests sent together are answered in order.

    Args:
        answer: Gets each request with its credential in the headers, and answers it.
    """

    def __init__(self, answer: Callable[[Request], Response]) -> None:
        self._answer = answer

    async def send(self, outgoing: Outgoing) -> Reply:
        """Ask the function."""
        parts = urlsplit(outgoing.url)
        request = Request(
            method=outgoing.method,
            path=parts.path or "/",
            query=parts.query,
            headers=outgoing.headers,
            body=outgoing.body,
        )
        return Reply(response=self._answer(request))

    async def send_together(self, outgoing: Sequence[Outgoing]) -> tuple[Reply, ...]:
        """Ask the function once for each, in order."""
        return tuple([await self.send(one) for one in outgoing])

    async def abandon(self, outgoing: Outgoing) -> Reply:
        """Ask the function, and drop its answer."""
        await self.send(outgoing)
        says = "we cut the connection once the request was on the wire"
        return Reply(failure=Failure(kind=FailureKind.ABANDONED, says=says, phase="wait"))

    async def inspect(self, url: str) -> TlsFacts:
        """There is no wire, so there is no TLS."""
        return TlsFacts(secure=False, says="in process")

    async def close(self) -> None:
        """Nothing to give back."""
