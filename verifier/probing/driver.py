"""Carry a plan out: the only place where a run's order, safety and clean-up are decided."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from verifier.errors import InternalError, VerifierError
from verifier.model import (
    CaseSource,
    Check,
    Clock,
    Confidence,
    Director,
    Effect,
    Finding,
    Journal,
    Level,
    Outcome,
    Plan,
    Planned,
    Receiver,
    Redactor,
    Reveal,
    Status,
    Subject,
    Transport,
    Vendor,
    fingerprint,
)
from verifier.probing.clock import RealClock
from verifier.probing.flows import Play
from verifier.probing.obstacles import NotTestable
from verifier.probing.outcomes import errored, status_of
from verifier.probing.parts import Parts, assemble
from verifier.probing.progress import Progress

__all__ = ["probe"]

ATTEMPTS = 3
MOST_EVIDENCE = 20
CLEAN_UP_SECONDS = 60.0
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
    director: Director | None = None,
    receiver: Receiver | None = None,
    progress: Watch = lambda event: None,
) -> None:
    """
    Carry a plan out and write down what came of it.

    What the journal knows already is not asked again. Whatever ends the run, what it created is
    removed as far as the vendor lets us.

    Args:
        director: Whoever stands behind a mock; None where the vendor is a real one.

    Raises:
        VendorUnreachable: Nothing answers at the address, or it refuses every credential.
    """
    parts = assemble(
        plan,
        vendor,
        cases=cases,
        transport=transport,
        journal=journal,
        redactor=redactor,
        reveal=reveal,
        clock=clock or RealClock(),
        director=director,
        receiver=receiver,
    )
    run = _Run(plan, vendor, checks, journal, progress, redactor, parts)
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
            await parts.mailbox.close()
            await transport.close()


class _Run:
    """One run: its items in order, and what came of each."""

    def __init__(
        self,
        plan: Plan,
        vendor: Vendor,
        checks: Mapping[str, Check],
        journal: Journal,
        progress: Watch,
        redactor: Redactor,
        parts: Parts,
    ) -> None:
        self.plan, self.vendor, self.checks, self.journal = plan, vendor, checks, journal
        self.progress, self.redactor = progress, redactor
        self.sender, self.ledger = parts.sender, parts.ledger
        self.hand, self.observer = parts.hand, parts.observer
        self.known = {(o.check, o.subject) for o in journal.outcomes()}
        self.done = len(self.known)

    async def all(self) -> None:
        """Omissions first, then every item in the plan's order."""
        self._omit()
        todo = [i for i in self.plan.items if (i.check, i.subject) not in self.known]
        if any(self.checks[item.check].effect is not Effect.NONE for item in todo):
            await self.sender.knock()
        observed: dict[str, list[Check]] = {}
        for item in todo:
            if self.checks[item.check].subject is Subject.EXCHANGE:
                observed.setdefault(item.subject, []).append(self.checks[item.check])
        for item in todo:
            if self.checks[item.check].subject is not Subject.EXCHANGE:
                await self._flow(item)
            elif item.subject in observed:
                await self._observe(item.subject, observed.pop(item.subject))
        self.sender.admission.conclude()

    async def clean_up(self) -> None:
        """Remove what was created, within a minute."""
        self.progress(Progress(kind="cleaning", sent=self.sender.sent, budget=self.plan.budget))

        try:
            async with asyncio.timeout(CLEAN_UP_SECONDS):
                await self.sender.landed()
                await self.hand.tidy()
                await self.hand.clean_up()
        except TimeoutError:
            self.ledger.give_up(f"the clean-up took longer than {CLEAN_UP_SECONDS:g} seconds")
        except asyncio.CancelledError:
            self.ledger.give_up("the clean-up was interrupted")
            raise

    def _omit(self) -> None:
        for omitted in self.plan.omitted:
            if (omitted.check, omitted.subject) in self.known:
                continue
            outcome = Outcome(
                check=omitted.check,
                subject=omitted.subject,
                status=Status(omitted.status),
                reason=omitted.reason,
                supply=omitted.supply,
            )
            self.journal.outcome(outcome)

    async def _flow(self, item: Planned) -> None:
        check = self.checks[item.check]
        before = self.sender.sent
        outcome = await self._judged(check, item.subject)
        spent_here = self.sender.sent - before
        self._settle(replace(outcome, requests=spent_here, story=self.hand.told))

    async def _judged(self, check: Check, key: str) -> Outcome:
        try:
            subject = _subject(check, key, self.vendor)
            play = await self.hand.play(check.run(subject, self.vendor), check.id)
            if play.obstacle and not play.findings:
                return _untested(check, key, play.obstacle, "")
            accuses = any(f.level is not Level.INFORMATION for f in play.findings)
            if not accuses or check.effect is Effect.NONE:
                return _outcome(check, key, play.findings, (0, 0))
            return await self._confirmed(check, key, subject, play)
        except NotTestable as missing:
            return _untested(check, key, missing.reason, missing.supply)
        except InternalError as guard:
            return errored(check, key, guard)
        except VerifierError:
            raise
        except Exception as error:  # noqa: BLE001  (a crashed check is errored, never a finding)
            return errored(check, key, error)

    async def _confirmed(self, check: Check, key: str, subject: Any, first: Play) -> Outcome:
        """Ask the whole check again: only what shows twice is reported."""
        wanted = {fingerprint(check.id, finding) for finding in first.findings}
        tried = list(first.ids)
        for attempt in range(2, ATTEMPTS + 1):
            try:
                again = await self.hand.play(check.run(subject, self.vendor), check.id)
            except NotTestable as error:
                reason = f"seen once, and could not be repeated: {error.reason}"
                return _doubtful(check, key, first, tried, reason, attempt - 1)
            tried += again.ids
            repeated = tuple(f for f in again.findings if fingerprint(check.id, f) in wanted)
            if repeated:
                return _outcome(check, key, repeated, (2, attempt))
        reason = f"flaky: seen 1 of {ATTEMPTS} times"
        return _doubtful(check, key, first, tried, reason, ATTEMPTS)

    async def _observe(self, key: str, checks: Sequence[Check]) -> None:
        operation = self.vendor.contract.operation(key)
        before = self.sender.sent
        try:
            outcomes = await self.observer.observe(operation, checks, self.plan.cases.get(key, 0))
        except VerifierError:
            raise
        except Exception as error:  # noqa: BLE001  (a fault of ours ends this operation alone)
            outcomes = tuple(errored(check, key, error) for check in checks)
        for index, outcome in enumerate(outcomes):
            self._settle(replace(outcome, requests=0 if index else self.sender.sent - before))

    def _settle(self, outcome: Outcome) -> None:
        outcome = replace(outcome, reason=self.redactor.clean_text(outcome.reason))
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


def _doubtful(
    check: Check, key: str, first: Play, tried: Sequence[str], reason: str, attempts: int
) -> Outcome:
    """Seen once only: no finding to rely on, and all that was tried as its evidence."""
    findings = tuple(
        replace(
            finding,
            evidence=tuple(dict.fromkeys((*finding.evidence, *tried)))[:MOST_EVIDENCE],
            confidence=Confidence.LOW,
        )
        for finding in first.findings
    )
    return Outcome(
        check=check.id,
        subject=key,
        status=Status.INCONCLUSIVE,
        findings=findings,
        reason=reason,
        attempts=(1, attempts),
    )
