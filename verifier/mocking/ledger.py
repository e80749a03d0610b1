"""What the mock received, decided, committed and answered, in order: the proof of exactly-once."""

from __future__ import annotations

import hashlib
import itertools
import time
from collections import deque
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from typing import NamedTuple

from msgspec import Struct, field

from verifier.model import Headers
from verifier.wire import Delivered, Incoming

__all__ = ["Effect", "Entry", "Ledger", "Step"]

MOST_ENTRIES = 10_000
MOST_BYTES = 64 * 1024 * 1024
LONGEST_BODY_BYTES = 4096
ENTRY_BYTES = 1024


class Step(NamedTuple):
    """
    Something that happened to a request.

    Args:
        order: Counts the steps of all requests: of two, the lower was first.
        kind: ``received``, ``decided``, ``committed``, ``answered`` or ``delivered``.
        seconds: Real seconds since the ledger was begun.
    """

    order: int
    kind: str
    seconds: float
    says: str


class Effect(Struct, frozen=True, kw_only=True):
    """What a request did to the state: ``created``, ``changed`` or ``removed`` something."""

    act: str
    resource: str
    id: str

    def __str__(self) -> str:
        return f"{self.act} {self.resource} {self.id}"


class Entry(Struct, kw_only=True):
    """
    One request. It is filled in as things happen.

    Args:
        serial: Counts the requests.
        moment: When it was received, by the mock's clock: seconds since the epoch.
        headers, body: As received, credentials included; the body cut at 4 KiB.
        size_bytes: Of the whole body.
        operation, operation_id: What was meant; empty where there is nothing of that kind.
        client: Name of the principal; empty for a stranger.
        key: The idempotency key.
        fault: Name of the fault that was played to it; empty where there was none.
        status: What was answered; 0 where nothing was yet.
        delivered: What became of an answer that was not sent at once and whole.
    """

    serial: int
    moment: float
    method: str
    target: str
    headers: Headers = ()
    body: bytes = b""
    size_bytes: int = 0
    peer: str = ""
    operation: str = ""
    operation_id: str = ""
    client: str = ""
    key: str = ""
    fault: str = ""
    status: int = 0
    delivered: Delivered | None = None
    # Plain rows, since few of ten thousand are ever read.
    _done: tuple[tuple[str, str, str], ...] = ()
    _noted: list[tuple[int, str, float, str]] = field(default_factory=list)
    _digest: str = ""
    _kept_bytes: int = 0

    def __repr__(self) -> str:
        return f"Entry(serial={self.serial}, method={self.method!r}, target={self.target!r})"

    @property
    def effects(self) -> tuple[Effect, ...]:
        """What it did to the state, in order."""
        return tuple(Effect(act=act, resource=name, id=id) for act, name, id in self._done)

    @property
    def steps(self) -> list[Step]:
        """What happened to it, in order."""
        return [Step._make(noted) for noted in tuple(self._noted)]

    @property
    def digest(self) -> str:
        """SHA-256 of the whole body; empty where there is none."""
        if not self._digest and self.body:
            self._digest = hashlib.sha256(self.body).hexdigest()
        return self._digest

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]

    @property
    def seconds(self) -> float:
        """When it was received: real seconds since the ledger was begun."""
        return self._noted[0][2]

    @property
    def kept_bytes(self) -> int:
        """About how much memory it takes."""
        if not self._kept_bytes:
            said = sum([len(name) + len(value) for name, value in self.headers])
            self._kept_bytes = ENTRY_BYTES + len(self.body) + len(self.target) + said
        return self._kept_bytes

    def did(self, act: str, resource: str, id: str) -> None:
        """Add an effect."""
        self._done += ((act, resource, id),)

    def note(self, order: int, kind: str, seconds: float, says: str) -> None:
        """Add a step."""
        self._noted.append((order, kind, seconds, says))

    def header(self, name: str) -> str | None:
        """The first value of a header, whatever its case."""
        wanted, size = name.lower(), len(name)
        for key, value in self.headers:
            if len(key) == size and key.lower() == wanted:
                return value
        return None

    def said(self, kind: str) -> tuple[str, ...]:
        """What its steps of a kind say."""
        return tuple(step.says for step in self.steps if step.kind == kind)


