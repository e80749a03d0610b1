"""Whether a build may pass: only what is new stops it, and only what shows itself twice."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from verifier.judging.waiving import told
from verifier.judging.weighing import evident, failures, is_tested, weight_of
from verifier.model import (
    Acceptance,
    Baseline,
    Failing,
    Finding,
    Gate,
    Outcome,
    Run,
    Severity,
    Status,
    fingerprint,
)

__all__ = ["baseline_of", "failing", "gate", "repeated"]


def failing(run: Run) -> tuple[Failing, ...]:
    """Every failure of a run once, the worst first."""
    found = {
        known.fingerprint: known
        for outcome in run.outcomes
        for finding in failures(outcome)
        for known in (_failing(run, outcome, finding),)
    }
    return tuple(sorted(found.values(), key=lambda f: (-f.severity, f.check, f.operation)))


def _failing(run: Run, outcome: Outcome, finding: Finding) -> Failing:
    return Failing(
        fingerprint=fingerprint(outcome.check, finding),
        check=outcome.check,
        operation=finding.operation,
        signature=finding.signature,
        severity=weight_of(run, outcome, finding),
        says=" ".join(finding.says.split()),
    )


def baseline_of(run: Run, before: Baseline | None, today: datetime.date) -> Baseline:
    """What is known from now on; what was known before keeps the day on which it was first seen."""
    old = before.failures if before else {}
    found = [
        replace(one, since=old[one.fingerprint].since if one.fingerprint in old else str(today))
        for one in failing(run)
    ]
    return Baseline(
        vendor=run.facts.vendor,
        mode=run.facts.mode,
        failures={one.fingerprint: one for one in found},
        tested=frozenset(outcome.check for outcome in run.outcomes if evident(outcome)),
    )


def gate(
    run: Run,
    baseline: Baseline | None,
    acceptances: Sequence[Acceptance],
    *,
    enough: bool,
    least: Severity = Severity.NOTE,
    today: datetime.date,
) -> Gate:
    """
    What a build is told about a run whose waivers have been applied.

    Args:
        enough: Whether the run as such had enough evidence; a baseline says better what is enough.
        least: The least severe new failure that stops the build.
    """
    now = [_overdue(run, one, acceptances, today) for one in failing(run)]
    old = baseline.failures if baseline else {}
    known = [replace(f, since=old[f.fingerprint].since) for f in now if _is_known(f, baseline)]
    fresh = [f for f in now if not _is_known(f, baseline)]
    tested = {outcome.check for outcome in run.outcomes if evident(outcome)}
    lost = sorted(baseline.tested - tested) if baseline else []
    short = _short(run, baseline, lost, enough=enough)
    return Gate(
        new=tuple(f for f in fresh if f.severity >= least),
        light=tuple(f for f in fresh if f.severity < least),
        known=tuple(known),
        waived=tuple(_waived(run)),
        fixed=tuple(_fixed(run, old.values(), {f.fingerprint for f in now})),
        lost=tuple(lost),
        notes=told(run, acceptances, today),
        enough=not short,
        short=short,
        compared=baseline is not None,
    )


def _is_known(found: Failing, baseline: Baseline | None) -> bool:
    """What has become worse than it was known to be, or whose waiver is over, is not known."""
    before = baseline.failures.get(found.fingerprint) if baseline else None
    return before is not None and found.severity <= before.severity and not found.note


def _overdue(
    run: Run, found: Failing, acceptances: Iterable[Acceptance], today: datetime.date
) -> Failing:
    like = Finding(says="", signature=found.signature, operation=found.operation)
    over = next((a for a in acceptances if not a.holds(today) and a.fits(found.check, like)), None)
    return replace(found, note=f"its waiver was over on {over.until}") if over else found


def _waived(run: Run) -> Iterator[Failing]:
    for outcome in run.outcomes:
        if outcome.status is Status.WAIVED:
            for finding in outcome.findings:
                yield replace(_failing(run, outcome, finding), note=outcome.reason)


def _fixed(run: Run, known: Iterable[Failing], now: set[str]) -> Iterator[Failing]:
    """What was looked at again and holds; what was not tested is not mended by that."""
    waived = {one.fingerprint for one in _waived(run)}
    tested = {outcome.check for outcome in run.outcomes if is_tested(outcome)}
    for one in known:
        if one.fingerprint not in now | waived and one.check in tested:
            yield one


def _short(run: Run, baseline: Baseline | None, lost: Sequence[str], *, enough: bool) -> str:
    if run.unfinished:
        return "the run ended before its plan did"
    if lost:
        return f"{len(lost)} checks that had evidence at the baseline have none now"
    if baseline is None:
        return "" if enough else "too little could be tested, and there is no baseline to say less"
    if not any(evident(outcome) for outcome in run.outcomes):
        return "nothing could be tested"
    return ""


def repeated(gate: Gate, first: Run, again: Run) -> Gate:
    """
    The gate after a second run: a new failure that was looked for and not seen again is flaky.

    What the second run could not look at stays new.
    """
    seen = {one.fingerprint for one in failing(again)}
    looked = {(outcome.check, outcome.subject) for outcome in again.outcomes if is_tested(outcome)}
    subjects = {
        fingerprint(outcome.check, finding): (outcome.check, outcome.subject)
        for outcome in first.outcomes
        for finding in failures(outcome)
    }
    gone = [f for f in gate.new if f.fingerprint not in seen and subjects[f.fingerprint] in looked]
    return replace(gate, new=tuple(f for f in gate.new if f not in gone), flaky=tuple(gone))
