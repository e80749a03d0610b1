"""A mock vendor and everything by which it is directed: scripts, clock, ledger, ways in."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any

from verifier.errors import UsageError, VerifierError, nearest
from verifier.mocking.carrying import carried
from verifier.mocking.clock import MovableClock
from verifier.mocking.doors.asgi import Application, asgi
from verifier.mocking.ledger import Ledger
from verifier.mocking.making import Place
from verifier.mocking.scribe import Scribe
from verifier.mocking.script import Script, Scripts
from verifier.mocking.stagehand import Stagehand
from verifier.mocking.state import Row
from verifier.mocking.vendor import UNSAID, MockVendor
from verifier.mocking.webhooks import Courier, Rounds
from verifier.model import Contract, MockProfile, Principal, Resource
from verifier.wire import Answer, Incoming, Server, serve, serve_in_thread

if TYPE_CHECKING:
    from verifier.mocking.doors.in_process import InProcess

__all__ = ["Mock"]


class Mock:
    """
    A mock vendor that is directed.

        with verifier.mock("openapi.yaml") as mock:
            mock.fail("createInvoice", times=2, status=503)
            ...                                     # your client, pointed at mock.url
            assert len(mock.ledger.effects("createInvoice")) == 1

    Used in ``with`` it listens on a socket; in a process it is asked through ``transport()`` or
    ``asgi``. A block that ends well, while a script was not consumed, raises UsageError: what was
    to be shown was not. What one of ``fronts`` answers is none of the vendor's business.

    Args:
        principals: Whom it knows; None makes up ``full``, ``reader`` and ``other`` (of another
            tenant). Their secrets are the mock's own, in ``secrets``.
        seed: Same seed, same requests and same scripts: same answers.
        misbehaviours: Names of lasting defects.
        profile: How it is to behave where the document leaves it open.
        clock: Its time; None flows with the machine's.
        strict: Whether a block that leaves scripts unconsumed raises.
    """

    def __init__(
        self,
        contract: Contract,
        *,
        principals: Sequence[Principal] | None = None,
        seed: int = 0,
        misbehaviours: Sequence[str] = (),
        profile: MockProfile = UNSAID,
        clock: MovableClock | None = None,
        strict: bool = True,
    ) -> None:
        self._principals = principals
        self._seed = seed
        self.misbehaviours = tuple(misbehaviours)
        self._profile = profile
        self._strict = strict
        self._lock = threading.RLock()
        self._open: ExitStack | None = None
        self._server: Server | None = None
        self.clock = clock or MovableClock()
        self.fronts: list[Callable[[Incoming], Answer | None]] = []
        self.ledger = Ledger()
        self.scripts = Scripts(contract, seed)
        self._stagehand = Stagehand(self.scripts, self.clock, lambda: self.vendor)
        self.vendor = self._made(contract)
        self._rounds = self._begun()
        self._scribe = Scribe(self.ledger)

    def _made(self, contract: Contract) -> MockVendor:
        return MockVendor(
            contract,
            principals=self._principals,
            seed=self._seed,
            misbehaviours=self.misbehaviours,
            profile=self._profile,
            hooks=(self._stagehand,),
            now=self.clock.now,
        )

    def _begun(self) -> Rounds:
        vendor = self.vendor
        return Rounds(Courier(vendor.outbox, vendor.seal, self.clock.now), self.clock.advance)

    def adopt(
        self,
        contract: Contract,
        principals: Sequence[Principal] | None,
        profile: MockProfile = UNSAID,
    ) -> None:
        """
        Be the vendor of another edition of its document, and keep what is kept, as far as the
        edition still knows of it. Keys, tokens, counters and waiting events are forgotten.

        Raises:
            VerifierError: It cannot behave as the profile says; the mock is as before.
        """
        with self._lock:
            before = self._principals, self._profile
            self._principals, self._profile = principals, profile
            try:
                made = self._made(contract)
            except VerifierError:
                self._principals, self._profile = before
                raise
            old, self.vendor = self.vendor, made
            made.state.take_over(old.state, {r.name for r in contract.resources})
            self.scripts.know(contract)
            self._rounds.stop()
            self._rounds = self._begun()

    @property
    def contract(self) -> Contract:
        """What it was made from."""
        return self.vendor.contract

    @property
    def secrets(self) -> dict[str, dict[str, str]]:
        """Principal to the parts of its credential."""
        return self.vendor.secrets

    def headers(self, principal: str = "") -> dict[str, str]:
        """
        The headers by which a principal is known; the first one's where none is named.

        Raises:
            UsageError: There is no such principal, or its key goes into the query.
        """
        known = {known.name: known for known in self.vendor.principals}
        name = principal or next(iter(known))
        if name not in known:
            mend = nearest(name, known, f"There are {', '.join(known)}.")
            raise UsageError(f"there is no principal '{name}'", mend=mend)
        return carried(known[name], self.secrets[name])

    # Asking

    def answer(self, incoming: Incoming) -> Answer:
        """Answer one request; safe to call from several threads."""
        for people in self.fronts:
            shown = people(incoming)
            if shown is not None:
                return shown
        with self._lock:
            now = self.clock.now()
            entry = self.ledger.open(incoming, now)
            changed = self.vendor.state.changed
            try:
                turn, answer = self.vendor.take(incoming, now)
                own = changed + self._stagehand.changes
                self._scribe.took(entry, turn, self._stagehand.script, self.vendor, own)
            finally:
                self._stagehand.end()
            answer = self._scribe.answered(entry, answer)
        self._rounds.wake()
        return answer

    # Directing

    def fail(
        self,
        operation: str = "*",
        fault: str = "status",
        *,
        times: int = 1,
        after: int = 0,
        every: int = 1,
        window: tuple[float, float] | None = None,
        client: str = "",
        header: str = "",
        probability: float = 1.0,
        **options: Any,
    ) -> Script:
        """
        Let a fault take hold of coming requests; scripts for one operation are played in order.

        Args:
            operation: Its id, or ``"POST /invoices"``; ``*`` allowed in it.
            fault: Its name; ``verifier faults`` lists them, ``verifier explain NAME`` tells all.
            times: How often; 0 is without end.
            after: So many requests are let pass first.
            every: Only at every so manieth request.
            window: From when to when, in seconds of the mock's clock from now.
            client: Only requests of this principal.
            header: Only requests with this header, ``"X-Test: 7"``.
            probability: With which it takes hold, by a seeded die.
            options: Of the fault: ``status=503``.

        Raises:
            UsageError: It cannot be; the message names the nearest that can.
        """
        when: dict[str, Any] = {"operation": operation, "times": times, "after": after}
        when |= {"every": every, "client": client, "header": header, "probability": probability}
        if window is not None:
            when["window"] = window
        with self._lock:
            return self.scripts.write(fault, options, self.clock.now(), **when)

    def script(self, written: Mapping[str, Any]) -> Script:
        """
        The same, from a mapping as a file or the control API has it: ``fault``, ``with`` (its
        options), and the fields of ``fail``.
        """
        with self._lock:
            return self.scripts.read(written, self.clock.now())

    def withdraw(self, scripted: Script) -> None:
        """Forget a script, whether it was played or not."""
        with self._lock:
            self.scripts.remove(scripted)

    def advance(self, seconds: float) -> float:
        """Move the clock on; what is due on the way happens first. Gives the new time."""
        return self._rounds.advance(seconds)

    def refuse(self, seconds: float) -> None:
        """Drop every client, and take no connection for so many (real) seconds."""
        if self._server is None:
            raise UsageError(
                "a mock that does not listen cannot refuse connections",
                mend="Use it in 'with', or script the fault 'refuse'.",
            )
        self._server.refuse(seconds)

    def reset(self) -> None:
        """Begin again: as it was made, with an empty ledger and no scripts; the clock goes on."""
        with self._lock:
            self._rounds.stop()
            self.vendor = self._made(self.contract)
            self._rounds = self._begun()
            self.ledger.clear()
            self.scripts.clear()

    def rows(self, resource: str) -> list[Row]:
        """
        What is kept of a resource, of every tenant.

        Raises:
            UsageError: The document has no such resource.
        """
        return list(self.vendor.state.everyones(self._resource(resource).name))

    def seed(
        self, resource: str, items: Sequence[Mapping[str, Any]], *, tenant: str | None = None
    ) -> list[Row]:
        """
        Keep items that were always there, what they lack filled in.

        Args:
            resource: Its name, as ``verifier inspect`` shows it.
            items: Representations, or parts of them; one without an id gets one.
            tenant: Whose they are; None takes the first principal's.

        Raises:
            UsageError: The document has no such resource, or an item is none.
        """
        kind = self.vendor.practices.kinds.of(self._resource(resource))
        if not all(isinstance(item, Mapping) for item in items):
            raise UsageError("an item is no object", mend='Give objects: [{"name": "Ada"}].')
        first = self.vendor.principals[0]
        place = Place(first.tenant if tenant is None else tenant, {}, "", first.name)
        now = self.clock.now()
        with self._lock:
            rows = [
                self.vendor.making.make(kind, item, place, now, kind.id_in(item)) for item in items
            ]
            for row in rows:
                self.vendor.state.put(row)
        return rows

    def _resource(self, name: str) -> Resource:
        known = [resource.name for resource in self.contract.resources]
        if name in known:
            return self.contract.resource(name)
        mend = nearest(name, known, f"There are {', '.join(known)}.")
        raise UsageError(f"there is no resource '{name}'", mend=mend)

    @property
    def unconsumed(self) -> tuple[Script, ...]:
        """Scripts that took hold less often than they were written for."""
        return self.scripts.unconsumed

    # Ways in

    def transport(self, *, instant: bool = False) -> InProcess:
        """
        A transport for ``httpx.Client`` and ``httpx.AsyncClient``, without a socket.

        Args:
            instant: What a fault waits moves the mock's clock on, instead of passing.
        """
        from verifier.mocking.doors.in_process import InProcess  # start-up time: httpx

        return InProcess(self, pass_time=self.clock.advance if instant else None)

    @property
    def asgi(self) -> Application:
        """An ASGI application, for whatever serves or tests those."""
        return asgi(self)

    @contextmanager
    def serving(self, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
        """Listen while the block runs, from a thread; gives the address."""
        with serve_in_thread(self.answer, host, port) as server:
            self._server = server
            try:
                yield server.url
            finally:
                self._server = None

    async def listen(self, host: str = "127.0.0.1", port: int = 0) -> Server:
        """Listen from this event loop until the server is closed."""
        self._server = await serve(self.answer, host, port)
        return self._server

    @property
    def url(self) -> str:
        """Its address, while it listens."""
        if self._server is None:
            raise UsageError("the mock does not listen", mend="Use it in 'with'.")
        return self._server.url

    def __enter__(self) -> Mock:
        self._open = ExitStack()
        self._open.enter_context(self.serving())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        opened, self._open = self._open, None
        if opened is not None:
            opened.close()
        left = self.unconsumed
        if error is None and left and self._strict:
            raise UsageError(
                f"{len(left)} scripted fault(s) never took hold: {'; '.join(map(str, left))}",
                mend="Nothing that fits was asked often enough. Correct the script, or the test.",
            )
