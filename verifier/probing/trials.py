"""What comes of one check for one subject: asked, and asked again before it is believed."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import Any

from msgspec.structs import replace

from verifier.errors import InternalError, VerifierError
from verifier.model import (
    Check,
    Confidence,
    Effect,
    Finding,
    Level,
    Outcome,
    Status,
    Subject,
    Vendor,
    fingerprint,
)
from verifier.probing.errand import Errand
from verifier.probing.flows import Play, Stagehand
from verifier.probing.obstacles import NotTestable
from verifier.probing.outcomes import errored, status_of, untested

__all__ = ["Trials"]

ATTEMPTS = 3
MOST_EVIDENCE = 20


class Trials:
    """Plays a check's flow, once where it is content, more often where it is not."""

    def __init__(self, vendor: Vendor, hand: Stagehand) -> None:
        self._vendor = vendor
        self._hand = hand

    async def judge(
        self, check: Check, key: str, errand: Errand, *, seen: Play | None = None
    ) -> Outcome:
        """
        The outcome of a check for a subject; a crash of ours is one too.

        Args:
            seen: What it showed while others were under way: a hint, and no more.
        """
        return await self._guarded(check, key, errand, self._judged(check, key, errand, seen))

    async def glance(self, check: Check, key: str, errand: Errand) -> Outcome | Play:
        """
        Play a check while others are under way: its outcome where nothing was amiss.

        What it showed otherwise may be their doing: it is to be judged again without them.
        """
        shown: list[Play] = []

        async def once() -> Outcome:
            shown.append(await self._played(check, key, errand))
            return _outcome(check, key, shown[0].findings, (0, 0))

        outcome = await self._guarded(check, key, errand, once())
        amiss = shown and (_accuses(shown[0]) or shown[0].obstacle)
        return shown[0] if amiss else outcome

    async def _guarded(
        self, check: Check, key: str, errand: Errand, trial: Awaitable[Outcome]
    ) -> Outcome:
        try:
            outcome = await trial
        except NotTestable as missing:
            outcome = untested(check, key, missing.reason, missing.supply)
        except InternalError as guard:
            outcome = errored(check, key, guard)
        except VerifierError:
            raise
        except Exception as error:  # noqa: BLE001  (a crashed check is errored, never a finding)
            outcome = errored(check, key, error)
        return replace(outcome, requests=errand.sent, story=errand.story)

    async def _played(self, check: Check, key: str, errand: Errand) -> Play:
        subject = _subject(check, key, self._vendor)
        return await self._hand.play(check.run(subject, self._vendor), errand)

    async def _judged(self, check: Check, key: str, errand: Errand, seen: Play | None) -> Outcome:
        if seen is not None and _accuses(seen):
            return await self._confirmed(check, key, errand, [seen], beside=True)
        play = await self._played(check, key, errand)
        if play.obstacle and not play.findings:
            return untested(check, key, play.obstacle, "")
        if not _accuses(play) or check.effect is Effect.NONE:
            return _outcome(check, key, play.findings, (0, 0))
        return await self._confirmed(check, key, errand, [play])

    async def _confirmed(
        self, check: Check, key: str, errand: Errand, plays: list[Play], *, beside: bool = False
    ) -> Outcome:
        """
        Ask the whole check again: only what shows twice is reported.

        Args:
            plays: What was shown by now.
            beside: Whether others were under way meanwhile.
        """
        while len(plays) < ATTEMPTS:
            try:
                plays.append(await self._played(check, key, errand))
            except NotTestable as error:
                reason = f"seen once, and could not be repeated: {error.reason}"
                return _doubtful(check, key, plays, reason)
            repeated = _repeated(check, plays[-1], plays[:-1])
            if repeated:
                return _outcome(check, key, repeated, (2, len(plays)))
        reason = f"flaky: seen 1 of {ATTEMPTS} times"
        if beside:
            reason += ", while other checks were under way"
        return _doubtful(check, key, plays, reason)


def _accuses(play: Play) -> bool:
    """Whether it shows more than what is worth knowing."""
    return any(finding.level is not Level.INFORMATION for finding in play.findings)


def _repeated(check: Check, play: Play, before: Sequence[Play]) -> tuple[Finding, ...]:
    """What a play shows that an earlier one has shown."""
    known = {fingerprint(check.id, finding) for one in before for finding in one.findings}
    return tuple(f for f in play.findings if fingerprint(check.id, f) in known)


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


def _doubtful(check: Check, key: str, plays: Sequence[Play], reason: str) -> Outcome:
    """Seen once only: no finding to rely on, and each attempt as its evidence."""
    tried = [id for play in plays for id in play.ids[: MOST_EVIDENCE // ATTEMPTS]]
    findings = tuple(
        replace(
            finding,
            evidence=tuple(dict.fromkeys((*finding.evidence, *tried))),
            confidence=Confidence.LOW,
        )
        for finding in plays[0].findings
    )
    return Outcome(
        check=check.id,
        subject=key,
        status=Status.INCONCLUSIVE,
        findings=findings,
        reason=reason,
        attempts=(1, len(plays)),
    )
