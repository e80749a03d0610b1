"""All vendors on one page."""

from __future__ import annotations

from pathlib import Path

import click

from verifier.catalogue import LANGUAGES

__all__ = ["command"]


@click.command("portfolio")
@click.option(
    "--history",
    metavar="FILE|URL",
    default="",
    envvar="VERIFIER_HISTORY",
    help="Where runs are remembered; else reports/history.sqlite.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=Path("reports/index.html"),
    show_default=True,
    help="The page.",
)
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
def command(history: str, output: Path, language: str) -> None:
    """
    Write the page of all vendors: standing, changes, ends.

    Every evaluation writes it, too, where runs stand as usual (reports/VENDOR/RUN).
    """
    from verifier.runs import archive  # start-up time

    count = archive.write_portfolio(output, history, language=language)
    click.echo(f"{output}: {count} vendor{'s' if count != 1 else ''}")
