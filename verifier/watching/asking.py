"""A look at the live API: a few harmless reads, within a budget, recorded like any run."""

from __future__ import annotations

import asyncio
import datetime
import tempfile
from collections.abc import Sequence
from pathlib import Path

from verifier import loading, pipeline
from verifier.lifecycle import of_calendar
from verifier.loading.setting import open_settings
from verifier.model import Certificate, Contract, Exchange, Sighting, Watched
from verifier.runs.assignment import Assignment
from verifier.wire.address import split
from verifier.wire.tls import look

__all__ = ["ask", "handshakes", "read_calendar"]

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


def handshakes(subject: Watched) -> Sequence[Certificate]:
    """
    What the server of the API shows; nothing where it has no address, or none that is secure.

    A server that gives no answer shows nothing: that is another piece of news.
    """
    url = loading.load_vendor(subject.profile).base_url if subject.profile else ""
    if not url.startswith("https://"):
        return ()
    today = datetime.datetime.now(datetime.UTC)
    facts = asyncio.run(look(url))
    if not facts.version:
        return ()
    ends = (today + datetime.timedelta(days=facts.days_left)).date()
    host = split(url)[0].host
    return (Certificate(host=host, ends=ends if facts.days_left else None, flaw=facts.says),)


def read_calendar(subject: Watched, today: datetime.date) -> Sequence[Sighting]:
    """
    The versions that a vendor publishes, from a file.

    Raises:
        ConfigError: It cannot be read.
    """
    if not subject.calendar:
        return ()
    given = open_settings(Path(subject.calendar), beginning='versions: {"2026-10": {}}').whole()
    return tuple(of_calendar(given if isinstance(given, dict) else {}, today))