class Ledger:
    """
    All requests, the oldest forgotten beyond a bound; ``received`` counts those, too.

    Whoever wants to hear of each step as it happens is put into ``listeners``.

    Args:
        real: Seconds on a clock that never goes back.
    """

    def __init__(
        self,
        *,
        most_entries: int = MOST_ENTRIES,
        most_bytes: int = MOST_BYTES,
        real: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._entries: deque[Entry] = deque()
        self._most_entries = most_entries
        self._most_bytes = most_bytes
        self._bytes = 0
        self._real = real
        self._began = real()
        self._order = itertools.count(1)
        self.received = 0
        self.listeners: list[Callable[[Entry, Step], None]] = []

    @property
    def began(self) -> float:
        """When it was begun, on the clock by which steps are told."""
        return self._began

    @property
    def forgotten(self) -> int:
        """How many of the oldest are no longer here."""
        return self.received - len(self._entries)

    def open(self, incoming: Incoming, moment: float) -> Entry:
        """Begin with a request that was received."""
        self.received += 1
        body = incoming.body
        entry = Entry(
            serial=self.received,
            moment=moment,
            method=incoming.method,
            target=incoming.target,
            headers=incoming.headers,
            body=body[:LONGEST_BODY_BYTES],
            size_bytes=len(body),
            peer=incoming.peer,
            # Of a body that is kept whole it can be told whenever somebody asks.
            _digest=hashlib.sha256(body).hexdigest() if len(body) > LONGEST_BODY_BYTES else "",
        )
        self.note(entry, "received", f"{len(body)} bytes" if body else "")
        self._entries.append(entry)
        self._bytes += entry.kept_bytes
        while len(self._entries) > self._most_entries or self._bytes > self._most_bytes:
            self._bytes -= self._entries.popleft().kept_bytes
        return entry

    def note(self, entry: Entry, kind: str, says: str) -> None:
        """Add a step."""
        entry.note(next(self._order), kind, self._real() - self._began, says)
        if self.listeners:
            step = entry.steps[-1]
            for listener in self.listeners:
                listener(entry, step)

    def clear(self) -> None:
        """Forget everything, and count from one again."""
        self._entries.clear()
        self._bytes = self.received = 0
        self._order = itertools.count(1)
        self._began = self._real()

    def entries(
        self,
        operation: str = "*",
        *,
        client: str = "*",
        key: str = "*",
        status: int = 0,
        since: int = 0,
    ) -> list[Entry]:
        """
        Requests in the order received.

        Args:
            operation: Its id or key (``POST /invoices``), ``*`` allowed in it.
            client: Name of a principal, ``*`` allowed in it.
            key: The idempotency key.
            status: What was answered; 0 is anything.
            since: Only those received after the one of this serial.
        """
        return [
            entry
            for entry in tuple(self._entries)
            if entry.serial > since
            and status in (0, entry.status)
            and key in ("*", entry.key)
            and _fits(entry.client, client)
            and (_fits(entry.operation_id, operation) or _fits(entry.operation, operation))
        ]

    def effects(
        self, operation: str = "*", *, client: str = "*", key: str = "*"
    ) -> list[tuple[Entry, Effect]]:
        """What was done to the state, in order, and by which request: once is once."""
        found = self.entries(operation, client=client, key=key)
        return [(entry, effect) for entry in found for effect in entry.effects]

    def steps(self) -> list[tuple[Entry, Step]]:
        """Everything that happened, in the order in which it did."""
        found = [(entry, step) for entry in tuple(self._entries) for step in tuple(entry.steps)]
        return sorted(found, key=lambda pair: pair[1].order)

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(tuple(self._entries))

    def __getitem__(self, index: int) -> Entry:
        return self._entries[index]


def _fits(name: str, wanted: str) -> bool:
    return wanted == "*" or fnmatchcase(name, wanted)
