"""Carry a mapping contract out on records."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import click

__all__ = ["command"]


@click.command("run")
@click.argument("file", metavar="FILE")
@click.argument("records", metavar="RECORDS", type=click.Path(path_type=Path))
@click.option("--ledger", type=click.File("wb"), help="Write each loss to this file, a line each.")
@click.option("--quiet", is_flag=True, help="Print the records only.")
def command(file: str, records: Path, ledger: IO[bytes] | None, quiet: bool) -> int:
    """
    Carry a contract out on records, and print what they become.

    A line each, in order: the outcome, the record or the reasons against it, and the ledger of all
    that was lost. Exit code 1 where a record was withheld.
    """
    from verifier.cli.telling.mapping import run as talk  # start-up time
    from verifier.mapping.executing import Executor
    from verifier.mapping.opening import open_mapping

    executor = Executor(open_mapping(file))
    return talk.carry_out(executor, records, ledger=ledger, quiet=quiet)
