"""Write the form that takes a vendor's answers."""

from __future__ import annotations

from pathlib import Path

import click

from verifier.catalogue import LANGUAGES

__all__ = ["command"]


@click.command("init")
@click.argument("document", metavar="DOC")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
def command(document: str, language: str) -> None:
    """
    Write claims.yaml beside DOC: every question, no answer.

    A file that is there is never written over.
    """
    from verifier import loading  # start-up time
    from verifier.errors import ConfigError
    from verifier.jobs import passage  # start-up time
    from verifier.runs import papers  # start-up time

    path: Path = passage.baseline_beside(document).with_name(papers.CLAIMS)
    if path.exists():
        raise ConfigError(
            "there are claims already",
            where=str(path),
            mend="'verifier letter' asks for what is open in it.",
        )
    try:
        path.write_text(loading.blank_claims(language), "utf-8")
    except OSError as error:
        raise ConfigError(f"it cannot be written: {error.strerror}", where=str(path)) from error
    click.echo(f"{path}: fill in what the vendor answers, and evaluate again")
