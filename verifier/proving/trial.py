"""One trial: what checks say of a mock of the sample vendor, asked in this process."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection, Mapping, Sequence

from msgspec.structs import replace

from verifier import generating, mocking, planning, probing, recording
from verifier.mocking.doors.asgi import asgi
from verifier.model import (
    CaseSource,
    Check,
    Delivery,
    Environment,
    Exchange,
    Intent,
    LedgerEntry,
    Outcome,
    SecretReference,
    Vendor,
    Webhooks,
)
from verifier.probing.receivers.socket import SocketReceiver
from verifier.probing.transports.asgi import AsgiTransport

__all__ = ["Notebook", "ask_mock", "drawn"]

# For an answer that never comes: real seconds, the only ones that count here. They are many, for a
# busy machine may take its time with any answer; where some are to be silent, they are soon over.
PATIENCE_SECONDS, SOON_SECONDS = 30.0, 0.05
HOUR = 3600.0
SILENT = frozenset({"hangs"})
SEALED = SecretReference("mock", "webhooks")


class Notebook:
    """Implements the port ``Journal`` in memory."""

    def __init__(self) -> None:
        self.exchanges: list[Exchange] = []
        self.deliveries: list[Delivery] = []
        self.kept: dict[tuple[str, str], Outcome] = {}
        self.ledger: dict[str, LedgerEntry] = {}
        self.unsettled: dict[int, Intent] = {}

    def exchange(self, exchange: Exchange) -> None:
        """Keep one exchange."""
        self.exchanges.append(exchange)

    def delivery(self, delivery: Delivery) -> None:
        """Keep one delivery."""
        self.deliveries.append(delivery)

    def outcome(self, outcome: Outcome) -> None:
        """Keep one outcome; the same check and subject again replaces it."""
        self.kept[outcome.check, outcome.subject] = outcome

    def entry(self, entry: LedgerEntry) -> None:
        """Keep the state of something created; the same path again replaces it."""
        self.ledger[entry.path] = entry

    def intent(self, intent: Intent) -> None:
        """Keep a creation that is about to be sent."""
        self.unsettled[intent.number] = intent

    def settled(self, intent: Intent) -> None:
        """Forget it."""
        del self.unsettled[intent.number]

    def intents(self) -> tuple[Intent, ...]:
        """What is unsettled."""
        return tuple(self.unsettled.values())

    def outcomes(self) -> tuple[Outcome, ...]:
        """All that is known."""
        return tuple(self.kept.values())

    def entries(self) -> tuple[LedgerEntry, ...]:
        """All that was created."""
        return tuple(self.ledger.values())

    def exchanges_sent(self) -> int:
        """How many exchanges were kept."""
        return len(self.exchanges)

    def deliveries_received(self) -> int:
        """How many deliveries were kept."""
        return len(self.deliveries)


def drawn(vendor: Vendor, seed: int) -> CaseSource:
    """What is sent to a mock of the vendor, whatever it does: one serves any number of trials."""
    return generating.Cases(vendor.contract, seed=seed, fixtures={}, deep=False)


def ask_mock(
    vendor: Vendor,
    checks: Mapping[str, Check],
    *,
    misbehaviours: Sequence[str] = (),
    only: Collection[str] = (),
    budget: int,
    seed: int = 0,
    cases: CaseSource | None = None,
) -> Notebook:
    """
    What the checks say of a mock of the vendor, on the mock's own clock.

    Args:
        only: Ids of checks; empty is all.
        seed: Same seed, same requests; the mock's items are the same whatever it is.
        cases: Where they come from; None draws them anew.
    """
    patience = SOON_SECONDS if SILENT.intersection(misbehaviours) else PATIENCE_SECONDS
    mock = mocking.Mock(
        vendor.contract,
        principals=vendor.principals,
        misbehaviours=misbehaviours,
        # On the hour: where in a limit's window a trial begins is the same whenever it is made.
        clock=mocking.MovableClock(time.time() // HOUR * HOUR, frozen=True),
    )
    vendor = replace(
        vendor,
        base_url="http://mock.test",
        environment=Environment.MOCK,
        allow_writes=True,
        principals=mock.vendor.principals,
        limits=replace(vendor.limits, per_second=0, timeout_seconds=patience),
        webhooks=Webhooks(secret=SEALED, delivery_seconds=60.0, retry_seconds=3600.0),
    )
    secrets = {**mock.vendor.secrets_by_reference(), SEALED: mock.vendor.seal.secret}
    clock, journal = mocking.LeapingClock(mock), Notebook()
    asyncio.run(
        probing.probe(
            planning.plan(vendor, checks, budget=budget, only=only, seed=seed),
            vendor,
            checks=checks,
            cases=cases or drawn(vendor, seed),
            transport=AsgiTransport(asgi(mock, pass_time=clock.sleep)),
            journal=journal,
            redactor=recording.Redaction(),
            receiver=SocketReceiver(),
            reveal=secrets.__getitem__,
            clock=clock,
        )
    )
    return journal
