"""The mail that asks a vendor what is open: from its claims, and from what a run has seen."""

from __future__ import annotations

import datetime
from pathlib import Path

from verifier import judging, loading, pipeline, reporting
from verifier.model import Claims
from verifier.runs import papers
from verifier.runs.archive import Against

__all__ = ["letter"]

JOURNAL = "journal.sqlite"


def letter(
    where: str | Path,
    *,
    run: Path | None = None,
    claims: str = "",
    form: str = "markdown",
    language: str = "en",
    today: datetime.date | None = None,
) -> str:
    """
    What to write to a vendor.

    Args:
        where: A vendor's folder, vendor.yaml or document; or the folder of a run.
        run: A run whose findings are put beside the claims.
        claims: A file of claims; empty takes ``claims.yaml`` beside the vendor.
        form: ``markdown`` or ``mail``.
        today: The day on which claims must hold; None is today (UTC).

    Raises:
        ConfigError: The claims or the run cannot be read.
    """
    day = today or datetime.datetime.now(datetime.UTC).date()
    place = Path(where)
    if (place / JOURNAL).is_file():
        run = place
    beside = None if run == place else papers.beside(str(where), papers.CLAIMS)
    file = claims or (str(beside) if beside else "")
    if run is None:
        told = loading.read_claims(Path(file)) if file else Claims()
        name = loading.load_vendor(where).contract.title
        stated = judging.stated((), told, day, language)
        return reporting.letter(name, stated, form=form, language=language)
    seen, verdict = pipeline.judged(run, language=language, against=Against(claims=file, today=day))
    stated = judging.stated(seen.accounted, papers.claims_of(seen), day, language)
    return reporting.letter(
        seen.facts.title, stated, run=seen, verdict=verdict, form=form, language=language
    )
