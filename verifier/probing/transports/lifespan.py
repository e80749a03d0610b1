"""Start and stop of an ASGI application, as a server does it (ASGI lifespan protocol 2.0)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

__all__ = ["Application", "Lifespan", "Message"]

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]
MOST_SECONDS = 30.0
log = logging.getLogger(__name__)


class Lifespan:
    """
    Starts and stops one application; one that knows no lifespan simply runs.

    Args:
        application: Any callable of scope, receive and send.
    """

    def __init__(self, application: Application) -> None:
        self._application = application
        self._events: asyncio.Queue[Message] = asyncio.Queue()
        self._answered = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.state: dict[str, Any] = {}
        self.refusal = ""

    async def start(self) -> None:
        """Wait until it has started; ``refusal`` says why it has not."""
        self._task = asyncio.create_task(self._run())
        await self._tell("lifespan.startup", "it did not start")

    async def stop(self) -> None:
        """Wait until it has stopped."""
        if self._task is None:
            return
        if not self._task.done():
            await self._tell("lifespan.shutdown", "")
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _tell(self, event: str, late: str) -> None:
        self._answered.clear()
        self._events.put_nowait({"type": event})
        try:
            async with asyncio.timeout(MOST_SECONDS):
                await self._answered.wait()
        except TimeoutError:
            self.refusal = late and f"{late} within {MOST_SECONDS:g} seconds"

    async def _run(self) -> None:
        scope = {
            "type": "lifespan",
            "asgi": {"version": "3.0", "spec_version": "2.0"},
            "state": self.state,
        }
        try:
            await self._application(scope, self._events.get, self._send)
        except Exception as error:  # noqa: BLE001  (the protocol: who raises knows no lifespan)
            log.debug("no lifespan: %s", error)
        finally:
            self._answered.set()

    async def _send(self, message: Message) -> None:
        if message["type"] == "lifespan.startup.failed":
            self.refusal = f"the application did not start: {message.get('message', '')}"
        self._answered.set()
