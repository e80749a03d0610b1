"""Carry a flow's steps out, and turn what it returns into an outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
    Form,
    Fresh,
    Inspect,
    Missing,
    Pause,
    Send,
    Transport,
    Vendor,
)
from verifier.probing.sender import Sender
from verifier.probing.world import NotTestable, World

__all__ = ["Play", "Stagehand"]

UNAUTHORIZED = 401


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """
    What one run of a flow gave.

    Args:
        findings: Those that rest on answers.
        ids: All exchanges that the flow asked for.
        obstacle: Why silence says nothing: no answer came, or our credential was refused.
    """

    findings: tuple[Finding, ...]
    ids: tuple[str, ...]
    obstacle: str

    @classmethod
    def of(cls, findings: tuple[Finding, ...], heard: Sequence[Exchange], *, ours: bool) -> Play:
        """Leave out what rests on a request that got no answer: the wire is not the vendor."""
        silent = {e.id: e for e in heard if e.failure is not None}
        sound = tuple(f for f in findings if silent.keys().isdisjoint(f.evidence))
        obstacle = ""
        if silent:
            first = next(iter(silent.values()))
            obstacle = f"{first.request.method} {first.request.path} {first.answer}"
        elif ours and _all_refused(heard):
            obstacle, sound = "our credential was refused (401)", ()
        return cls(findings=sound, ids=tuple(e.id for e in heard), obstacle=obstacle)


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

    async def play(self, flow: Flow, purpose: str) -> Play:
        """Run a flow to its end; what a step raises ends it."""
        heard: list[Exchange] = []
        try:
            step = next(flow)
            while True:
                step = flow.send(await self._answer(step, purpose, heard))
        except StopIteration as done:
            return Play.of(tuple(done.value or ()), heard, ours=bool(self._vendor.principals))
        finally:
            flow.close()

    async def _answer(self, step: Any, purpose: str, heard: list[Exchange]) -> Any:
        match step:
            case Send(request):
                heard.append(await self._sender.send(request, purpose))
                return heard[-1]
            case tuple():
                sent = await self._sender.send_together([s.request for s in step], purpose)
                heard.extend(sent)
                return sent
            case Abandon(request):
                return await self._sender.abandon(request, purpose)
            case Inspect():
                return await self._transport.inspect(self._vendor.base_url)
            case Pause(seconds):
                return await self._clock.sleep(seconds)
            case Missing(reason=reason, supply=supply):
                raise NotTestable(reason, supply)
        return await self._provided(step, purpose)

    async def _provided(self, step: Any, purpose: str) -> Any:
        """Steps that are answered out of what the run knows of the vendor."""
        match step:
            case Draw():
                return await self._world.draw(step, purpose)
            case Create():
                return await self._world.create(step, purpose)
            case Existing():
                return await self._world.existing(step.resource, purpose)
            case Fresh(longest):
                return self._world.fresh(longest)
        raise InternalError(f"a check asked for {type(step).__name__}, which is no step")


def _all_refused(heard: Sequence[Exchange]) -> bool:
    """Whether our credential, sent as it is, was refused each time that it was sent."""
    ours = [e for e in heard if e.request.identity.form is Form.INTACT]
    return bool(ours) and all(e.status == UNAUTHORIZED for e in ours)
