"""What is kept beside a vendor, held against its rules without sending anything."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

from verifier import loading
from verifier.errors import VerifierError
from verifier.mapping.analysis import Weight, analyse
from verifier.mapping.opening import open_mapping
from verifier.runs import playbill
from verifier.runs.assignment import Assignment
from verifier.runs.stage import stage
from verifier.scenarios import Grade

__all__ = ["lint"]


def lint(path: Path, *, today: datetime.date) -> Iterator[str]:
    """
    What is wrong with a file, a message each; nothing where all is well.

    A vendor's document is held to be readable only: what else is wrong with it, is the vendor's.

    Args:
        path: A document, vendor.yaml, waivers, claims, a baseline, a scenario, or a mapping.
        today: The day on which waivers and claims must hold.

    Raises:
        DocumentError: There is no such file.
    """
    return _flaws(loading.standing(str(path)), today)


def _flaws(path: Path, today: datetime.date) -> Iterator[str]:
    try:
        yield from _kind(path)(path, today)
    except VerifierError as error:
        yield str(error)


def _kind(path: Path) -> Callable[[Path, datetime.date], Iterator[str]]:
    name = path.name.lower()
    for mark, kind in KINDS.items():
        if mark in name:
            return kind
    return _document


def _scenario(path: Path, today: datetime.date) -> Iterator[str]:
    opened = playbill.open_scenario(str(path))
    where = playbill.vendor_of(opened.description, {})
    if "://" in where:
        return
    apis = playbill.apis_of([opened.description], where, {})
    order = Assignment(where=where, scenarios=(str(path),), apis=apis)
    with stage(order) as scene:
        _, flaws = playbill.bound(order, scene.vendor)
    for flaw in flaws:
        if flaw.grade >= Grade.DOUBTFUL:
            yield str(flaw)


def _mapping(path: Path, today: datetime.date) -> Iterator[str]:
    for finding in analyse(open_mapping(str(path))).findings:
        if finding.weight is Weight.ERROR:
            yield f"{finding.at}: {finding.says}\n  {finding.mend}"


def _vendor(path: Path, today: datetime.date) -> Iterator[str]:
    if "://" not in loading.document_of(path):
        loading.load_vendor(path)
    yield from ()


def _waivers(path: Path, today: datetime.date) -> Iterator[str]:
    loading.read_waivers(path)
    for one in loading.read_acceptances(path):
        if not one.holds(today):
            mend = "Take it out, or have its owner look at it again."
            yield f"{one.where}: this waiver was over on {one.until} ({one.owner})\n  {mend}"


def _claims(path: Path, today: datetime.date) -> Iterator[str]:
    for id, claim in loading.read_claims(path).said.items():
        if not claim.holds(today):
            mend = "Ask again: 'verifier letter' writes the mail."
            yield f"{claim.where}: the answer to '{id}' ran out on {claim.expires}\n  {mend}"


def _baseline(path: Path, today: datetime.date) -> Iterator[str]:
    loading.read_baseline(path)
    yield from ()


def _document(path: Path, today: datetime.date) -> Iterator[str]:
    loading.load(path)
    yield from ()


KINDS = {
    ".arazzo.": _scenario,
    ".mapping.": _mapping,
    "vendor.y": _vendor,
    "waivers.y": _waivers,
    "claims.y": _claims,
    "baseline.json": _baseline,
}
