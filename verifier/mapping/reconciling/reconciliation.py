"""Two exports held against each other, from beginning to end."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath

from verifier.mapping.nouns import Path
from verifier.mapping.opening import OpenMapping, OpenSide
from verifier.mapping.reconciling.classes import classify, counts, quality
from verifier.mapping.reconciling.columns import columns_of
from verifier.mapping.reconciling.differing import compare
from verifier.mapping.reconciling.engine import Engine, engine, name
from verifier.mapping.reconciling.expected import Compared, comparison
from verifier.mapping.reconciling.exports import Export, read_export
from verifier.mapping.reconciling.keys import key_of_rows
from verifier.mapping.reconciling.matrices import pairs_of_tables
from verifier.mapping.reconciling.profiles import profile
from verifier.mapping.reconciling.proposals import propose
from verifier.mapping.reconciling.report import FieldResult, Reconciliation
from verifier.mapping.reconciling.writing import write_classes
from verifier.mapping.shapes import walk

__all__ = ["reconcile"]


def reconcile(
    mapping: OpenMapping,
    source: FilePath,
    target: FilePath,
    *,
    links: FilePath | None = None,
    columns: Mapping[str, str] | None = None,
    encodings: tuple[str, str] = ("utf-8", "utf-8"),
    output: FilePath | None = None,
) -> Reconciliation:
    """
    Hold two systems' exports against each other, by a contract. Nothing leaves this machine.

    Args:
        source, target: CSV, JSON lines or Parquet.
        links: A CSV of two columns, source and target, with established links.
        columns: ``source.PATH`` and ``target.PATH`` to column, where the names do not tell.
        output: A folder for the rows of each class, as CSV.

    Raises:
        ConfigError: A file cannot be read, or the contract names no key that both have.
        UsageError: DuckDB is not installed.
    """
    began = time.monotonic()
    with engine() as db:
        read = [
            _read(db, side, file, table, encoding)
            for side, file, table, encoding in (
                (mapping.source, source, "a", encodings[0]),
                (mapping.target, target, "b", encodings[1]),
            )
        ]
        given = columns or {}
        mine, theirs = (
            columns_of(export, paths, _of_side(given, side))
            for (export, paths), side in zip(read, ("source", "target"), strict=True)
        )
        return _reconciled(db, mapping, read[0][0], read[1][0], mine, theirs, links, output, began)


def _reconciled(
    db: Engine,
    mapping: OpenMapping,
    source: Export,
    target: Export,
    mine: Mapping[Path, str],
    theirs: Mapping[Path, str],
    links: FilePath | None,
    output: FilePath | None,
    began: float,
) -> Reconciliation:
    key = key_of_rows(db, mapping, mine, theirs, _links(db, links))
    classify(db, key)
    compared, skipped = _fields(mapping, mine, theirs)
    ids = _ids(mapping, mine, theirs)
    different, results = compare(db, mapping, compared, ids[0])
    exports = {"source": source, "target": target}
    found = Reconciliation(
        contract=mapping.contract.id,
        key=key.says,
        source=source,
        target=target,
        classes={
            side: counts(db, side, export.broken, different) for side, export in exports.items()
        },
        quality={side: quality(db, side, key) for side in exports},
        fields=(*results, *skipped),
        matrices=pairs_of_tables(db, mapping, mine, theirs),
        proposals=propose(db, mapping, mine, theirs, ids),
        profiles={side: profile(db, export) for side, export in exports.items()},
        seconds=time.monotonic() - began,
    )
    if output is not None:
        write_classes(db, exports, output, has_differences=bool(compared))
    return found


def _read(
    db: Engine, side: OpenSide, file: FilePath, table: str, encoding: str
) -> tuple[Export, tuple[Path, ...]]:
    paths = tuple(
        field.path
        for field in walk(side.shape)
        if not field.path.many and not field.facts.types & {"array", "object"}
    )
    return read_export(db, file, table, paths, encoding=encoding), paths


def _of_side(given: Mapping[str, str], side: str) -> dict[str, str]:
    prefix = f"{side}."
    return {k.removeprefix(prefix): v for k, v in given.items() if k.startswith(prefix)}


def _links(db: Engine, links: FilePath | None) -> str:
    if links is None:
        return ""
    export = read_export(db, links, "given_links", ())
    first, second = (name(column) for column in export.columns[:2])
    db.run(f"CREATE TABLE links AS SELECT {first} AS source, {second} AS target FROM given_links")
    return "links"


def _fields(
    mapping: OpenMapping, source: Mapping[Path, str], target: Mapping[Path, str]
) -> tuple[list[Compared], list[FieldResult]]:
    compared: list[Compared] = []
    skipped: list[FieldResult] = []
    for rule, _ in mapping.contract.rules():
        found = comparison(mapping, rule, source, target)
        if isinstance(found, str):
            result = FieldResult(field=str(rule.target), rule=rule.place, skipped=found)
            skipped.append(result)
        else:
            compared.append(found)
    return compared, skipped


def _ids(
    mapping: OpenMapping, source: Mapping[Path, str], target: Mapping[Path, str]
) -> tuple[str, str]:
    """What rows are called by: their ids where a column holds them, else their numbers."""
    match = mapping.contract.match
    parts = list(_candidates(match)) if match is not None else []
    mine = next((f"a.{name(source[p])}" for p, _ in parts if p in source), "(a.rowid + 1)::VARCHAR")
    theirs = next(
        (f"b.{name(target[p])}" for _, p in parts if p in target), "(b.rowid + 1)::VARCHAR"
    )
    return mine, theirs


def _candidates(match: object) -> Iterator[tuple[Path, Path]]:
    link = getattr(match, "link", None)
    if link is not None:
        yield link.source, link.target
