"""Draw an operation's cases, send each once, and show the exchanges to every check that looks."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from verifier.model import (
    Case,
    CaseSource,
    Check,
    Confidence,
    Exchange,
    Finding,
    Missing,
    Observation,
    Operation,
    Outcome,
    Status,
    Vendor,
    fingerprint,
)
from verifier.probing.flows import status_of
from verifier.probing.sender import NotAllowed, OutOfBudget, Sender
from verifier.probing.world import NotTestable, World
from verifier.validating import second_opinion

__all__ = ["Observer"]

ATTEMPTS = 3
MOST_SHRINKS = 12
REFUSED = frozenset({401, 403})


@dataclass(slots=True)
class _Seen:
    """One kind of finding of one check: where it was seen first, and how often."""

    finding: Finding
    case: Case
    exchange: Exchange
    count: int = 1
    evidence: list[str] = field(default_factory=list)


class Observer:
    """Judges one operation at a time by what was drawn for it."""

    def __init__(self, vendor: Vendor, cases: CaseSource, sender: Sender, world: World) -> None:
        self._vendor = vendor
        self._cases = cases
        self._sender = sender
        self._world = world

    async def observe(
        self, operation: Operation, checks: Sequence[Check], limit: int
    ) -> tuple[Outcome, ...]:
        """An outcome for every check, for one operation."""
        drawn = self._cases.cases(operation, limit=limit)
        if isinstance(drawn, Missing):
            return self._untested(operation, checks, drawn.reason, drawn.supply)
        try:
            seen = await self._send_all(operation, drawn)
        except NotTestable as missing:
            return self._untested(operation, checks, missing.reason, missing.supply)
        except OutOfBudget:
            return self._untested(operation, checks, *_why_nothing((), limit))
        judged = [o for o in seen if _worth_judging(o.exchange)]
        if not judged:
            return self._untested(operation, checks, *_why_nothing(seen, limit))
        kinds = {case.validity for case in drawn}
        return tuple(
            [
                await self._conclude(check, operation, judged)
                if kinds & set(check.inputs)
                else _pointless(check, operation)
                for check in checks
            ]
        )

    async def _send_all(self, operation: Operation, cases: Iterable[Case]) -> list[Observation]:
        filled, missing = [], None
        for case in cases:
            try:
                filled.append(await self._world.filled(case, operation, "cases"))
            except NotTestable as error:
                missing = error
        if missing is not None and not filled:
            raise missing
        sent = await asyncio.gather(*(self._send(operation, case) for case in filled))
        return [observation for observation in sent if observation is not None]

    async def _send(self, operation: Operation, case: Case) -> Observation | None:
        try:
            request = self._world.encoded(operation, case)
            exchange = await self._sender.send(request, "cases")
        except (OutOfBudget, NotAllowed, NotTestable):
            return None
        self._world.noted(operation, case, exchange)
        return Observation(operation=operation, case=case, exchange=exchange)

    async def _conclude(
        self, check: Check, operation: Operation, observed: Sequence[Observation]
    ) -> Outcome:
        looked = [o for o in observed if o.case.validity in check.inputs]
        if not looked:
            return self._untested(operation, [check], "no case of its kind could be sent", "")[0]
        kinds: dict[str, _Seen] = {}
        try:
            for observation in looked:
                self._collect(check, observation, kinds)
        except Exception as error:  # noqa: BLE001  (a crashed check is errored, never a finding)
            return _errored(check, operation, error)
        findings: list[Finding] = []
        flaky: list[Finding] = []
        for seen in kinds.values():
            repeated, attempts = await self._confirm(check, operation, seen)
            (findings if repeated else flaky).append(self._worded(seen, repeated, attempts))
        if flaky and not findings:
            return Outcome(
                check=check.id,
                subject=operation.key,
                status=Status.INCONCLUSIVE,
                findings=tuple(flaky),
                reason=f"flaky: seen 1 of {ATTEMPTS} times",
                attempts=(1, ATTEMPTS),
                samples=len(looked),
            )
        return await self._opined(check, operation, looked, findings, kinds)

    def _collect(self, check: Check, observation: Observation, kinds: dict[str, _Seen]) -> None:
        for finding in self._ask(check, observation):
            key = fingerprint(check.id, finding)
            if key in kinds:
                kinds[key].count += 1
                kinds[key].evidence.append(observation.exchange.id)
            else:
                kinds[key] = _Seen(finding, observation.case, observation.exchange)

    def _ask(self, check: Check, observation: Observation) -> tuple[Finding, ...]:
        flow = check.run(observation, self._vendor)
        try:
            next(flow)
        except StopIteration as done:
            return tuple(done.value or ())
        raise TypeError(f"{check.id} looks at observations and may not ask")

    async def _confirm(self, check: Check, operation: Operation, seen: _Seen) -> tuple[bool, int]:
        """Send the case again from a clean state; then look for a smaller one that still fails."""
        key = fingerprint(check.id, seen.finding)
        for attempt in range(2, ATTEMPTS + 1):
            again = await self._again(check, operation, seen.case, key)
            if again is not None:
                seen.finding, seen.exchange = again
                await self._shrink(check, operation, seen, key)
                return True, attempt
        return False, ATTEMPTS

    async def _again(
        self, check: Check, operation: Operation, case: Case, key: str
    ) -> tuple[Finding, Exchange] | None:
        try:
            case = await self._world.filled(case, operation, check.id, fresh=True)
            observation = await self._send(operation, case)
        except (NotTestable, OutOfBudget):
            return None
        if observation is None or not _worth_judging(observation.exchange):
            return None
        for finding in self._ask(check, observation):
            if fingerprint(check.id, finding) == key:
                return finding, observation.exchange
        return None

    async def _shrink(self, check: Check, operation: Operation, seen: _Seen, key: str) -> None:
        shrinking = self._cases.shrink(seen.case)
        try:
            candidate = next(shrinking)
            for _ in range(MOST_SHRINKS):
                found = await self._again(check, operation, candidate, key)
                if found is not None:
                    seen.finding, seen.exchange = found
                candidate = shrinking.send(found is not None)
        except StopIteration:
            pass
        finally:
            shrinking.close()

    def _worded(self, seen: _Seen, repeated: bool, attempts: int) -> Finding:
        evidence = tuple(dict.fromkeys((seen.exchange.id, *seen.finding.evidence, *seen.evidence)))
        detail = {**seen.finding.detail, "seen": seen.count}
        confidence = seen.finding.confidence if repeated else Confidence.LOW
        return replace(seen.finding, evidence=evidence[:10], detail=detail, confidence=confidence)

    async def _opined(
        self,
        check: Check,
        operation: Operation,
        looked: Sequence[Observation],
        findings: list[Finding],
        kinds: dict[str, _Seen],
    ) -> Outcome:
        status, reason = status_of(findings), ""
        kept = []
        for finding, seen in zip(findings, kinds.values(), strict=False):
            opinion = None
            if finding.detail.get("schema") and seen.exchange.response is not None:
                opinion = second_opinion(
                    self._vendor.contract, operation, seen.exchange.request, seen.exchange.response
                )
            if opinion is not None and opinion.agrees is False:
                reason = f"the second validator disagrees: {opinion.says}"
                finding = replace(finding, confidence=Confidence.LOW)
            elif opinion is not None and opinion.agrees is None:
                finding = replace(finding, confidence=Confidence.MEDIUM)
            kept.append(finding)
        doubted = [f for f in kept if f.confidence is Confidence.LOW]
        if reason and len(doubted) == len(kept):
            status = Status.INCONCLUSIVE
        return Outcome(
            check=check.id,
            subject=operation.key,
            status=status,
            findings=tuple(kept),
            reason=reason,
            attempts=(2, 2) if kept else (0, 0),
            samples=len(looked),
        )

    def _untested(
        self, operation: Operation, checks: Iterable[Check], reason: str, supply: str
    ) -> tuple[Outcome, ...]:
        return tuple(
            Outcome(
                check=check.id,
                subject=operation.key,
                status=Status.NOT_TESTED,
                reason=reason,
                supply=supply,
            )
            for check in checks
        )


def _worth_judging(exchange: Exchange) -> bool:
    return exchange.response is not None and exchange.status not in (*REFUSED, 429)


def _why_nothing(seen: Sequence[Observation], limit: int) -> tuple[str, str]:
    if not seen:
        return "the budget was spent", f"--budget with more than {limit} requests"
    first = seen[0].exchange
    if first.status in REFUSED:
        return f"our credential was refused ({first.status})", "a principal that may do this"
    return f"it {first.answer}", ""


def _pointless(check: Check, operation: Operation) -> Outcome:
    return Outcome(
        check=check.id,
        subject=operation.key,
        status=Status.NOT_APPLICABLE,
        reason="nothing in its requests could be drawn that way",
    )


def _errored(check: Check, operation: Operation, error: Exception) -> Outcome:
    return Outcome(
        check=check.id,
        subject=operation.key,
        status=Status.ERRORED,
        reason=f"{type(error).__name__}: {error}",
    )
