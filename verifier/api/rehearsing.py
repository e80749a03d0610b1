"""Our own side, held against a vendor that fails on purpose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from verifier import rehearsing
from verifier.model import Integration
from verifier.pipeline import Evaluation
from verifier.rehearsing import Rehearsal
from verifier.rehearsing.performance import Performance

__all__ = ["rehearse", "report_rehearsal"]


def rehearse(
    where: str | Path | Integration,
    *,
    only: Sequence[str] = (),
    seed: int = 0,
    watch: Callable[[str, Performance], None] | None = None,
) -> Rehearsal:
    """
    Play a vendor that fails in every way to an integration, and judge it by what it sends.

    Args:
        where: A file (``*.integration.yaml``), or what was read from one.
        only: Episodes to play (ids); empty plays all.
        seed: Same seed, same vendor.
        watch: Called with the episode's id and what was seen, after each take.

    Returns:
        The rehearsal; ``profile`` says of each property whether it held, broke, or was not
        exercised.

    Raises:
        verifier.errors.VerifierError: The integration's file, its vendor or its records cannot be
            used.
    """
    integration = (
        where if isinstance(where, Integration) else rehearsing.read_integration(Path(where))
    )
    return rehearsing.rehearse(
        integration, only=only, seed=seed, watch=watch or (lambda episode, performance: None)
    )


def report_rehearsal(
    rehearsal: Rehearsal,
    *,
    folder: str | Path | None = None,
    formats: Sequence[str] = (),
    language: str = "en",
) -> Evaluation:
    """
    Keep a rehearsal as a run, and render its report.

    Args:
        folder: Where it is kept; None makes ``reports/<integration>/<time>``.
        formats, language: As for ``evaluate``.

    Raises:
        verifier.errors.ConfigError: The folder holds a run already, or cannot be written.
    """
    place = rehearsing.folder_for(rehearsal) if folder is None else Path(folder)
    return rehearsing.report(rehearsal, place, formats=tuple(formats), language=language)
