"""A plain callable as a vendor: for specimens, and for whoever proves a check of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from verifier.model import Failure, FailureKind, Outgoing, Reply, Request, Response, TlsFacts
from verifier.wire.address import split

__all__ = ["HandlerTransport"]


class HandlerTransport:
    """
    Implements the port ``Transport`` on a function; requests sent together are answered in order.

    A fault of the function is not the wire's: what it raises is raised.

    Args:
        answer: Gets each request with its credential in the headers, and answers it; a failure
            stands for what the wire might do.
    """

    def __init__(self, answer: Callable[[Request], Response | Failure]) -> None:
        self._answer = answer

    async def send(self, outgoing: Outgoing) -> Reply:
        """Ask the function; a HEAD is given no body, as on a wire."""
        _, target = split(outgoing.url)
        path, _, query = target.partition("?")
        response = self._answer(
            Request(
                method=outgoing.method,
                path=path,
                query=query,
                headers=outgoing.headers,
                body=outgoing.body,
            )
        )
        if isinstance(response, Failure):
            return Reply(failure=response)
        if outgoing.method == "HEAD" and response.body:
            response = replace(response, body=b"", size_bytes=0)
        if response.size_bytes < 0:
            response = replace(response, size_bytes=len(response.body))
        return Reply(response=response)

    async def send_together(self, outgoing: Sequence[Outgoing]) -> tuple[Reply, ...]:
        """Ask the function once for each, in order."""
        return tuple([await self.send(one) for one in outgoing])

    async def abandon(self, outgoing: Outgoing) -> Reply:
        """Ask the function, and drop its answer."""
        await self.send(outgoing)
        says = "we took no notice of the answer"
        return Reply(failure=Failure(kind=FailureKind.ABANDONED, says=says, phase="wait"))

    async def inspect(self, url: str) -> TlsFacts:
        """What the function has as its attribute ``tls``; there is no wire, so there is no TLS."""
        facts = getattr(self._answer, "tls", None)
        return facts if isinstance(facts, TlsFacts) else TlsFacts(secure=False, says="in process")

    async def close(self) -> None:
        """Nothing to give back."""
