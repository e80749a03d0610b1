"""The working parts of one run, put together."""

from __future__ import annotations

from msgspec import Struct

from verifier.model import (
    CaseSource,
    Clock,
    Director,
    Journal,
    Plan,
    Receiver,
    Redactor,
    Reveal,
    Search,
    Transport,
    Vendor,
)
from verifier.probing.claims import Claims
from verifier.probing.credentials import Credentials
from verifier.probing.errand import Errands
from verifier.probing.flows import Stagehand
from verifier.probing.holdings import Holdings
from verifier.probing.intents import Intents
from verifier.probing.ledger import Ledger
from verifier.probing.mailbox import Mailbox
from verifier.probing.observing import Observer
from verifier.probing.pace import Pace
from verifier.probing.sender import Sender
from verifier.probing.spending import Spending
from verifier.probing.world import World

__all__ = ["Parts", "assemble"]


class Parts(Struct, frozen=True, kw_only=True):
    """Who sends, remembers, plays flows, takes deliveries, and looks at drawn cases."""

    sender: Sender
    ledger: Ledger
    hand: Stagehand
    mailbox: Mailbox
    observer: Observer


def assemble(
    plan: Plan,
    vendor: Vendor,
    errands: Errands,
    claims: Claims,
    *,
    cases: CaseSource,
    transport: Transport,
    journal: Journal,
    redactor: Redactor,
    reveal: Reveal,
    clock: Clock,
    director: Director | None,
    receiver: Receiver | None,
    search: Search,
) -> Parts:
    """Put the parts of a run together."""
    sender = Sender(
        vendor,
        transport,
        Credentials(vendor, transport, redactor, reveal, clock),
        journal,
        redactor,
        clock,
        Pace(plan.per_second, clock),
        Spending(plan.budget, vendor.limits.minutes, journal.exchanges_sent()),
    )
    mailbox = Mailbox(vendor, receiver, journal, redactor, reveal, clock)
    sender.hear = mailbox.learn
    ledger = Ledger(vendor, journal, sender.deletable, claims)
    intents = Intents(vendor, journal, ledger, search)
    holdings = Holdings(vendor, ledger, intents)
    sender.intend, sender.watch = intents.begun, holdings.noted
    world = World(vendor, cases, sender, holdings, errands, run=f"{int(clock.now()):x}")
    return Parts(
        sender=sender,
        ledger=ledger,
        hand=Stagehand(vendor, sender, world, transport, clock, ledger, intents, mailbox, director),
        mailbox=mailbox,
        observer=Observer(vendor, cases, sender, world),
    )
