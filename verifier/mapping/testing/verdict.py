"""A test from beginning to end."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

from verifier.mapping.edges import Ground
from verifier.mapping.executing import Executor
from verifier.mapping.opening import OpenMapping
from verifier.mapping.testing import rounds
from verifier.mapping.testing.asking import Door
from verifier.mapping.testing.court import Court
from verifier.mapping.testing.examination import Examination, GivenUp, Options
from verifier.mapping.testing.report import TestReport
from verifier.mapping.testing.summary import edge_states, found_of

__all__ = ["examine"]

Watch = Callable[[str, int], None]


def examine(
    mapping: OpenMapping,
    door: Door,
    *,
    implementation: str = "",
    samples: tuple[Path, ...] = (),
    options: Options = Options(),  # noqa: B008  (frozen)
    watch: Watch = lambda phase, asked: None,
) -> TestReport:
    """
    Hold an implementation against its contract.

    Args:
        door: The way to the implementation; closing it is the caller's business.
        implementation: What it is, in words.
        samples: Files of real records, beside those that the contract names.
        watch: Called with the phase and how many questions were asked, now and then.

    Raises:
        NotEnoughEvidence: No record could be made up that the contract maps.
        ConfigError: A file of samples cannot be read.
    """
    began = time.monotonic()
    executor = Executor(mapping)
    ground = Ground(executor, seed=options.seed)
    exam = Examination(Court(executor), ground, door, options, watch)
    files = (*(mapping.folder / name for name in mapping.contract.verify.samples), *samples)
    _ask(exam, files)
    given_up = exam.given_up
    found = found_of(exam)
    gaps = (*exam.not_exercised, *exam.tally.gaps())
    return TestReport(
        contract=mapping.contract.id,
        implementation=implementation,
        asked=dict(exam.asked),
        found=found,
        edges=edge_states(exam, found),
        not_exercised=tuple(dict.fromkeys(gaps)),
        given_up=given_up,
        seconds=time.monotonic() - began,
    )


def _ask(exam: Examination, files: tuple[Path, ...]) -> None:
    """Ask everything, unless it has to be given up."""
    with contextlib.suppress(GivenUp):
        rounds.ask_about_records(exam, files)
        if exam.options.rounds:
            if not exam.options.edges:
                rounds.ask_about_pairs(exam)
            rounds.ask_there_and_back(exam)
            rounds.ask_in_cycles(exam)
            rounds.ask_about_batches(exam)
            rounds.ask_elsewhere(exam)
