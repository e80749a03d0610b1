"""Hold two systems' exports against each other."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["command"]

FILE = click.Path(path_type=Path)


@click.command("reconcile")
@click.argument("file", metavar="FILE")
@click.argument("source", metavar="SOURCE", type=FILE)
@click.argument("target", metavar="TARGET", type=FILE)
@click.option("--links", type=FILE, help="A CSV of established links: source id, target id.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="SIDE.PATH=COLUMN",
    help="Which column holds a field: source.customer.email=Mail.",
)
@click.option("--encoding", default="utf-8", show_default=True, help="Of the source's export.")
@click.option("--target-encoding", default="utf-8", show_default=True, help="Of the target's.")
@click.option("--output", type=FILE, help="A folder for the rows of each class, as CSV.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    file: str,
    source: Path,
    target: Path,
    links: Path | None,
    columns: tuple[str, ...],
    encoding: str,
    target_encoding: str,
    output: Path | None,
    as_json: bool,
) -> int:
    """
    Hold two exports against each other, by a contract.

    SOURCE and TARGET are CSV, JSON lines or Parquet, read as text. Each row ends in exactly one
    class, each difference under one cause; links are proposed, never made. Exit code 1 where not
    every row is in both, and the same.
    """
    import verifier  # start-up time
    from verifier.cli.telling.mapping import reconcile as talk

    found = verifier.reconcile(
        file,
        source,
        target,
        links=links,
        columns=talk.columns(columns),
        encodings=(encoding, target_encoding),
        output=output,
    )
    (talk.as_json if as_json else talk.show)(found)
    return int(not found.clean)
