"""
The story, in the order in which it happens: load -> plan -> probe -> judge -> report.

Only this module composes the verbs; each knows nothing of the others.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from verifier import (
    discovery,
    generating,
    judging,
    loading,
    planning,
    probing,
    recording,
    reporting,
)
from verifier.checks.traces import traces_of
from verifier.errors import ConfigError, UsageError
from verifier.model import Check, Contract, Plan, Question, Run, Status, Vendor, Verdict
from verifier.probing.receivers.socket import SocketReceiver
from verifier.probing.transports.wire import WireTransport
from verifier.runs import archive, meanings, papers, playbill
from verifier.runs.archive import Against
from verifier.runs.assignment import Assignment
from verifier.runs.ending import DOCUMENT, ending
from verifier.runs.facts import cards_of, facts_of, folder_of
from verifier.runs.stage import Stage, stage

__all__ = [
    "Evaluation",
    "Preparation",
    "clean_up",
    "evaluate",
    "judged",
    "prepare",
    "record",
    "report",
    "resume",
]

Watch = Callable[[Any], None]
SEEN = frozenset({Status.PASS, Status.FAIL, Status.WARNING, Status.REVIEW, Status.WAIVED})


class Evaluation(Struct, frozen=True, kw_only=True):
    """What an evaluation leaves: the run, its verdict, its folder, and format to file written."""

    run: Run
    verdict: Verdict
    folder: Path
    files: dict[str, Path]

    @property
    def exit_code(self) -> int:
        """0 nothing failed, 1 something did, 3 too little of what was asked for could be tested."""
        if any(outcome.status is Status.FAIL for outcome in self.run.outcomes):
            return 1
        return 0 if self.enough else 3

    @property
    def enough(self) -> bool:
        """Whether the API itself was asked, to the end, and enough of what weighs was tested."""
        grade, run = self.verdict.grade, self.run
        asked = run.facts.mode != "desk" and not run.unfinished and run.contract.operations
        tested = any(outcome.status in SEEN for outcome in run.outcomes)
        return bool(asked and tested and (grade.enough or not grade.critical))


class Preparation(Struct, frozen=True, kw_only=True):
    """What an evaluation would do."""

    vendor: Vendor
    plan: Plan
    checks: Mapping[str, Check]


def evaluate(
    assignment: Assignment,
    *,
    watch: Watch | None = None,
    against: Against = Against(),  # noqa: B008  (frozen)
) -> Evaluation:
    """
    Load, plan, probe, judge and report.

    A run that ends before its plan did raises what ended it, with notes that say where its report
    is, how to go on, and what was left at the vendor's.
    """
    folder = record(assignment, watch=watch)
    formats, language = assignment.formats, assignment.language
    return report(folder, formats=formats, language=language, against=against)


def record(assignment: Assignment, *, watch: Watch | None = None) -> Path:
    """Load, plan and probe: the folder of a run that is still to be judged and reported."""
    reporting.require(assignment.formats, assignment.language)
    with stage(assignment) as scene:
        checks = _checks(assignment, scene)
        plan = _plan(assignment, scene.vendor, checks)
        folder = folder_of(assignment, scene)
        facts = facts_of(assignment, scene, plan, folder)
        recorder = recording.Recorder.create(folder, facts, plan, cards_of(plan, checks))
        with ending(recorder, lambda: _rendered(folder)), recorder:
            _pin(scene.vendor.contract, folder)
            _probe(scene, plan, checks, recorder, watch)
    return folder


def prepare(assignment: Assignment) -> Preparation:
    """Load and plan only: what would be sent, how often, and what is left out and why."""
    with stage(assignment) as scene:
        checks = _checks(assignment, scene)
        plan = _plan(assignment, scene.vendor, checks)
        return Preparation(vendor=scene.vendor, plan=plan, checks=checks)


def resume(
    folder: Path,
    *,
    watch: Watch | None = None,
    against: Against = Against(),  # noqa: B008  (frozen)
) -> Evaluation:
    """Go on with a run that ended early, without asking again what it knows."""
    recorder = recording.Recorder.reopen(folder)
    with ending(recorder, lambda: _rendered(folder)), recorder:
        assignment = Assignment.from_data(recorder.facts.settings["assignment"])
        with stage(assignment, contract=loading.load(folder / DOCUMENT)) as scene:
            _probe(scene, recorder.plan, _checks(assignment, scene), recorder, watch)
    formats, language = assignment.formats, assignment.language
    return report(folder, formats=formats, language=language, against=against)


def clean_up(folder: Path, *, watch: Watch | None = None) -> Evaluation:
    """
    Remove what a run left at the vendor's, and ask nothing else; the run stays as far as it got.

    Raises:
        UsageError: Its vendor was a mock, which is gone with all that was in it.
    """
    recorder = recording.Recorder.reopen(folder)
    try:
        if recorder.facts.mode != "live":
            raise UsageError(
                "that run asked no vendor of somebody's", mend="Nothing of it is left anywhere."
            )
        assignment = Assignment.from_data(recorder.facts.settings["assignment"])
        plan = replace(recorder.plan, items=(), omitted=())
        with stage(assignment, contract=loading.load(folder / DOCUMENT)) as scene:
            _probe(scene, plan, {}, recorder, watch)
    finally:
        recorder.close()
    return report(folder)


def report(
    folder: Path,
    *,
    formats: tuple[str, ...] = (),
    language: str = "en",
    against: Against = Against(),  # noqa: B008  (frozen)
) -> Evaluation:
    """Judge and render what a run recorded, as far as it got."""
    run, verdict = judged(folder, language=language, against=against)
    record = reporting.record_of(run, verdict, folder)
    past = archive.look_back(record, folder, against)
    files = reporting.render(
        run,
        verdict,
        folder,
        formats=formats or reporting.FORMATS,
        past=past.standings,
        known=against.known,
        since=past.since,
    )
    archive.keep(record, folder, against, language=language)
    return Evaluation(run=run, verdict=verdict, folder=folder, files=files)


def judged(
    folder: Path,
    *,
    language: str = "en",
    against: Against = Against(),  # noqa: B008  (frozen)
) -> tuple[Run, Verdict]:
    """What a run recorded, its waivers applied, and the verdict on it."""
    run = recording.read(folder, loading.load)
    run = papers.with_papers(run, waivers=against.waivers, claims=against.claims)
    day = against.today or papers.day_of(run)
    run = judging.waive(run, papers.acceptances_of(run), day)
    verdict = judging.judge(run, language=language, claims=papers.claims_of(run), today=day)
    return run, verdict


def _rendered(folder: Path) -> tuple[Run, dict[str, Path]]:
    done = report(folder)
    return done.run, done.files


def _pin(contract: Contract, folder: Path) -> None:
    try:
        loading.pin(contract, folder / DOCUMENT)
    except OSError as error:
        raise ConfigError(
            f"the document cannot be kept with the run: {error.strerror}",
            where=str(folder),
            mend="Is the disk full, or the folder not yours? Name another one: --output FOLDER.",
        ) from error


def _checks(assignment: Assignment, scene: Stage) -> dict[str, Check]:
    """The rules, the workflows of the run's scenarios, and its mapping contracts."""
    played = playbill.checks(assignment, scene)
    return {**discovery.checks(), **played, **meanings.checks(assignment)}


def _plan(assignment: Assignment, vendor: Vendor, checks: Mapping[str, Check]) -> Plan:
    return planning.plan(
        vendor,
        checks,
        budget=assignment.budget,
        seed=assignment.seed,
        questions=[Question(name) for name in assignment.questions],
        only=assignment.only,
    )


def _probe(
    scene: Stage,
    plan: Plan,
    checks: Mapping[str, Check],
    recorder: recording.Recorder,
    watch: Watch | None,
) -> None:
    vendor = scene.vendor
    asyncio.run(
        probing.probe(
            plan,
            vendor,
            checks=checks,
            cases=generating.Cases(
                vendor.contract,
                seed=plan.seed,
                fixtures=vendor.fixtures,
                changeable=vendor.may_change,
            ),
            transport=WireTransport(),
            receiver=SocketReceiver(
                host=vendor.webhooks.host,
                port=vendor.webhooks.port,
                certificate=vendor.webhooks.certificate,
                key=vendor.webhooks.key,
            ),
            journal=recorder,
            redactor=recording.Redaction(),
            reveal=scene.reveal,
            clock=scene.clock,
            director=scene.director,
            search=traces_of,
            progress=watch or (lambda event: None),
        )
    )
