"""Findings that somebody accepted: marked, shown, and counted nowhere until their time is over."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from verifier.model import Acceptance, Finding, Level, Outcome, Run, Status

__all__ = ["SOON", "told", "waive"]

SOON = datetime.timedelta(days=14)
WAIVABLE = frozenset({Status.FAIL, Status.WARNING, Status.REVIEW})
HEARD = {Level.FAIL: Status.FAIL, Level.WARNING: Status.WARNING, Level.REVIEW: Status.REVIEW}


def waive(run: Run, acceptances: Sequence[Acceptance], today: datetime.date) -> Run:
    """
    The run with what is accepted set to *waived*.

    Where only some findings of an outcome are accepted, it becomes two: the rest stays as it was.
    """
    live = [one for one in acceptances if one.holds(today)]
    if not live:
        return run
    outcomes = [part for outcome in run.outcomes for part in _parts(outcome, live)]
    return replace(run, outcomes=tuple(outcomes))


def _parts(outcome: Outcome, live: Sequence[Acceptance]) -> Iterator[Outcome]:
    taken: list[Finding] = []
    reasons: dict[str, None] = {}
    for finding in outcome.findings if outcome.status in WAIVABLE else ():
        fitting = next((one for one in live if one.fits(outcome.check, finding)), None)
        if fitting is not None and finding.level in HEARD:
            taken.append(finding)
            reasons[fitting.sentence] = None
    if not taken:
        yield outcome
        return
    rest = tuple(finding for finding in outcome.findings if finding not in taken)
    heard = {HEARD[finding.level] for finding in rest if finding.level in HEARD}
    reason = "; ".join(reasons)
    if not heard:
        yield replace(outcome, status=Status.WAIVED, reason=reason)
        return
    status = next(status for status in HEARD.values() if status in heard)
    yield replace(outcome, status=status, findings=rest)
    yield replace(outcome, status=Status.WAIVED, findings=tuple(taken), reason=reason)


def told(run: Run, acceptances: Sequence[Acceptance], today: datetime.date) -> tuple[str, ...]:
    """What there is to say about waivers: those that are over, soon over, or fit nothing."""
    found = [(outcome.check, finding) for outcome in run.outcomes for finding in outcome.findings]
    notes = []
    for one in acceptances:
        fits = any(one.fits(*pair) for pair in found)
        fate = _fate(one, today, fits=fits)
        if fate:
            notes.append(f"The waiver of {one.subject} {fate} ({one.where}; {one.owner})")
    return tuple(notes)


def _fate(one: Acceptance, today: datetime.date, *, fits: bool) -> str:
    if not one.holds(today):
        return f"was over on {one.until}"
    if not fits:
        return "fits no finding: take it out, or correct it"
    return f"is over after {one.until}" if one.until - today <= SOON else ""
