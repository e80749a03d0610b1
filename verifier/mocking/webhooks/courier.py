"""Carries messages: the only part of the webhooks that touches a network."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct, field

from verifier.errors import VerifierError
from verifier.mocking.webhooks.message import Message
from verifier.mocking.webhooks.outbox import Outbox
from verifier.mocking.webhooks.seal import Seal
from verifier.model import Headers, Outgoing

if TYPE_CHECKING:
    from verifier.wire import Client

__all__ = ["Courier"]


class Courier(Struct):
    """
    Sends what is due.

    Args:
        sign: Gives the headers that an attempt is signed with.
        now: The mock's clock: seconds since the epoch.
    """

    outbox: Outbox
    seal: Seal
    now: Callable[[], float]
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def deliver(self) -> int:
        """Try everything that is due now, in its order; gives the number of attempts."""
        with self._turn:
            ready = list(self.outbox.due(self.now()))
            if ready:
                asyncio.run(self._carry(ready))
            return len(ready)

    async def _carry(self, messages: list[Message]) -> None:
        from verifier.wire import Client  # start-up time

        client = Client()
        try:
            for message in messages:
                await self._try(client, message)
        finally:
            await client.close()

    async def _try(self, client: Client, message: Message) -> None:
        now = self.now()
        self.outbox.attempt(message)
        headers: Headers = (
            ("Content-Type", "application/json"),
            ("User-Agent", "verifier-mock"),
            *message.headers,
        )
        signed = self.outbox.signed(message, self.seal.sign(message, now))
        names = {name.lower() for name, _ in signed}
        kept = tuple(header for header in headers if header[0].lower() not in names)
        outgoing = Outgoing(
            method="POST",
            url=message.url,
            headers=(*kept, *signed),
            body=message.body,
            timeout_seconds=self.outbox.dialect.timeout_seconds,
        )
        try:
            reply = await client.send(outgoing)
        except VerifierError as error:
            self.outbox.settle(message, now, trouble=str(error))
            return
        if reply.response is None:
            says = reply.failure.says if reply.failure else "no answer"
            self.outbox.settle(message, now, trouble=says)
            return
        after = reply.response.header("retry-after") or ""
        self.outbox.settle(message, now, status=reply.response.status, after=after)
