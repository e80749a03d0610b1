"""What recorded runs against the live API showed: learned from once each, with their own days."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from verifier import drifting, loading, recording
from verifier.errors import VerifierError
from verifier.model import Observed, Run, Trait, Watched

__all__ = ["Seen", "recorded"]

MOST_AT_ONCE = 10
JOURNAL = "journal.sqlite"
LIVE = "live"


class Seen(NamedTuple):
    """
    What answers of one day showed.

    Args:
        run: Name of the recorded run; empty for the look's own answers.
        day: ISO 8601.
    """

    run: str
    day: str
    traits: Mapping[Trait, Observed]


def recorded(subject: Watched, known: Collection[str]) -> Iterator[Seen]:
    """
    The runs below the vendor's folders that were not learned from yet, the oldest first.

    A run against a mock shows nothing of the vendor, one that is damaged nothing at all: they are
    passed by once and for all. One that is still under way is left for later.
    """
    homes = (
        home
        for folder in subject.learn
        if Path(folder).is_dir()
        for home in Path(folder).iterdir()
        if home.name not in known and (home / JOURNAL).is_file()
    )
    for home in sorted(homes, key=lambda home: home.name)[:MOST_AT_ONCE]:
        try:
            run = recording.read(home, loading.load)
        except VerifierError:
            yield Seen(home.name, "", {})
            continue
        if run.facts.finished:
            yield Seen(home.name, _day(run.facts.started), _traits(run))


def _traits(run: Run) -> Mapping[Trait, Observed]:
    if run.facts.mode != LIVE:
        return {}
    return drifting.observe(run.contract, (run.exchange(id) for id in run.exchange_ids))


def _day(seconds: float) -> str:
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date().isoformat()
