"""Carry a flow's steps out, and turn what it returns into an outcome."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Generator, Sequence
from itertools import count
from typing import Any, TypeVar, cast

from msgspec import Struct, field

from verifier.errors import InternalError, VerifierError
from verifier.model import (
    Abandon,
    Behave,
    Burst,
    Clean,
    Clock,
    Create,
    Director,
    Draw,
    Exchange,
    Existing,
    Finding,
    Findings,
    Form,
    Fresh,
    Inspect,
    Listen,
    Misbehave,
    Missing,
    Once,
    Pause,
    Receive,
    Request,
    Send,
    Shrink,
    Sweep,
    Tally,
    Tell,
    TokenCall,
    Transport,
    Vendor,
)
from verifier.probing.errand import Errand
from verifier.probing.intents import Intents
from verifier.probing.ledger import Ledger
from verifier.probing.mailbox import Mailbox
from verifier.probing.obstacles import NotTestable, OutOfBudget
from verifier.probing.sender import Sender
from verifier.probing.world import World

__all__ = ["Heard", "Interrupted", "Play", "Stagehand"]

Playing = Generator[Any, Any, Findings | None]
UNAUTHORIZED = 401
CLEAN_UP = "clean-up"
T = TypeVar("T")


class Interrupted(Exception):  # noqa: N818
    """The run ends before the flow did."""


class Play(Struct, frozen=True, kw_only=True):
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
    def of(cls, findings: tuple[Finding, ...], heard: Heard, *, ours: bool) -> Play:
        """Leave out what rests on a request that got no answer: the wire is not the vendor."""
        silent = {e.id: e for e in heard.exchanges if e.failure is not None}
        sound = tuple(f for f in findings if silent.keys().isdisjoint(f.evidence))
        obstacle = ""
        if silent:
            first = next(iter(silent.values()))
            obstacle = f"{first.request.method} {first.request.path} {first.answer}"
        elif ours and _all_refused(heard.exchanges):
            obstacle, sound = "our credential was refused (401)", ()
        ids = (*heard.judged, *(e.id for e in heard.exchanges))
        return cls(findings=sound, ids=ids, obstacle=obstacle)


class Heard(Struct):
    """
    What came of a flow's steps so far.

    Args:
        exchanges: Those that an obstacle may be read from.
        judged: Ids of those that the flow judges itself, whatever came of them.
    """

    exchanges: list[Exchange] = field(default_factory=list)
    judged: list[str] = field(default_factory=list)

    def all(self, burst: tuple[Exchange, ...]) -> tuple[Exchange, ...]:
        """Answers that the flow judges itself: refusals are what it looked for."""
        self.judged += [exchange.id for exchange in burst]
        return burst

    def one(self, exchange: Exchange) -> Exchange:
        """An answer that the flow judges itself."""
        self.judged.append(exchange.id)
        return exchange

    def take(self, step: Send, exchange: Exchange) -> None:
        """One more answer, or none."""
        if step.judged or step.tidying:
            self.judged.append(exchange.id)
        else:
            self.exchanges.append(exchange)


class _Part(Struct):
    """What came of a part that several flows share, and which of them know it."""

    gave: Any = None
    missing: NotTestable | None = None
    given: set[str] = field(default_factory=set)


class Stagehand:
    """Answers the steps of flows, each for an errand."""

    def __init__(
        self,
        vendor: Vendor,
        sender: Sender,
        world: World,
        transport: Transport,
        clock: Clock,
        ledger: Ledger,
        intents: Intents,
        mailbox: Mailbox,
        director: Director | None,
    ) -> None:
        self._ledger = ledger
        self._intents = intents
        self._vendor = vendor
        self._sender = sender
        self._world = world
        self._transport = transport
        self._clock = clock
        self._director = director
        self._mailbox = mailbox
        self._cut: list[tuple[Playing, Errand]] = []
        self._parts: dict[str, _Part] = {}
        self._playing: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def play(self, flow: Playing, errand: Errand) -> Play:
        """
        Run a flow to its end.

        What a step raises is raised inside the flow, which may tidy up before it lets it through.
        """
        heard = Heard()
        errand.story = None
        try:
            step = next(flow)
            while True:
                step = _next(flow, *await self._tried(step, errand, heard))
        except StopIteration as done:
            return Play.of(tuple(done.value or ()), heard, ours=bool(self._vendor.principals))
        except asyncio.CancelledError:
            self._cut.append((flow, errand))
            raise

    async def clean_up(self, *, by: str = "") -> None:
        """Remove what the run created, or what one check did; this is not counted."""
        errand = Errand(CLEAN_UP, free=True)

        async def send(request: Request) -> Exchange:
            return await self._sender.send(request, errand)

        await self._ledger.clean_up(send, by=by)

    async def look(self) -> None:
        """Look for what was sent to be created, and nobody knows what came of it."""
        errand = Errand(CLEAN_UP, numbers=count(), free=True)
        await self._intents.look(lambda flow: self._carried(flow, errand, Heard()))

    async def tidy(self) -> None:
        """Let flows that were cut off by an interruption tidy up what they wrote down for that."""
        while self._cut:
            flow, errand = self._cut.pop()
            try:
                step = flow.throw(Interrupted())
                while True:
                    step = _next(flow, *await self._tried(step, errand, Heard()))
            except (Interrupted, StopIteration, VerifierError, NotTestable):
                continue

    async def _tried(self, step: Any, errand: Errand, heard: Heard) -> tuple[Any, Exception | None]:
        """What came of a step, or what it raised."""
        try:
            return await self._answer(step, errand, heard), None
        except Exception as error:  # noqa: BLE001  (it is raised again, inside the flow)
            return None, error

    async def _answer(self, step: Any, errand: Errand, heard: Heard) -> Any:
        match step:
            case Send() | tuple() | Abandon() | Burst() | TokenCall():
                return await self._sent(step, errand, heard)
            case Once():
                return await self._played_once(step, errand, heard)
            case Tally():
                return self._sender.counting.tallied()
            case Inspect():
                return await self._transport.inspect(self._vendor.base_url)
            case Pause(seconds):
                return await self._clock.sleep(seconds)
            case Clean():
                return await self.clean_up(by=errand.purpose)
            case Misbehave() | Behave():
                return self._directed(step, errand)
            case Tell(story):
                errand.story = story
                return None
            case Missing(reason=reason, supply=supply):
                raise NotTestable(reason, supply)
        return await self._provided(step, errand)

    async def _played_once(self, step: Once, errand: Errand, heard: Heard) -> Any:
        """What came of a part of a flow, played now or for another check before."""
        async with self._playing[step.name]:
            known = self._parts.get(step.name)
            if known is None or errand.purpose in known.given:
                known = self._parts[step.name] = await self._part(step, errand, heard)
            known.given.add(errand.purpose)
        if known.missing is not None:
            raise NotTestable(known.missing.reason, known.missing.supply)
        return known.gave

    async def _part(self, step: Once, errand: Errand, heard: Heard) -> _Part:
        try:
            return _Part(gave=await self._carried(step.part(), errand, heard))
        except NotTestable as missing:
            return _Part(missing=missing)

    async def _carried(self, part: Generator[Any, Any, T], errand: Errand, heard: Heard) -> T:
        """What comes of a part of a flow."""
        try:
            step = next(part)
            while True:
                step = _next(part, *await self._tried(step, errand, heard))
        except StopIteration as done:
            return cast(T, done.value)

    async def _sent(
        self,
        step: Send | tuple[Send, ...] | Abandon | Burst | TokenCall,
        errand: Errand,
        heard: Heard,
    ) -> Any:
        """Steps that go to the vendor as they are."""
        if isinstance(step, Abandon):
            return await self._sender.abandon(step.request, errand)
        if isinstance(step, Burst):
            return heard.all(await self._sender.burst(step, errand))
        if isinstance(step, TokenCall):
            return heard.one(await self._sender.call(step, errand))
        if isinstance(step, tuple):
            sent = await self._sender.send_together([s.request for s in step], errand)
            for one, exchange in zip(step, sent, strict=True):
                heard.take(one, exchange)
            return sent
        exchange = await self._sender.send(
            step.request,
            errand,
            free=step.tidying,
            judged=step.judged,
            timeout_seconds=step.timeout_seconds,
        )
        heard.take(step, exchange)
        return exchange

    def _directed(self, step: Misbehave | Behave, errand: Errand) -> Any:
        """Steps that only a mock can take."""
        if self._director is None:
            raise NotTestable("a vendor does not misbehave on request", "--mock")
        if isinstance(step, Behave):
            return self._director.withdraw(step.scripted)
        errand.staged = True
        return self._director.script(step.script)

    async def _drawn(self, step: Draw, errand: Errand) -> Any:
        """A request, or None where none can be made and the flow goes on without."""
        try:
            return await self._world.draw(step, errand)
        except OutOfBudget:
            raise
        except NotTestable:
            if step.or_none:
                return None
            raise

    async def _provided(self, step: Any, errand: Errand) -> Any:
        """Steps that are answered out of what the run knows, or hears, of the vendor."""
        match step:
            case Listen(reactions=reactions):
                return await self._mailbox.open(reactions, errand.purpose)
            case Receive():
                return await self._mailbox.wait(step.hook, step.within_seconds, step.count)
            case Draw():
                return await self._drawn(step, errand)
            case Sweep():
                return await self._world.sweep(step, errand)
            case Shrink(case):
                return self._world.smaller(case, errand)
            case Create():
                return await self._world.create(step, errand)
            case Existing():
                return await self._world.existing(step.resource, errand)
            case Fresh(longest):
                return self._world.fresh(errand, longest)
        raise InternalError(f"a check asked for {type(step).__name__}, which is no step")


def _next(flow: Generator[Any, Any, Any], came: Any, error: Exception | None) -> Any:
    """The flow's next step; StopIteration where there is none."""
    return flow.send(came) if error is None else flow.throw(error)


def _all_refused(heard: Sequence[Exchange]) -> bool:
    """Whether our credential, sent as it is, was refused each time that it was sent."""
    ours = [e for e in heard if e.request.identity.form is Form.INTACT]
    return bool(ours) and all(e.status == UNAUTHORIZED for e in ours)
