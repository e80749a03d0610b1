"""Two editions of a document, held against each other."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from verifier.jobs import editions
from verifier.jobs.editions import Edition
from verifier.model import Comparison

__all__ = ["diff"]


def diff(
    old: Edition,
    new: Edition,
    *,
    profile: str = "wire",
    policy: str = "",
    today: datetime.date | None = None,
    witnesses: bool = True,
    used: Sequence[str | Path] = (),
    waivers: Sequence[str | Path] = (),
) -> Comparison:
    """
    Everything that differs between two editions of a vendor's document, the worst first.

    Documents that mean the same give nothing, however they are spelled. The result is looped over,
    counted and indexed like a tuple of changes, each with ``severity``, ``says``, ``rule``,
    ``operations`` and the places in both documents; ``doubts`` holds what could not be compared.

    Args:
        old: What programs were built against: a file, folder, address, ``git:REV:path``, parsed
            document, or contract.
        new: What the vendor says now.
        profile: Who must survive: ``wire``, ``client`` (typed), ``sdk`` (its source), ``docs``.
        policy: A vendor whose published word on compatibility is put beside the verdicts.
        today: The day against which announced dates are held; None is today (UTC).
        witnesses: Whether values are looked for that show what breaks.
        used: Folders of recorded runs, or operations (``"GET /items"``): what touches them.
        waivers: Files with changes that are accepted.

    Raises:
        verifier.errors.DocumentError: One of them cannot be read.
        verifier.errors.UsageError: There is no profile or policy of that name.
        verifier.errors.ConfigError: Waivers or a recorded run cannot be read.
    """
    return editions.compare(
        old,
        new,
        profile=profile,
        policy=policy,
        today=today,
        witnesses=witnesses,
        used=used,
        waivers=waivers,
    )
