"""Carry a plan out: the only place where a run's order, safety and clean-up are decided."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from msgspec.structs import replace

from verifier.errors import VerifierError
from verifier.model import (
    CaseSource,
    Check,
    Clock,
    Director,
    Effect,
    Journal,
    Outcome,
    Plan,
    Planned,
    Receiver,
    Redactor,
    Reveal,
    Search,
    Status,
    Subject,
    Transport,
    Vendor,
)
from verifier.probing.allotment import Allotment
from verifier.probing.claims import Claims
from verifier.probing.clock import RealClock
from verifier.probing.errand import CASES, Errand, Errands
from verifier.probing.flows import Play
from verifier.probing.intents import nowhere
from verifier.probing.lanes import Job, Quiet, in_lanes
from verifier.probing.outcomes import errored, untested
from verifier.probing.parts import Parts, assemble
from verifier.probing.progress import Progress
from verifier.probing.trials import Trials

__all__ = ["probe"]

# Cleaning up goes on while something is still removed within so long, at most for so long.
CLEAN_UP_SECONDS = 60.0
MOST_CLEAN_UP_SECONDS = 900.0
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
    search: Search = nowhere,
    progress: Watch = lambda event: None,
) -> None:
    """
    Carry a plan out and write down what came of it.

    What the journal knows already is not asked again. Whatever ends the run, what it created is
    removed as far as the vendor lets us.

    Args:
        director: Whoever stands behind a mock; None where the vendor is a real one.
        search: How to look for what may have been created, and nobody knows.

    Raises:
        VendorUnreachable: Nothing answers at the address, or it refuses every credential.
    """
    known = journal.outcomes()
    sent = journal.exchanges_sent() + len(journal.intents())
    errands = Errands(plan, vendor, checks, known=known, sent=sent)
    claims = Claims(vendor)
    parts = assemble(
        plan,
        vendor,
        errands,
        claims,
        cases=cases,
        transport=transport,
        journal=journal,
        redactor=redactor,
        reveal=reveal,
        clock=clock or RealClock(),
        director=director,
        receiver=receiver,
        search=search,
    )
    run = _Run(plan, vendor, checks, journal, progress, redactor, parts, errands, claims)
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
        errands: Errands,
        claims: Claims,
    ) -> None:
        self.plan, self.vendor, self.checks, self.journal = plan, vendor, checks, journal
        self.progress, self.redactor = progress, redactor
        self.sender, self.ledger = parts.sender, parts.ledger
        self.hand, self.observer = parts.hand, parts.observer
        self.errands, self.claims = errands, claims
        self.trials = Trials(vendor, parts.hand)
        self.known = {(o.check, o.subject) for o in journal.outcomes()}
        self.todo = [i for i in plan.items if (i.check, i.subject) not in self.known]
        self.allotment = Allotment(plan, checks, self.todo)
        self.done = len(self.known)

    async def all(self) -> None:
        """Omissions first, then every item, in the plan's order where they touch the same."""
        self._omit()
        if any(self.checks[item.check].effect is not Effect.NONE for item in self.todo):
            await self.sender.knock()
        await in_lanes(self._jobs(), self.claims.most)
        self.sender.admission.conclude()

    def _jobs(self) -> Iterator[Job]:
        """A job for each flow, and one for all that look at an operation's drawn cases."""
        observed: dict[str, list[Check]] = {}
        for item in self.todo:
            if self.checks[item.check].subject is Subject.EXCHANGE:
                observed.setdefault(item.subject, []).append(self.checks[item.check])
        for item in self.todo:
            check, key = self.checks[item.check], item.subject
            claim = self.claims.of(check, key)
            if check.subject is not Subject.EXCHANGE:
                play = self._glance if self.claims.disturbed(claim) else self._flow
                yield Job(claim, partial(play, item, self.errands.of(check.id, key)))
            elif key in observed:
                errand = self.errands.of(CASES, key)
                yield Job(claim, partial(self._observe, key, observed.pop(key), errand))

    async def clean_up(self) -> None:
        """Remove what was created, as long as some of it goes within each minute."""
        self.progress(Progress(kind="cleaning", sent=self.sender.sent, budget=self.plan.budget))
        now = asyncio.get_running_loop().time
        most = now() + MOST_CLEAN_UP_SECONDS
        try:
            async with asyncio.timeout(CLEAN_UP_SECONDS) as ends:
                self.ledger.watch = lambda: ends.reschedule(min(most, now() + CLEAN_UP_SECONDS))
                await self.sender.landed()
                await self.hand.tidy()
                await self.hand.look()
                await self.hand.clean_up()
        except TimeoutError:
            self.ledger.give_up(
                f"the clean-up took longer than {MOST_CLEAN_UP_SECONDS:g} seconds"
                if now() >= most
                else f"nothing more was removed within {CLEAN_UP_SECONDS:g} seconds"
            )
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

    async def _glance(self, item: Planned, errand: Errand) -> Quiet | None:
        """A flow while others are under way; what is amiss is looked at again without them."""
        if not self._begins(item, errand):
            return None
        shown = await self.trials.glance(self.checks[item.check], item.subject, errand)
        if isinstance(shown, Play):
            return partial(self._judge, item, errand, shown)
        self.allotment.passed(item, errand)
        self._settle(shown)
        return None

    async def _flow(self, item: Planned, errand: Errand) -> None:
        if self._begins(item, errand):
            await self._judge(item, errand)

    async def _judge(self, item: Planned, errand: Errand, seen: Play | None = None) -> None:
        check = self.checks[item.check]
        outcome = await self.trials.judge(check, item.subject, errand, seen=seen)
        self.allotment.passed(item, errand)
        self._settle(outcome)

    def _begins(self, item: Planned, errand: Errand) -> bool:
        """Whether its price is left; it is settled where not."""
        begins = self.allotment.begins(item, errand, self.sender.sent)
        if not begins:
            self._leave_out(self.checks[item.check], item.subject)
        return begins

    def _leave_out(self, check: Check, key: str) -> None:
        says = f"it did not fit into the budget of {self.plan.budget} requests"
        self._settle(untested(check, key, says, "--budget with a higher number"))

    async def _observe(self, key: str, checks: Sequence[Check], errand: Errand) -> None:
        operation = self.vendor.contract.operation(key)
        cases = self.allotment.cases(key, errand, self.sender.sent)
        if not cases:
            for check in checks:
                self._leave_out(check, key)
            return
        try:
            outcomes = await self.observer.observe(operation, checks, cases, errand)
        except VerifierError:
            raise
        except Exception as error:  # noqa: BLE001  (a fault of ours ends this operation alone)
            outcomes = tuple(errored(check, key, error) for check in checks)
        self.allotment.visited(errand)
        for index, outcome in enumerate(outcomes):
            self._settle(replace(outcome, requests=0 if index else errand.sent))

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
