"""The first round: single records, phase by phase, judged by every oracle."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from verifier.mapping.testing.asking import How
from verifier.mapping.testing.case import PHASES, Case
from verifier.mapping.testing.examination import Examination
from verifier.mapping.testing.oracles import judges
from verifier.mapping.testing.phases import drawn, pairwise, samples, sweep

__all__ = ["ask_about_records"]


def ask_about_records(exam: Examination, files: tuple[Path, ...]) -> None:
    """Ask about the records of each phase that is wanted."""
    ground, options = exam.ground, exam.options
    exam.swept = list(sweep(ground, exam.applied, boundaries=not options.edges))
    phases: dict[str, Iterator[Case]] = {
        "sweep": iter(exam.swept),
        "pairwise": pairwise(ground, exam.swept),
        "random": drawn(ground, exam.swept, options.random),
        "samples": samples(ground, files),
    }
    for name, cases in phases.items():
        wanted = options.phases or (("sweep",) if options.edges else PHASES)
        if name in wanted:
            _ask_all(exam, cases)


def _ask_all(exam: Examination, cases: Iterator[Case]) -> None:
    for number, case in enumerate(cases):
        answer = exam.map(case.record, case.phase, old=case.old)
        if case.phase == "sweep":
            exam.first[number] = answer
        if answer.how is How.UNABLE:
            continue
        done = exam.reference(case)
        exam.tally.count(case, answer, done)
        for judge in judges():
            exam.note(judge(case, answer, done, exam.court), case)
