"""Passes a request on and its answer back: not a byte of either body is changed."""

from __future__ import annotations

from collections.abc import Iterable

from verifier.model import Failure, FailureKind, Headers, Outgoing, Reply, Response
from verifier.wire import Answer, Client, Incoming

__all__ = ["Relay"]

# What belongs to one connection and not to the message (RFC 9110, 7.6.1); the wire writes its own.
HOP_BY_HOP = frozenset(
    {
        "connection",
        "expect",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
TIMEOUT_SECONDS = 120.0


class Relay:
    """
    The way to a vendor and back.

    Args:
        base_url: Of the vendor; what is asked here is asked below it.
        client: Keeps bodies as they are on the wire.
    """

    def __init__(self, base_url: str, client: Client) -> None:
        self.base_url = base_url.rstrip("/")
        self._client = client

    async def ask(self, incoming: Incoming) -> Reply:
        """What the vendor says."""
        return await self._client.send(
            Outgoing(
                method=incoming.method,
                url=f"{self.base_url}{incoming.target}",
                headers=_passed(incoming.headers, ("host", "content-length")),
                body=incoming.body,
                timeout_seconds=TIMEOUT_SECONDS,
            )
        )

    async def close(self) -> None:
        """Give the connections back."""
        await self._client.close()


def answer_of(response: Response) -> Answer:
    """An answer as it came."""
    return Answer(
        status=response.status,
        reason=response.reason,
        headers=_passed(response.headers, ()),
        body=response.body,
    )


def trouble_of(failure: Failure) -> Answer:
    """What a client is told where the vendor gave no answer (RFC 9110, 15.6.3 and 15.6.5)."""
    status = 504 if failure.kind is FailureKind.TIMEOUT else 502
    told = f"The vendor gave no answer: {failure.says} ({failure.kind.value}).\n"
    headers = (("Content-Type", "text/plain; charset=utf-8"), ("X-Verifier-Proxy", "no answer"))
    return Answer(status=status, headers=headers, body=told.encode())


def _passed(headers: Headers, also: Iterable[str]) -> Headers:
    named = {
        part.strip().lower()
        for name, value in headers
        if name.lower() == "connection"
        for part in value.split(",")
    }
    dropped = HOP_BY_HOP | named | set(also)
    return tuple(header for header in headers if header[0].lower() not in dropped)
