"""What people wrote down beside a vendor: read before anything is asked, and kept with the run."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from verifier import loading
from verifier.model import Acceptance, Claims, Run
from verifier.runs.assignment import Assignment

__all__ = [
    "CLAIMS",
    "WAIVERS",
    "acceptances_of",
    "beside",
    "claims_of",
    "day_of",
    "kept",
    "with_papers",
]

WAIVERS = "waivers.yaml"
CLAIMS = "claims.yaml"


def beside(where: str, name: str) -> Path | None:
    """A file of that name beside a vendor.yaml or a document; None where there is none."""
    path = Path(where)
    found = (path if path.is_dir() else path.parent) / name
    return found if "://" not in where and found.is_file() else None


def kept(assignment: Assignment) -> dict[str, Any]:
    """
    What the papers of an order say, as JSON values for the facts of its run.

    Raises:
        ConfigError: One of them cannot be used as written.
    """
    waivers = assignment.waivers or _found(assignment.where, WAIVERS)
    claims = assignment.claims or next(iter(_found(assignment.where, CLAIMS)), "")
    told = loading.read_claims(Path(claims)) if claims else Claims()
    return {
        "waivers": [one.as_data() for one in _acceptances(waivers)],
        "claims": told.as_data(),
    }


def _found(where: str, name: str) -> tuple[str, ...]:
    found = beside(where, name)
    return (str(found),) if found else ()


def _acceptances(files: Iterable[str]) -> list[Acceptance]:
    return [one for file in files for one in loading.read_acceptances(Path(file))]


def acceptances_of(run: Run) -> tuple[Acceptance, ...]:
    """The waivers of findings that were kept with a run."""
    return tuple(map(Acceptance.from_data, run.facts.settings.get("waivers", ())))


def claims_of(run: Run) -> Claims:
    """What the vendor had said when the run began."""
    return Claims.from_data(run.facts.settings.get("claims", {}))


def with_papers(run: Run, *, waivers: Iterable[str] | None = None, claims: str = "") -> Run:
    """The run with other papers than those that were kept with it; what is not given stays."""
    settings = dict(run.facts.settings)
    if waivers is not None:
        settings["waivers"] = [one.as_data() for one in _acceptances(waivers)]
    if claims:
        settings["claims"] = loading.read_claims(Path(claims)).as_data()
    return replace(run, facts=replace(run.facts, settings=settings))


def day_of(run: Run) -> datetime.date:
    """The day on which a run began (UTC)."""
    return datetime.datetime.fromtimestamp(run.facts.started, datetime.UTC).date()
