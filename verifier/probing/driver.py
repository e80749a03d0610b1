"""Carry a plan out: the only place where a run's order, safety and clean-up are decided."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from verifier.errors import VendorUnreachable, VerifierError
from verifier.model import (
    CaseSource,
    Check,
    Clock,
    Effect,
    Exchange,
    FailureKind,
    Finding,
    Journal,
    Outcome,
    Plan,
    Planned,
    Redactor,
    Request,
    Reveal,
    Status,
    Subject,
    Transport,
    Vendor,
    fingerprint,
)
from verifier.probing.clock import RealClock
from verifier.probing.credentials import Credentials
from verifier.probing.flows import Stagehand, status_of
from verifier.probing.ledger import Ledger
from verifier.probing.observing import Observer
from verifier.probing.pace import Pace
from verifier.probing.progress import Progress
from verifier.probing.sender import OutOfBudget, Sender
from verifier.probing.world import NotTestable, World

__all__ = ["probe"]

ATTEMPTS = 3
CLEAN_UP_SECONDS = 60.0
UNREACHABLE = frozenset({FailureKind.DNS, FailureKind.REFUSED, FailureKind.TLS})
MENDS = {
    FailureKind.DNS: "Check the host in --base-url.",
    FailureKind.REFUSED: "Is the server running, and is the port in --base-url right?",
    FailureKind.TLS: "Check the address and its certificate; nothing was sent.",
}
Watch = Callable[[Progress], None]


async def probe(
    plan: Plan,
    vendor: Vendor,
    *,
    checks: Mapping[str, Check],
    cases: CaseSource,
    transport: Transport,
    journal: Journal,
    redactor: Redactor,
    reveal: Reveal,
    clock: Clock | None = None,
    progress: Watch = lambda event: None,
) -> None:
    """
    Carry a plan out and write down what came of it.

    What the journal knows already is not asked again. Whatever ends the run, what it created is
    removed as far as the vendor lets us.

    Raises:
        VendorUnreachable: Nothing answers at the address, or it refuses every credential.
    """
    run = _Run(plan, vendor, checks, cases, transport, journal, redactor, reveal, clock, progress)
    try:
        await run.all()
    finally:
        cleaning = asyncio.ensure_future(run.clean_up())
        try:
            await asyncio.shield(cleaning)
        except asyncio.CancelledError:
            await cleaning
            raise
        finally:
            await transport.close()


class _Run:
    """One run's working parts."""

    def __init__(
        self,
        plan: Plan,
        vendor: Vendor,
        checks: Mapping[str, Check],
        cases: CaseSource,
        transport: Transport,
        journal: Journal,
        redactor: Redactor,
        reveal: Reveal,
        clock: Clock | None,
        progress: Watch,
    ) -> None:
        self.plan, self.vendor, self.checks, self.journal = plan, vendor, checks, journal
        self.progress = progress
        clock = clock or RealClock()
        credentials = Credentials(vendor, transport, redactor, reveal, clock)
        pace = Pace(plan.per_second, clock)
        self.sender = Sender(
            vendor, transport, credentials, journal, redactor, clock, pace, plan.budget
        )
        self.ledger = Ledger(vendor, journal, self.sender.deletable)
        run = f"{int(clock.now()):x}"
        self.world = World(vendor, cases, self.sender, self.ledger, run)
        self.hand = Stagehand(vendor, self.sender, self.world, transport, clock)
        self.observer = Observer(vendor, cases, self.sender, self.world)
        self.known = {(o.check, o.subject) for o in journal.outcomes()}
        self.done = len(self.known)

    async def all(self) -> None:
        """Omissions first, then every item in the plan's order."""
        for omitted in self.plan.omitted:
            if (omitted.check, omitted.subject) not in self.known:
                self.journal.outcome(
                    Outcome(
                        check=omitted.check,
                        subject=omitted.subject,
                        status=Status(omitted.status),
                        reason=omitted.reason,
                        supply=omitted.supply,
                    )
                )
        if any(self.checks[item.check].effect is not Effect.NONE for item in self.plan.items):
            await self._knock()
        observed: dict[str, list[Check]] = {}
        for item in self.plan.items:
            if self.checks[item.check].subject is Subject.EXCHANGE:
                observed.setdefault(item.subject, []).append(self.checks[item.check])
        seen: set[str] = set()
        for item in self.plan.items:
            if self.checks[item.check].subject is not Subject.EXCHANGE:
                await self._flow(item)
            elif item.subject not in seen:
                seen.add(item.subject)
                await self._observe(item.subject, observed[item.subject])

    async def clean_up(self) -> None:
        """Remove what was created, within a minute."""
        self.progress(Progress(kind="cleaning", sent=self.sender.sent, budget=self.plan.budget))

        async def send(request: Request) -> Exchange:
            return await self.sender.send(request, "clean-up", free=True)

        try:
            async with asyncio.timeout(CLEAN_UP_SECONDS):
                await self.ledger.clean_up(send)
        except (TimeoutError, VerifierError):
            self.ledger.give_up("the clean-up was not finished in time")

    async def _knock(self) -> None:
        """One harmless request: is there anybody at all?"""
        exchange = await self.sender.send(Request(method="GET", path="/"), "is anybody there?")
        failure = exchange.failure
        if failure is not None and failure.kind in UNREACHABLE:
            raise VendorUnreachable(
                failure.says, where=self.vendor.base_url, mend=MENDS[failure.kind]
            )

    async def _flow(self, item: Planned) -> None:
        if (item.check, item.subject) in self.known:
            return
        check = self.checks[item.check]
        subject = _subject(check, item.subject, self.vendor)
        before = self.sender.sent
        outcome = await self._judged(check, item.subject, subject)
        self._settle(_spent(outcome, self.sender.sent - before))

    async def _judged(self, check: Check, key: str, subject: Any) -> Outcome:
        try:
            findings = await self.hand.play(check.run(subject, self.vendor), check.id)
            if not findings or check.effect is Effect.NONE:
                return _outcome(check, key, findings, (0, 0))
            return await self._confirmed(check, key, subject, findings)
        except NotTestable as missing:
            return _untested(check, key, missing.reason, missing.supply)
        except OutOfBudget:
            budget = self.plan.budget
            return _untested(check, key, f"the budget of {budget} requests was spent", "--budget")
        except (VendorUnreachable, asyncio.CancelledError):
            raise
        except Exception as error:  # noqa: BLE001  (a crashed check is errored, never a finding)
            last = traceback.extract_tb(error.__traceback__)[-1]
            reason = f"{type(error).__name__}: {error} ({last.name}, line {last.lineno})"
            return Outcome(check=check.id, subject=key, status=Status.ERRORED, reason=reason)

    async def _confirmed(
        self, check: Check, key: str, subject: Any, first: tuple[Finding, ...]
    ) -> Outcome:
        """Ask the whole check again: only what shows twice is reported."""
        wanted = {fingerprint(check.id, finding) for finding in first}
        for attempt in range(2, ATTEMPTS + 1):
            again = await self.hand.play(check.run(subject, self.vendor), check.id)
            repeated = tuple(f for f in again if fingerprint(check.id, f) in wanted)
            if repeated:
                return _outcome(check, key, repeated, (2, attempt))
        return Outcome(
            check=check.id,
            subject=key,
            status=Status.INCONCLUSIVE,
            findings=first,
            reason=f"flaky: seen 1 of {ATTEMPTS} times",
            attempts=(1, ATTEMPTS),
        )

    async def _observe(self, key: str, checks: Iterable[Check]) -> None:
        open_ = [check for check in checks if (check.id, key) not in self.known]
        if not open_:
            return
        operation = self.vendor.contract.operation(key)
        before = self.sender.sent
        limit = self.plan.cases.get(key, 0)
        outcomes = await self.observer.observe(operation, open_, limit)
        for index, outcome in enumerate(outcomes):
            self._settle(_spent(outcome, self.sender.sent - before if not index else 0))

    def _settle(self, outcome: Outcome) -> None:
        self.journal.outcome(outcome)
        self.done += 1
        self.progress(
            Progress(
                kind="settled",
                check=outcome.check,
                subject=outcome.subject,
                status=outcome.status.value,
                done=self.done,
                total=len(self.plan.items),
                sent=self.sender.sent,
                budget=self.plan.budget,
            )
        )


def _subject(check: Check, key: str, vendor: Vendor) -> Any:
    match check.subject:
        case Subject.CONTRACT:
            return vendor.contract
        case Subject.VENDOR:
            return vendor
        case Subject.RESOURCE:
            return vendor.contract.resource(key)
        case _:
            return vendor.contract.operation(key)


def _outcome(
    check: Check, key: str, findings: tuple[Finding, ...], attempts: tuple[int, int]
) -> Outcome:
    return Outcome(
        check=check.id,
        subject=key,
        status=status_of(findings),
        findings=findings,
        attempts=attempts,
    )


def _untested(check: Check, key: str, reason: str, supply: str) -> Outcome:
    return Outcome(
        check=check.id, subject=key, status=Status.NOT_TESTED, reason=reason, supply=supply
    )


def _spent(outcome: Outcome, requests: int) -> Outcome:
    return replace(outcome, requests=requests)
