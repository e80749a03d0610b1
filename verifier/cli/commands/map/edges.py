"""List the hundred edge cases of mappings, or which of them a contract has."""

from __future__ import annotations

import click

__all__ = ["command"]


@click.command("edges")
@click.argument("file", metavar="FILE", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(file: str | None, as_json: bool) -> None:
    """
    List the hundred edge cases of mappings.

    With the contract FILE, which of them apply to it. For each: what goes wrong there, which
    oracles see it, where it was met, and how many records and batches it makes.
    """
    from verifier.cli.telling.mapping import edges as talk  # start-up time

    applied = talk.applied_to(file)
    (talk.as_json if as_json else talk.show)(applied)
