"""The default way to a vendor: our own wire client."""

from __future__ import annotations

from collections.abc import Sequence

from verifier.model import Outgoing, Reply, TlsFacts
from verifier.wire import Client

__all__ = ["WireTransport"]


class WireTransport:
    """
    Implements the port ``Transport`` on HTTP/1.1 with nothing in between.

    Args:
        verify: True for the system's authorities, a PEM file of authorities, False for none.
    """

    def __init__(self, *, verify: bool | str = True) -> None:
        self._client = Client(verify=verify)

    async def send(self, outgoing: Outgoing) -> Reply:
        """Send one request and read its whole answer."""
        return await self._client.send(outgoing)

    async def send_together(self, outgoing: Sequence[Outgoing]) -> tuple[Reply, ...]:
        """All connections first, then all but the last byte of each, then all last bytes."""
        return await self._client.send_together(outgoing)

    async def abandon(self, outgoing: Outgoing) -> Reply:
        """Reset the connection once the whole request has arrived."""
        return await self._client.abandon(outgoing)

    async def inspect(self, url: str) -> TlsFacts:
        """Shake hands, and say what was seen."""
        return await self._client.inspect(url)

    async def close(self) -> None:
        """Drop all connections."""
        await self._client.close()
