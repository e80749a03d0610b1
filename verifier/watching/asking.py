"""A look at the live API: a few harmless reads, within a budget, recorded like any run."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Sequence
from pathlib import Path

from verifier import loading, pipeline
from verifier.assignment import Assignment
from verifier.lifecycle import of_calendar
from verifier.loading.setting import open_settings
from verifier.model import Contract, Exchange, Sighting, Watched

__all__ = ["ask", "read_calendar"]

# Checks whose own requests are plain reads of as many operations as the budget allows.
READS = ("operations.request-id-everywhere", "operations.clock-is-right")


def ask(subject: Watched, contract: Contract) -> Sequence[Exchange]:
    """
    What the API answers to plain reads.

    Nothing is asked without a vendor.yaml with an address: the servers of a document are never
    contacted by themselves.

    Raises:
        VerifierError: It could not be asked.
    """
    if not subject.profile or not loading.load_vendor(subject.profile).base_url:
        return ()
    with tempfile.TemporaryDirectory() as folder:
        assignment = Assignment(
            where=subject.profile,
            budget=subject.probe,
            only=READS,
            folder=Path(folder) / "run",
            formats=("json",),
        )
        run = pipeline.evaluate(assignment).run
        return [run.exchange(id) for id in run.exchange_ids]


def read_calendar(subject: Watched, today: datetime.date) -> Sequence[Sighting]:
    """
    The versions that a vendor publishes, from a file.

    Raises:
        ConfigError: It cannot be read.
    """
    if not subject.calendar:
        return ()
    given = open_settings(Path(subject.calendar)).whole()
    return tuple(of_calendar(given if isinstance(given, dict) else {}, today))
