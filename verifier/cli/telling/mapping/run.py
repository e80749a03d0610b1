"""Records carried out, a line each, and how many ended how."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import IO, Any

import click

from verifier.mapping.exact_json import dumps, read_lines
from verifier.mapping.executing import Entry, Execution, Executor, Outcome

__all__ = ["carry_out"]


def carry_out(
    executor: Executor, records: Path, *, ledger: IO[bytes] | None = None, quiet: bool = False
) -> int:
    """Print what each record becomes; 1 where one was withheld."""
    outcomes: Counter[Outcome] = Counter()
    losses: Counter[str] = Counter()
    for number, record in read_lines(records):
        done = executor.map(record)
        outcomes[done.outcome] += 1
        losses.update(entry.reason for entry in done.ledger)
        click.echo(dumps(_line(number, done, with_ledger=ledger is None)).decode())
        for entry in done.ledger if ledger is not None else ():
            ledger.write(dumps({"record": number, **_entry(entry)}) + b"\n")  # type: ignore[union-attr]
    if not quiet:
        _summary(outcomes, losses)
    return int(outcomes.total() > outcomes[Outcome.MAPPED])


def _line(number: int, done: Execution, *, with_ledger: bool) -> dict[str, Any]:
    line: dict[str, Any] = {"record": number, "outcome": done.outcome.value}
    if done.target is not None:
        line["target"] = done.target
    if done.failures:
        line["reasons"] = [
            {
                "field": failure.path,
                "trouble": failure.trouble,
                "says": failure.says,
                "policy": failure.act.value,
                "line": failure.place.line,
            }
            for failure in done.failures
        ]
    if with_ledger and done.ledger:
        line["ledger"] = [_entry(entry) for entry in done.ledger]
    return line


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "field": entry.path,
        "reason": entry.reason,
        "old": _plain(entry.old),
        "new": _plain(entry.new),
        "line": entry.place.line,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _summary(outcomes: Counter[Outcome], losses: Counter[str]) -> None:
    ends = ", ".join(f"{outcomes[outcome]} {outcome.value}" for outcome in Outcome)
    click.echo(f"{outcomes.total()} records: {ends}", err=True)
    if losses:
        kinds = ", ".join(f"{count} {reason}" for reason, count in losses.most_common())
        click.echo(f"{losses.total()} losses: {kinds}", err=True)
