"""An analysis as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click
from msgspec.structs import asdict

from verifier.mapping.analysis import Analysis, Effort, Finding, Weight
from verifier.mapping.exact_json import dumps
from verifier.mapping.opening import OpenMapping
from verifier.model import Place

__all__ = ["as_json", "effort_lines", "show"]

WORDS = {Weight.ERROR: "error", Weight.WARNING: "warning", Weight.NOTE: "note"}
LONGEST = 100


def show(mapping: OpenMapping, found: Analysis) -> None:
    """Print an analysis for a person."""
    contract = mapping.contract
    arrow = "<->" if contract.two_way else "->"
    click.echo(f"{contract.id}: {mapping.source.title} {arrow} {mapping.target.title}")
    for finding in found.findings:
        click.echo("")
        for line in _lines(finding):
            click.echo(line)
    click.echo("")
    for line in effort_lines(found.effort):
        click.echo(line)
    counts = [f"{len(found.of(weight))} {word}s" for weight, word in WORDS.items()]
    click.echo(f"\n{', '.join(counts)}")


def _lines(finding: Finding) -> Iterator[str]:
    yield f"{finding.at}: {WORDS[finding.weight]} {finding.code}: {finding.says}"
    for name in ("source", "target"):
        place = getattr(finding, name)
        if place is not None:
            yield f"    {name + ':':<9}{place}"
    if finding.witness is not None:
        yield f"    witness: {shown(finding.witness.value)} {finding.witness.becomes}"
    yield f"    {finding.mend}"


def shown(value: Any) -> str:
    """A value as JSON, cut where it is long."""
    text = dumps(value).decode("utf-8", "replace")
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}... ({len(text)} characters)"


def effort_lines(effort: Effort) -> Iterator[str]:
    """The facts of a contract, a line each."""
    yield (
        f"target: {effort.target_fields} fields: {effort.written} written,"
        f" {effort.unset} left unset on purpose, {effort.undecided_target} undecided"
    )
    yield (
        f"source: {effort.source_fields} fields: {effort.read} read,"
        f" {effort.dropped} dropped on purpose, {effort.undecided_source} undecided"
    )
    yield (
        f"open:   {effort.undecided_rules} rules undecided, {effort.open_policies} policies left to"
        f" the defaults, {effort.lossy} losses by design ({effort.unsigned} unsigned)"
    )


def as_json(mapping: OpenMapping, found: Analysis) -> None:
    """Print an analysis as JSON."""
    data = {
        "contract": mapping.contract.id,
        "source": mapping.source.title,
        "target": mapping.target.title,
        "findings": [_as_data(finding) for finding in found.findings],
        "effort": asdict(found.effort),
    }
    click.echo(dumps(data).decode())


def _as_data(finding: Finding) -> dict[str, Any]:
    data: dict[str, Any] = {
        "code": finding.code,
        "weight": WORDS[finding.weight],
        "path": finding.path,
        "says": finding.says,
        "mend": finding.mend,
        "at": _place(finding.at),
        "source": _place(finding.source),
        "target": _place(finding.target),
    }
    if finding.witness is not None:
        data["witness"] = {"value": finding.witness.value, "becomes": finding.witness.becomes}
    return {name: value for name, value in data.items() if value is not None}


def _place(place: Place | None) -> dict[str, Any] | None:
    return None if place is None else {"file": place.file, "line": place.line}
