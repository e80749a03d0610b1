"""A server of our own that a vendor delivers to."""

from __future__ import annotations

import ssl

from verifier import wire
from verifier.errors import ConfigError
from verifier.model import Arrival, Take

__all__ = ["SocketReceiver"]

MOST_BODY_BYTES = 1024 * 1024
MOST_HEADER_BYTES = 64 * 1024
# No vendor waits so long: it gives up, which is what a reaction without an answer is for.
SILENCE = wire.Delivery(stop_after_bytes=0, end=wire.End.SILENCE)


class SocketReceiver:
    """
    Implements the port ``Receiver`` on a socket.

    Args:
        host: Where to listen; ``0.0.0.0`` is every address of this machine.
        port: 0 takes a free one.
        certificate, key: PEM files to serve https with; empty serves http (a tunnel ends TLS).
    """

    everywhere = False

    def __init__(
        self, *, host: str = "127.0.0.1", port: int = 0, certificate: str = "", key: str = ""
    ) -> None:
        self._host = host
        self._port = port
        self._certificate = certificate
        self._key = key
        self._server: wire.Server | None = None

    async def open(self, take: Take) -> str:
        """Listen, and give the address on this machine."""

        def handle(incoming: wire.Incoming) -> wire.Answer:
            reaction = take(
                Arrival(
                    method=incoming.method,
                    target=incoming.target,
                    headers=incoming.headers,
                    body=incoming.body,
                    peer=incoming.peer,
                    received=incoming.received,
                )
            )
            delivery = wire.Delivery(wait_seconds=reaction.wait_seconds)
            return wire.Answer(
                status=reaction.status or 200,
                headers=reaction.headers,
                body=reaction.body,
                delivery=delivery if reaction.status else SILENCE,
            )

        bounds = wire.Bounds(
            most_header_bytes=MOST_HEADER_BYTES, most_body_bytes=MOST_BODY_BYTES, idle_seconds=15.0
        )
        self._server = await wire.serve(
            handle, self._host, self._port, bounds=bounds, tls=self._context()
        )
        return self._server.url

    async def close(self) -> None:
        """Stop listening."""
        if self._server is not None:
            await self._server.close()
            self._server = None

    def _context(self) -> ssl.SSLContext | None:
        if not self._certificate:
            return None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        try:
            context.load_cert_chain(self._certificate, self._key or None)
        except (OSError, ssl.SSLError) as error:
            raise ConfigError(
                f"no https can be served with it: {getattr(error, 'strerror', '') or error}",
                where=self._certificate,
                mend="Name a certificate and its key in PEM format under 'webhooks'.",
            ) from error
        return context
