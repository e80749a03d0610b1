"""A mapping contract: drafted, analysed, carried out, and held against code and data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from verifier.mapping import opening, reconciling
from verifier.mapping.analysis import Analysis, analyse
from verifier.mapping.exact_json import read_lines
from verifier.mapping.executing import Execution, Executor
from verifier.mapping.opening import OpenMapping
from verifier.mapping.reconciling import Reconciliation
from verifier.mapping.testing import Options, TestReport, examine
from verifier.mapping.testing.doors.inside import InsideDoor
from verifier.mapping.testing.implementation import implementation_of

__all__ = ["check_mapping", "examine_mapping", "open_mapping", "reconcile", "run_mapping"]

Where = str | Path | OpenMapping
Watch = Callable[[str, int], None]


def open_mapping(where: Where) -> OpenMapping:
    """
    Read a mapping contract and the two documents that it speaks of.

    Args:
        where: A file (``*.mapping.yaml``); what is open already is given back.

    Raises:
        verifier.errors.ConfigError: The contract cannot be used; says where and why.
        verifier.errors.DocumentError: One of its documents cannot be read.
    """
    return where if isinstance(where, OpenMapping) else opening.open_mapping(where)


def check_mapping(where: Where) -> Analysis:
    """
    Hold a mapping contract against its two documents, without any record.

    Returns:
        ``findings``, each with its weight, places and the smallest value that shows it, and
        ``effort``: fields decided, undecided and lossy.
    """
    return analyse(open_mapping(where))


def run_mapping(where: Where, records: str | Path | Iterable[Any]) -> Iterator[Execution]:
    """
    Carry a mapping contract out, record by record.

    Args:
        records: A file of JSON lines, or records.

    Returns:
        For each record, as it is asked for: its outcome, the ``target`` record that it becomes, the
        ``failures`` against it, and the ``ledger`` of all that was lost.
    """
    executor = Executor(open_mapping(where))
    if isinstance(records, str | Path):
        records = (record for _, record in read_lines(Path(records)))
    return map(executor.map, records)


def examine_mapping(
    where: Where,
    implementation: Any = None,
    *,
    program: str = "",
    address: str = "",
    timeout_seconds: float | None = None,
    samples: Sequence[str | Path] = (),
    options: Options = Options(),  # noqa: B008  (frozen)
    watch: Watch | None = None,
) -> TestReport:
    """
    Hold somebody's implementation against its mapping contract.

    Args:
        implementation: A function of a record, or a class or an object with ``map`` (and ``back``,
            ``match``), called in this process; or a text, ``module:name`` or ``file.py:name``,
            which is called in one of its own, where it can be stopped.
        program: Or a command that answers JSON lines, in any language.
        address: Or where records are posted to. With none of the three it is the one that the
            contract names.
        timeout_seconds: For one answer; not for what is called in this process.
        samples: Files of real records, beside those that the contract names.
        options: Seed, phases, numbers of records.
        watch: Called with the phase and how many questions were asked, now and then.

    Returns:
        ``sound``, or what was ``found``: each with the rule, the edge case and a small example.

    Raises:
        verifier.errors.VerifierError: The contract, the implementation or a file cannot be used.
    """
    mapping = open_mapping(where)
    files = tuple(Path(file) for file in samples)
    watched = watch or (lambda phase, asked: None)
    if implementation is not None and not isinstance(implementation, str):
        words = getattr(implementation, "__qualname__", type(implementation).__qualname__)
        door = InsideDoor(implementation)
        return examine(
            mapping, door, implementation=words, samples=files, options=options, watch=watched
        )
    with implementation_of(
        mapping,
        function=implementation,
        program=program,
        address=address,
        timeout=timeout_seconds,
    ) as (way, words):
        return examine(
            mapping, way, implementation=words, samples=files, options=options, watch=watched
        )


def reconcile(
    where: Where,
    source: str | Path,
    target: str | Path,
    *,
    links: str | Path | None = None,
    columns: Mapping[str, str] | None = None,
    encodings: tuple[str, str] = ("utf-8", "utf-8"),
    output: str | Path | None = None,
) -> Reconciliation:
    """
    Hold two systems' exports against each other, by a mapping contract; nothing leaves the machine.

    Args:
        source, target: CSV, JSON lines or Parquet; everything is read as text.
        links: A CSV of two columns with established links.
        columns: ``source.PATH`` and ``target.PATH`` to column, where the names do not tell.
        encodings: Of the source's export and of the target's.
        output: A folder for the rows of each class, as CSV.

    Raises:
        verifier.errors.ConfigError: A file cannot be read, or the contract names no key that both
            have.
        verifier.errors.UsageError: DuckDB is not installed.
    """
    return reconciling.reconcile(
        open_mapping(where),
        Path(source),
        Path(target),
        links=None if links is None else Path(links),
        columns=columns,
        encodings=encodings,
        output=None if output is None else Path(output),
    )
