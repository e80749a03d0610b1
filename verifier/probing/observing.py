"""Draw an operation's cases, send each once, and show the exchanges to every check that looks."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from verifier.errors import VerifierError
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
from verifier.probing.errand import Errand
from verifier.probing.lanes import every
from verifier.probing.obstacles import NotAllowed, NotTestable
from verifier.probing.outcomes import errored, status_of, untested
from verifier.probing.sender import Sender
from verifier.probing.world import World
from verifier.validating import Opinion, second_opinion

__all__ = ["Observer"]

ATTEMPTS = 3
MOST_SHRINKS = 12
MOST_EVIDENCE = 10
PLAIN = "plain"
REFUSED = frozenset({401, 403})
OBSTACLES = (NotAllowed, NotTestable)


class _Seen:
    """One kind of finding of one check: where it was seen, and how often on purpose."""

    def __init__(self, finding: Finding, observation: Observation) -> None:
        self.finding = finding
        self.case = observation.case
        self.exchange = observation.exchange
        self.asked = _parts(observation.case)
        self.count = 1
        self.times = 1
        self.tries = 1
        self.sightings = [observation.exchange.id]
        self.obstacle = ""

    @property
    def doubt(self) -> str:
        """Why it is not believed, where it is not."""
        if self.obstacle:
            return f"seen once, and could not be repeated: {self.obstacle}"
        return f"flaky: seen {self.times} of {self.tries} times"

    def tried(self, observation: Observation, finding: Finding | None) -> None:
        """One more try, and what it showed."""
        self.tries += 1
        if finding is None:
            self.sightings.append(observation.exchange.id)
            return
        self.times += 1
        self.smaller(observation, finding)

    def smaller(self, observation: Observation, finding: Finding) -> None:
        """The same again with a smaller case, which is the one to show first."""
        self.finding, self.exchange = finding, observation.exchange
        self.asked = _parts(observation.case)

    def takes_in(self, other: _Seen) -> None:
        """What another kind of the same cause was seen in is evidence for this one."""
        self.count += other.count
        self.sightings += other.sightings

    def worded(self) -> Finding:
        """The finding with its evidence: the smallest case first, then how it was met."""
        ids = dict.fromkeys((self.exchange.id, *self.finding.evidence, *self.sightings))
        detail = {**self.finding.detail, "seen": self.count}
        return replace(self.finding, evidence=tuple(ids)[:MOST_EVIDENCE], detail=detail)


class Observer:
    """Judges one operation at a time by what was drawn for it."""

    def __init__(self, vendor: Vendor, cases: CaseSource, sender: Sender, world: World) -> None:
        self._vendor = vendor
        self._cases = cases
        self._sender = sender
        self._world = world

    async def observe(
        self, operation: Operation, checks: Sequence[Check], limit: int, errand: Errand
    ) -> tuple[Outcome, ...]:
        """An outcome for every check, for one operation; ``errand`` names the check in question."""
        drawn = self._cases.cases(operation, limit=limit)
        if isinstance(drawn, Missing):
            return _all_untested(checks, operation, drawn.reason, drawn.supply)
        try:
            seen = await self._send_all(operation, drawn, errand)
        except NotTestable as missing:
            return _all_untested(checks, operation, missing.reason, missing.supply)
        except NotAllowed as guard:
            return _all_untested(checks, operation, guard.says, "")
        judged = [o for o in seen if _worth_judging(o.exchange)]
        if not judged:
            return _all_untested(checks, operation, *_why_nothing(seen))
        kinds = {case.validity for case in drawn}
        return tuple(
            [
                await self._concluded(check, operation, judged, errand)
                if kinds & set(check.inputs)
                else _pointless(check, operation)
                for check in checks
            ]
        )

    async def _send_all(
        self, operation: Operation, cases: Iterable[Case], errand: Errand
    ) -> list[Observation]:
        """Whatever could be sent; what stood in the way where nothing could."""
        filled: list[Case] = []
        obstacles: list[Exception] = []
        for case in cases:
            try:
                filled.append(await self._world.filled(case, operation, errand))
            except OBSTACLES as error:
                obstacles.append(error)
        sent = await every([self._attempt(operation, case, errand) for case in filled])
        seen = [one for one in sent if isinstance(one, Observation)]
        obstacles += [one for one in sent if not isinstance(one, Observation)]
        if obstacles and not seen:
            raise obstacles[0]
        return seen

    async def _attempt(
        self, operation: Operation, case: Case, errand: Errand
    ) -> Observation | Exception:
        try:
            return await self._send(operation, case, errand)
        except OBSTACLES as error:
            return error

    async def _send(self, operation: Operation, case: Case, errand: Errand) -> Observation:
        exchange = await self._sender.send(self._world.encoded(operation, case, errand), errand)
        return Observation(operation=operation, case=case, exchange=exchange)

    async def _concluded(
        self,
        check: Check,
        operation: Operation,
        observed: Sequence[Observation],
        errand: Errand,
    ) -> Outcome:
        errand.purpose = check.id
        try:
            return await self._conclude(check, operation, observed, errand)
        except VerifierError:
            raise
        except Exception as error:  # noqa: BLE001  (a crashed check is errored, never a finding)
            return errored(check, operation.key, error)

    async def _conclude(
        self,
        check: Check,
        operation: Operation,
        observed: Sequence[Observation],
        errand: Errand,
    ) -> Outcome:
        looked = [o for o in observed if o.case.validity in check.inputs]
        if not looked:
            return untested(check, operation.key, "no case of its kind could be sent", "")
        kinds: dict[str, _Seen] = {}
        told = [o for o in looked if self._collect(check, o, kinds)]
        if not told:
            return untested(check, operation.key, _mute(looked), "")
        for key, seen in kinds.items():
            await self._confirm(check, operation, seen, key, errand)
        confirmed = _by_cause([seen for seen in kinds.values() if seen.times > 1])
        doubtful = [seen for seen in kinds.values() if seen.times == 1]
        if doubtful and not confirmed:
            return _inconclusive(check, operation, doubtful, len(told))
        outcome = self._opined(check, operation, confirmed, len(told))
        if not doubtful:
            return outcome
        more = f"{len(doubtful)} more seen once: {doubtful[0].doubt}"
        return replace(outcome, reason="; ".join(filter(None, (outcome.reason, more))))

    def _collect(self, check: Check, observation: Observation, kinds: dict[str, _Seen]) -> bool:
        """Take what a check finds; whether the answer told it anything."""
        found = self._ask(check, observation)
        for finding in found or ():
            key = fingerprint(check.id, finding)
            if key in kinds:
                kinds[key].count += 1
                kinds[key].sightings.append(observation.exchange.id)
            else:
                kinds[key] = _Seen(finding, observation)
        return found is not None

    def _ask(self, check: Check, observation: Observation) -> tuple[Finding, ...] | None:
        flow = check.run(observation, self._vendor)
        try:
            next(flow)
        except StopIteration as done:
            return None if done.value is None else tuple(done.value)
        raise TypeError(f"{check.id} looks at observations and may not ask")

    async def _confirm(
        self, check: Check, operation: Operation, seen: _Seen, key: str, errand: Errand
    ) -> None:
        """Send the case again from a clean state; then look for a smaller one that still fails."""
        while seen.tries < ATTEMPTS and seen.times == 1:
            try:
                observation = await self._again(operation, seen.case, errand)
            except OBSTACLES as error:
                seen.obstacle = str(error)
                return
            seen.tried(observation, self._finding(check, observation, key))
        if seen.times > 1:
            with contextlib.suppress(*OBSTACLES):
                await self._shrink(check, operation, seen, key, errand)

    async def _again(self, operation: Operation, case: Case, errand: Errand) -> Observation:
        case = await self._world.filled(case, operation, errand, fresh=True)
        return await self._send(operation, case, errand)

    def _finding(self, check: Check, observation: Observation, key: str) -> Finding | None:
        if not _worth_judging(observation.exchange):
            return None
        found = self._ask(check, observation) or ()
        return next((f for f in found if fingerprint(check.id, f) == key), None)

    async def _shrink(
        self, check: Check, operation: Operation, seen: _Seen, key: str, errand: Errand
    ) -> None:
        with contextlib.closing(self._cases.shrink(seen.case)) as shrinking:
            candidate = next(shrinking, None)
            for _ in range(MOST_SHRINKS):
                if candidate is None:
                    return
                observation = await self._again(operation, candidate, errand)
                finding = self._finding(check, observation, key)
                if finding is not None and finding.cause != seen.finding.cause:
                    finding = None  # it fails as well, but of something else
                if finding is not None:
                    seen.smaller(observation, finding)
                try:
                    candidate = shrinking.send(finding is not None)
                except StopIteration:
                    return

    def _opined(
        self, check: Check, operation: Operation, confirmed: Sequence[_Seen], samples: int
    ) -> Outcome:
        """The confirmed findings, each as sure as a second validator lets us be."""
        findings, doubts = [], []
        for seen in confirmed:
            finding = seen.worded()
            opinion = self._opinion(operation, seen)
            if opinion is not None and opinion.agrees is False:
                doubts.append(f"the second validator disagrees: {opinion.says}")
                finding = replace(finding, confidence=Confidence.LOW)
            elif opinion is not None and opinion.agrees is None:
                finding = replace(finding, confidence=Confidence.MEDIUM)
            findings.append(finding)
        all_doubted = bool(doubts) and len(doubts) == len(findings)
        return Outcome(
            check=check.id,
            subject=operation.key,
            status=Status.INCONCLUSIVE if all_doubted else status_of(findings),
            findings=tuple(findings),
            reason=doubts[0] if doubts else "",
            attempts=max(((s.times, s.tries) for s in confirmed), default=(0, 0)),
            samples=samples,
        )

    def _opinion(self, operation: Operation, seen: _Seen) -> Opinion | None:
        response = seen.exchange.response
        if not seen.finding.detail.get("schema") or response is None:
            return None
        return second_opinion(self._vendor.contract, operation, seen.exchange.request, response)


def _parts(case: Case) -> tuple[object, ...]:
    """What a request is made of, whatever the values."""
    draft = case.draft
    members = sorted(draft.body) if isinstance(draft.body, dict) else draft.has_body
    return (sorted(draft.query), sorted(draft.headers), members)


def _by_cause(kinds: Sequence[_Seen]) -> list[_Seen]:
    """
    One for each cause: of the kinds about which the vendor says the same, the first.

    Where it says little, the same words may have two causes. They count as one where a plain
    request is met with them, too, or where nothing but the same parts is left of both.
    """
    told: list[_Seen] = []
    for seen in kinds:
        cause = seen.finding.cause
        alike = (one for one in told if cause and one.finding.cause == cause)
        first = next((o for o in alike if o.case.aspect == PLAIN or o.asked == seen.asked), None)
        if first is None:
            told.append(seen)
        else:
            first.takes_in(seen)
    return told


def _inconclusive(
    check: Check, operation: Operation, doubtful: Sequence[_Seen], samples: int
) -> Outcome:
    return Outcome(
        check=check.id,
        subject=operation.key,
        status=Status.INCONCLUSIVE,
        findings=tuple(replace(s.worded(), confidence=Confidence.LOW) for s in doubtful),
        reason=doubtful[0].doubt,
        attempts=(1, doubtful[0].tries),
        samples=samples,
    )


def _mute(looked: Sequence[Observation]) -> str:
    """Why none of the answers told a check anything."""
    (answer, _), *_ = Counter(o.exchange.answer for o in looked).most_common(1)
    return f"nothing that it answered says anything about this; most often it {answer}"


def _worth_judging(exchange: Exchange) -> bool:
    return exchange.response is not None and exchange.status not in (*REFUSED, 429)


def _all_untested(
    checks: Sequence[Check], operation: Operation, reason: str, supply: str
) -> tuple[Outcome, ...]:
    """The same obstacle for every check of an operation."""
    return tuple(untested(check, operation.key, reason, supply) for check in checks)


def _why_nothing(seen: Sequence[Observation]) -> tuple[str, str]:
    if not seen:
        return "nothing could be sent", ""
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
