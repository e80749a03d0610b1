"""Draft a mapping contract from two documents."""

from __future__ import annotations

from pathlib import Path

import click

from verifier.errors import UsageError

__all__ = ["command"]


@click.command("draft")
@click.argument("source", metavar="A")
@click.argument("target", metavar="B")
@click.option(
    "--exports",
    nargs=2,
    metavar="A-FILE B-FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Records of both systems, of the same things: CSV, JSON lines or Parquet.",
)
@click.option("--two-way", is_flag=True, help="Changes go both ways.")
@click.option("--output", type=click.Path(path_type=Path), help="Write it there, not here.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def command(
    source: str,
    target: str,
    exports: tuple[Path, Path] | None,
    two_way: bool,
    output: Path | None,
    force: bool,
) -> int:
    """
    Propose a contract by which records of A become those of B.

    A and B may name a schema (shop.yaml#Order); else the two that fit best are taken. Fields are
    put together by name, schema and examples, and by what rows of two exports show. Whatever a
    person must decide is marked (undecided), and counted. Nothing leaves this machine.
    """
    from verifier.cli.telling.mapping import draft as talk  # start-up time
    from verifier.mapping.drafting import draft

    if output is not None and output.exists() and not force:
        raise UsageError("there is a file already", where=str(output), mend="Add --force.")
    folder = output.parent if output is not None else Path.cwd()
    folder.mkdir(parents=True, exist_ok=True)
    found = draft(source, target, beside=folder, exports=exports, two_way=two_way)
    if output is None:
        click.echo(found.text, nl=False)
    else:
        output.write_text(found.text, encoding="utf-8")
    talk.show(found, output)
    return 0
