"""One evaluation as it was recorded: enough to judge and to render it, without a network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct, field

from verifier.model.contract import Contract
from verifier.model.delivery import Delivery
from verifier.model.evidence import Exchange
from verifier.model.intent import Intent
from verifier.model.plan import Plan, Planned
from verifier.model.vendor import Principal
from verifier.model.verdict import Outcome, Status

__all__ = ["CheckCard", "LedgerEntry", "Run", "RunFacts"]


class RunFacts(Struct, frozen=True, kw_only=True):
    """
    What, when, from where, and with which permissions.

    Args:
        id: ``20261124-015512-3f9a``; names the folder.
        started, finished: Seconds since the epoch; ``finished`` is 0 while it runs or if killed.
        mode: ``desk``, ``mock`` or ``live``.
        misbehaviours: Names that the mock was asked to show.
        interrupted: Whether it ended before its plan did.
        settings: Everything else that the report states (allow_writes, principals' names ...).
    """

    id: str
    vendor: str
    title: str
    mode: str
    environment: str
    base_url: str
    document: str
    digest: str
    seed: int
    started: float
    finished: float = 0.0
    interrupted: bool = False
    tool_version: str = ""
    misbehaviours: tuple[str, ...] = ()
    requests: int = 0
    settings: Mapping[str, Any] = field(default_factory=dict)

    def carrier(self, principal: str) -> Principal | None:
        """How a principal (empty: the first) shows who it is; no secrets, no references to any."""
        carriers = self.settings.get("carriers", {})
        name = principal or next(iter(carriers), "")
        return Principal(name=name, **carriers[name]) if name in carriers else None


class LedgerEntry(Struct, frozen=True, kw_only=True):
    """
    Something that the run created at the vendor's.

    Args:
        path: Where it stands, relative to the base URL.
        state: ``open``, ``removed``, ``left`` (could not be removed; ``reason`` says why).
        principal: As whom it was created, and is removed; empty for the first one.
    """

    resource: str
    path: str
    created_by: str
    state: str
    reason: str = ""
    principal: str = ""


class CheckCard(Struct, frozen=True, kw_only=True):
    """What a report needs to know of a check, kept with the run."""

    id: str
    title: str
    doc: str
    question: str
    severity: int
    source: str


class Run(Struct, frozen=True, kw_only=True):
    """
    A recorded evaluation.

    Args:
        contract: Loaded again from the pinned copy in the run's folder.
        exchanges: All ids in order; ``exchange(id)`` fetches one.
        outcomes: What the run came to; see ``accounted``.
        cards: Check id to its card, for every check of the plan.
        deliveries: What the vendor brought to us, in the order of arrival.
        intents: Creations that may have taken place, and are in no ledger.
    """

    facts: RunFacts
    contract: Contract
    plan: Plan
    outcomes: tuple[Outcome, ...]
    ledger: tuple[LedgerEntry, ...]
    exchange_ids: tuple[str, ...]
    exchange: Callable[[str], Exchange]
    cards: Mapping[str, CheckCard] = field(default_factory=dict)
    deliveries: tuple[Delivery, ...] = ()
    intents: tuple[Intent, ...] = ()

    @property
    def missed(self) -> tuple[Planned, ...]:
        """What was planned and did not come to an outcome."""
        known = {(outcome.check, outcome.subject) for outcome in self.outcomes}
        return tuple(i for i in self.plan.items if (i.check, i.subject) not in known)

    @property
    def accounted(self) -> tuple[Outcome, ...]:
        """An outcome for all of the plan: what the run did not come to is *not tested*."""
        return (*self.outcomes, *(_not_reached(item, self.facts.id) for item in self.missed))

    @property
    def unfinished(self) -> bool:
        """Whether it ended before its plan did."""
        return bool(self.facts.interrupted or not self.facts.finished or self.missed)


def _not_reached(item: Planned, run: str) -> Outcome:
    return Outcome(
        check=item.check,
        subject=item.subject,
        status=Status.NOT_TESTED,
        reason="the run ended before it came to it",
        supply=f"--resume with the folder of run {run}",
    )
