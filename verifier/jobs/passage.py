"""The gate of a build: evaluate, compare with what is known, look again, let pass or stop."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from verifier import judging, loading, pipeline, reporting
from verifier.model import Baseline, Gate, Severity
from verifier.pipeline import Evaluation
from verifier.runs import papers
from verifier.runs.archive import Against
from verifier.runs.assignment import Assignment

__all__ = ["BASELINE", "Passage", "baseline_beside", "gate"]

BASELINE = "baseline.json"
Watch = Callable[[Any], None]


class Passage(Struct, frozen=True, kw_only=True):
    """
    What a gate leaves: its verdict, and the evaluation that it rests on.

    Args:
        baseline: The file that was compared with, or written; None where there is none.
        updated: Whether the baseline was written.
    """

    gate: Gate
    evaluation: Evaluation
    baseline: Path | None = None
    updated: bool = False

    @property
    def exit_code(self) -> int:
        """0 nothing new fails, 1 something does, 3 too little could be tested."""
        if self.updated:
            return 3 if self.evaluation.run.unfinished else 0
        return self.gate.exit_code


def gate(
    assignment: Assignment,
    *,
    baseline: Path | None = None,
    update: bool = False,
    least: Severity = Severity.NOTE,
    confirm: bool = True,
    today: datetime.date | None = None,
    history: str = "",
    compare_to: Path | None = None,
    watch: Watch | None = None,
) -> Passage:
    """
    Evaluate a vendor, and say whether a build may go on.

    Args:
        baseline: The file of what is known; None takes ``baseline.json`` beside the vendor.
        update: Whether to write what is seen as the new baseline, instead of stopping for it.
        least: The least severe new failure that stops a build.
        confirm: Whether a run with new failures is made once more; what is not seen again is flaky.
        today: The day on which waivers must hold; None is today (UTC).
        history: Where the run is remembered; empty takes the one of the folder of reports.
        compare_to: Folder of an earlier run that the report is to compare with.

    Raises:
        ConfigError: The baseline or the waivers cannot be used as written; nothing was sent.
    """
    day = today or datetime.datetime.now(datetime.UTC).date()
    path = baseline or baseline_beside(assignment.where)
    before = loading.read_baseline(path) if path.is_file() else None
    known = before.failures if before else {}
    against = Against(today=day, known=frozenset(known), history=history, compare_to=compare_to)
    done = pipeline.evaluate(assignment, watch=watch, against=against)
    if update and not done.run.unfinished:
        loading.write_baseline(path, judging.baseline_of(done.run, before, day))
        before = loading.read_baseline(path)
    judged = _judged(done, before, least, day)
    if confirm and judged.new:
        order = _again(assignment, done)
        again = pipeline.evaluate(order, watch=watch, against=Against(today=day))
        judged = judging.repeated(judged, done.run, again.run)
    done.files.update(reporting.render_gate(judged, done.run, done.folder))
    return Passage(
        gate=judged,
        evaluation=done,
        baseline=path if before else None,
        updated=update and before is not None,
    )


def _judged(done: Evaluation, before: Baseline | None, least: Severity, day: datetime.date) -> Gate:
    accepted = papers.acceptances_of(done.run)
    return judging.gate(done.run, before, accepted, enough=done.enough, least=least, today=day)


def _again(assignment: Assignment, done: Evaluation) -> Assignment:
    """The same order with the same seed, so that only the vendor can make a difference."""
    return replace(assignment, folder=done.folder / "again", formats=("json",))


def baseline_beside(where: str) -> Path:
    """
    Where the baseline of a vendor stands: in its folder, or here where it is an address.

    Raises:
        DocumentError: There is no such vendor.
    """
    if "://" in where:
        return Path(BASELINE)
    path = loading.standing(where)
    return (path if path.is_dir() else path.parent) / BASELINE
