"""Deliveries from within the process: from a specimen, or a test."""

from __future__ import annotations

from typing import Any

from verifier.model import Arrival, Headers, Take

__all__ = ["HandlerReceiver"]

HERE = "http://receiver.test"


class HandlerReceiver:
    """
    Implements the port ``Receiver``; ``deliver`` is how something is brought.

    Args:
        vendor: Is given ``deliver`` as an attribute of that name, if it has room for one.
    """

    everywhere = True

    def __init__(self, vendor: Any = None) -> None:
        self._take: Take | None = None
        if hasattr(vendor, "deliver"):
            vendor.deliver = self.deliver

    async def open(self, take: Take) -> str:
        """Take deliveries from now on."""
        self._take = take
        return HERE

    async def close(self) -> None:
        """Take none any more."""
        self._take = None

    def deliver(
        self, url: str, body: bytes, headers: Headers = (), *, received: float = 0.0
    ) -> int:
        """Bring something to a hook's address; gives the status that it is answered with."""
        if self._take is None:
            return 0
        target = url.removeprefix(HERE)
        arrival = Arrival(
            method="POST", target=target, headers=headers, body=body, received=received
        )
        return self._take(arrival).status
