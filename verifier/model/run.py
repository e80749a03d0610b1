"""One evaluation as it was recorded: enough to judge and to render it, without a network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from verifier.model.contract import Contract
from verifier.model.evidence import Exchange
from verifier.model.plan import Plan
from verifier.model.verdict import Outcome

__all__ = ["CheckCard", "LedgerEntry", "Run", "RunFacts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFacts:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """
    Something that the run created at the vendor's.

    Args:
        path: Where it stands, relative to the base URL.
        state: ``open``, ``removed``, ``left`` (could not be removed; ``reason`` says why).
    """

    resource: str
    path: str
    created_by: str
    state: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckCard:
    """What a report needs to know of a check, kept with the run."""

    id: str
    title: str
    doc: str
    question: str
    severity: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """
    A recorded evaluation.

    Args:
        contract: Loaded again from the pinned copy in the run's folder.
        exchanges: All ids in order; ``exchange(id)`` fetches one.
        cards: Check id to its card, for every check of the plan.
    """

    facts: RunFacts
    contract: Contract
    plan: Plan
    outcomes: tuple[Outcome, ...]
    ledger: tuple[LedgerEntry, ...]
    exchange_ids: tuple[str, ...]
    exchange: Callable[[str], Exchange]
    cards: Mapping[str, CheckCard] = field(default_factory=dict)
