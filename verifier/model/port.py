"""The ports between the verbs: what one package needs of another, passed in by the pipeline."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from typing import Any, Protocol

from verifier.model.case import Case, Missing
from verifier.model.contract import Contract, Operation
from verifier.model.delivery import Arrival, Delivery, Reaction
from verifier.model.evidence import Exchange, Headers
from verifier.model.intent import Intent, Traces
from verifier.model.message import Outgoing, Reply
from verifier.model.run import LedgerEntry
from verifier.model.step import Step, TlsFacts
from verifier.model.vendor import SecretReference
from verifier.model.verdict import Outcome

__all__ = [
    "CaseSource",
    "Clock",
    "Director",
    "Journal",
    "Receiver",
    "Redactor",
    "Reveal",
    "Scripted",
    "Search",
    "Take",
    "Transport",
]

Reveal = Callable[[SecretReference], str]
Take = Callable[[Arrival], Reaction]
Search = Callable[[Contract, Sequence[Intent]], Generator[Step, Any, tuple[Traces, ...]]]


class Transport(Protocol):
    """
    The way to a vendor. It never raises for what the wire does: that is a Reply with a failure.
    It never retries, follows no redirect, keeps no cookie and reads no proxy from the environment.
    """

    async def send(self, outgoing: Outgoing) -> Reply:
        """Send one request and read its whole answer."""

    async def send_together(self, outgoing: Sequence[Outgoing]) -> tuple[Reply, ...]:
        """Send all before any answer is read (as truly as the transport can)."""

    async def abandon(self, outgoing: Outgoing) -> Reply:
        """Send, then cut the connection before the answer; the failure is ABANDONED."""

    async def inspect(self, url: str) -> TlsFacts:
        """Look at the TLS of the address."""

    async def close(self) -> None:
        """Give all connections back."""


class Receiver(Protocol):
    """
    The way for a vendor to us; opened when a check first wants to hear something.

    ``everywhere`` says whether any vendor reaches it, wherever that is.
    """

    everywhere: bool

    async def open(self, take: Take) -> str:
        """Hand all that comes to ``take`` from now on; gives the address on this machine."""

    async def close(self) -> None:
        """Take none any more."""


class CaseSource(Protocol):
    """Where requests come from. Same seed, same cases, in the same order."""

    def cases(self, operation: Operation, *, limit: int) -> Sequence[Case] | Missing:
        """Up to ``limit`` cases, the most telling first: the deterministic sweep, then depth."""

    def sample(
        self,
        operation: Operation,
        *,
        path: Mapping[str, Any],
        body: Mapping[str, Any],
        query: Mapping[str, Any],
        fresh: int = 0,
        least: bool = False,
    ) -> Case | Missing:
        """
        One valid, plain case with the given values in it.

        ``fresh`` counts samples of the run: unique fields (names, e-mails, keys) differ by it.
        ``least`` leaves out everything that the document does not require.
        """

    def renew(self, case: Case, *, fresh: int) -> Case:
        """The same case, except that unique fields differ from those of any other ``fresh``."""

    def shrink(self, case: Case) -> Generator[Case, bool, Case]:
        """Yield ever smaller candidates, receive whether each still fails, return the smallest."""


class Clock(Protocol):
    """Time as an argument: real, or a mock's virtual one."""

    def now(self) -> float:
        """Seconds since the epoch."""

    def monotonic(self) -> float:
        """Seconds on a clock that never goes back."""

    async def sleep(self, seconds: float) -> None:
        """Let time pass."""


class Scripted(Protocol):
    """A misbehaviour that a mock was asked for, some times."""

    @property
    def unconsumed(self) -> bool:
        """Whether it has taken hold less often than it was asked for."""


class Director(Protocol):
    """Whoever stands behind a mock: lets it misbehave on request."""

    def script(self, written: Mapping[str, Any]) -> Scripted:
        """Ask for a misbehaviour: ``fault``, ``with`` (its options), ``operation``, ``times``."""

    def withdraw(self, scripted: Any) -> None:
        """Let it not happen any more."""


class Redactor(Protocol):
    """Knows the run's secrets and takes them out of whatever is about to be kept."""

    def learn(self, name: str, secret: str) -> None:
        """Remember a secret; it will be shown as ``«name»``."""

    def clean(self, data: bytes) -> bytes:
        """The bytes without any secret."""

    def clean_text(self, text: str) -> str:
        """The text without any secret."""

    def clean_headers(self, headers: Headers) -> Headers:
        """The headers without any secret in their values."""


class Journal(Protocol):
    """Where things are written as they happen."""

    def exchange(self, exchange: Exchange) -> None:
        """Keep one exchange."""

    def delivery(self, delivery: Delivery) -> None:
        """Keep one delivery."""

    def outcome(self, outcome: Outcome) -> None:
        """Keep one outcome; the same check and subject again replaces it."""

    def entry(self, entry: LedgerEntry) -> None:
        """Keep the state of something created; the same path again replaces it."""

    def intent(self, intent: Intent) -> None:
        """Keep a creation that is about to be sent; the same number again replaces it."""

    def settled(self, intent: Intent) -> None:
        """It is known by now whether it took place."""

    def outcomes(self) -> tuple[Outcome, ...]:
        """What is known already (resume)."""

    def entries(self) -> tuple[LedgerEntry, ...]:
        """What was created so far (resume)."""

    def intents(self) -> tuple[Intent, ...]:
        """Creations of which nothing was settled (resume)."""

    def exchanges_sent(self) -> int:
        """How many exchanges were kept so far (resume)."""

    def deliveries_received(self) -> int:
        """How many deliveries were kept so far (resume)."""
