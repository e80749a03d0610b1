"""Carry a flow's steps out, and turn what it returns into an outcome."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from verifier.errors import InternalError
from verifier.model import (
    Abandon,
    Clock,
    Create,
    Draw,
    Exchange,
    Existing,
    Finding,
    Flow,
    Inspect,
    Level,
    Pause,
    Send,
    Status,
    Transport,
    Vendor,
)
from verifier.probing.sender import Sender
from verifier.probing.world import World

__all__ = ["Stagehand", "status_of"]


class Stagehand:
    """Answers the steps of one flow after the other."""

    def __init__(
        self,
        vendor: Vendor,
        sender: Sender,
        world: World,
        transport: Transport,
        clock: Clock,
    ) -> None:
        self._vendor = vendor
        self._sender = sender
        self._world = world
        self._transport = transport
        self._clock = clock

    async def play(self, flow: Flow, purpose: str) -> tuple[Finding, ...]:
        """Run a flow to its end; what a step raises ends it."""
        try:
            step = next(flow)
            while True:
                step = flow.send(await self._answer(step, purpose))
        except StopIteration as done:
            return tuple(done.value or ())
        finally:
            flow.close()

    async def _answer(self, step: Any, purpose: str) -> Any:
        match step:
            case Send(request):
                return self._noted(await self._sender.send(request, purpose))
            case tuple():
                sent = await self._sender.send_together([s.request for s in step], purpose)
                return tuple(self._noted(exchange) for exchange in sent)
            case Draw():
                return await self._world.draw(step, purpose)
            case Create():
                return await self._world.create(step, purpose)
            case Existing():
                return await self._world.existing(step.resource, purpose)
            case Pause(seconds):
                return await self._clock.sleep(seconds)
            case Abandon(request):
                return await self._sender.abandon(request, purpose)
            case Inspect():
                return await self._transport.inspect(self._vendor.base_url)
        raise InternalError(f"a check asked for {type(step).__name__}, which is no step")

    def _noted(self, exchange: Exchange) -> Exchange:
        self._world.settle(exchange)
        return exchange


def status_of(findings: Iterable[Finding]) -> Status:
    """The word for a set of findings."""
    levels = {finding.level for finding in findings}
    if Level.FAIL in levels:
        return Status.FAIL
    if Level.REVIEW in levels:
        return Status.REVIEW
    return Status.WARNING if Level.WARNING in levels else Status.PASS
