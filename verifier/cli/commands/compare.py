"""Two vendors, or two runs, side by side."""

from __future__ import annotations

from pathlib import Path

import click

from verifier.catalogue import LANGUAGES

__all__ = ["command"]


@click.command("compare")
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.option(
    "--history",
    metavar="FILE|URL",
    default="",
    envvar="VERIFIER_HISTORY",
    help="Where runs are remembered; else reports/history.sqlite.",
)
@click.option("--output", type=click.Path(path_type=Path), help="Write a page, too.")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
def command(first: str, second: str, history: str, output: Path | None, language: str) -> None:
    """
    Put two runs side by side, the differences first.

    A and B are folders of runs, or names of vendors, whose latest whole runs are taken from the
    history. What was not equally tested is said, and by how much.
    """
    from verifier import reporting  # start-up time
    from verifier.runs import archive  # start-up time

    records = archive.found(first, history), archive.found(second, history)
    click.echo(reporting.compare_text(*records, language=language), nl=False)
    if output is not None:
        archive.write_comparison(output, *records, language=language)
        click.echo(f"\n  {output}")
