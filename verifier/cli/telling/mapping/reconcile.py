"""A reconciliation as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator

import click

from verifier.errors import UsageError
from verifier.mapping.exact_json import as_values, dumps
from verifier.mapping.reconciling import CLASSES, Reconciliation
from verifier.mapping.reconciling.exports import Export
from verifier.mapping.reconciling.report import FieldResult

__all__ = ["as_json", "columns", "show"]

MOST_PROPOSALS = 5
MOST_PAIRS = 12


def columns(given: tuple[str, ...]) -> dict[str, str]:
    """
    ``SIDE.PATH=COLUMN`` as a mapping.

    Raises:
        UsageError: One is not of that form.
    """
    found = {}
    for text in given:
        path, equals, column = text.partition("=")
        if not equals or path.split(".")[0] not in ("source", "target"):
            raise UsageError(
                f"'{text}' does not say which column holds which field",
                mend="Such as --column source.customer.email=Mail.",
            )
        found[path] = column
    return found


def show(found: Reconciliation) -> None:
    """Print a reconciliation for a person."""
    for line in _lines(found):
        click.echo(line)


def _lines(found: Reconciliation) -> Iterator[str]:
    yield f"{found.contract}, linked by {found.key}"
    yield from _exports(found)
    yield from _classes(found)
    yield from _fields(found)
    yield from _matrices(found)
    yield from _proposals(found)


def _exports(found: Reconciliation) -> Iterator[str]:
    for side, export in (("source", found.source), ("target", found.target)):
        quality = found.quality[side]
        yield (
            f"  {side}: {export.file}: {export.rows:,} rows; keys: {quality.missing:,} missing,"
            f" {quality.duplicated:,} several times, {quality.spelt_twice:,} spelt in several ways"
        )
        yield from _broken(export)
        for column in found.profiles[side]:
            if column.dates.startswith(("both", "undecidable")):
                yield f"    '{column.name}': {column.dates}"


def _broken(export: Export) -> Iterator[str]:
    if export.broken:
        lines = "1 line" if export.broken == 1 else f"{export.broken:,} lines"
        yield f"    {lines} could not be read"
    for broken in export.examples[:3]:
        yield f"      line {broken.line}: {broken.says}"


def _classes(found: Reconciliation) -> Iterator[str]:
    yield f"\n  {'rows':<44}{'source':>12}{'target':>12}"
    for name, says in CLASSES.items():
        counts = [found.classes[side][name] for side in ("source", "target")]
        if any(counts):
            yield f"  {says:<44.44}{counts[0]:>12,}{counts[1]:>12,}"
    totals = [sum(found.classes[side].values()) for side in ("source", "target")]
    yield f"  {'all':<44}{totals[0]:>12,}{totals[1]:>12,}"


def _fields(found: Reconciliation) -> Iterator[str]:
    yield "\n  fields of the linked rows"
    for result in found.fields:
        if result.skipped:
            continue
        note = f" ({result.note})" if result.note else ""
        if not result.compared:
            yield f"  {result.field:<32}        nothing to compare{note}"
            continue
        share = result.equal / result.compared
        yield f"  {result.field:<32}{share:>8.2%} the same of {result.compared:,}{note}"
        yield from _differences(result)
    skipped = [result for result in found.fields if result.skipped]
    for result in skipped:
        yield f"  {result.field:<32} not compared: {result.skipped}"


def _differences(result: FieldResult) -> Iterator[str]:
    for difference in result.differences:
        yield f"      {difference.count:>9,}  {difference.says}. {difference.ask}"
        for row, expected, actual in difference.examples[:2]:
            yield f"                 {row}: {expected!r} expected, {actual!r} found"


def _matrices(found: Reconciliation) -> Iterator[str]:
    for field, pairs in found.matrices.items():
        yield f"\n  {field}: values that stand for each other"
        for pair in pairs[:MOST_PAIRS]:
            state = {True: "", False: "  against the contract", None: "  no row in the contract"}
            yield f"      {pair.count:>9,}  {pair.source} -> {pair.target}{state[pair.agreed]}"


def _proposals(found: Reconciliation) -> Iterator[str]:
    if not found.proposals:
        return
    yield f"\n  {len(found.proposals)} links proposed, for a person to decide"
    for one in found.proposals[:MOST_PROPOSALS]:
        contested = ", contested" if one.contested else ""
        yield f"      {one.score:.2f}  {one.source} = {one.target}: {one.because}{contested}"


def as_json(found: Reconciliation) -> None:
    """Print a reconciliation as JSON."""
    data = as_values(found)
    for result in data["fields"]:
        result["rule"] = {"file": result["rule"]["file"], "line": result["rule"]["line"]}
    click.echo(dumps(data).decode())
