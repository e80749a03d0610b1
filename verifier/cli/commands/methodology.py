"""Say how a grade is made."""

from __future__ import annotations

import click

from verifier.catalogue import LANGUAGES

__all__ = ["command"]


@click.command("methodology")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
def command(language: str) -> None:
    """Print how grades are made: weights, letters, caps."""
    from verifier import discovery, judging  # start-up time

    click.echo(judging.methodology(discovery.checks(), language))
