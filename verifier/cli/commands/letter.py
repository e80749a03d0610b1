"""Write to a vendor."""

from __future__ import annotations

from pathlib import Path

import click

from verifier.catalogue import LANGUAGES

__all__ = ["command"]


@click.command("letter")
@click.argument("where", metavar="DOC|RUN")
@click.option("--run", type=click.Path(path_type=Path), help="A run whose findings are named.")
@click.option("--claims", metavar="FILE", default="", help="Else claims.yaml beside the vendor.")
@click.option(
    "--mail", is_flag=True, help="Plain text whose first line is the subject; else Markdown."
)
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option("--output", type=click.Path(path_type=Path), help="Write to this file instead.")
def command(
    where: str, run: Path | None, claims: str, mail: bool, language: str, output: Path | None
) -> None:
    """
    Write to the vendor what failed and what is not answered.

    With a run, what was tested is not asked again. 'verifier claims init' writes the form that
    takes the answers.
    """
    from verifier.jobs import letters  # start-up time

    form = "mail" if mail else "markdown"
    text = letters.letter(where, run=run, claims=claims, form=form, language=language)
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, "utf-8")
