"""Print all that mapping contracts are made of and judged by."""

from __future__ import annotations

import click

__all__ = ["command"]


@click.command("reference")
def command() -> None:
    """
    Print all that mapping contracts are made of, as Markdown.

    'verifier explain NAME' tells about one of them.
    """
    from verifier.cli.telling.mapping import reference  # start-up time

    for text in reference.as_markdown():
        click.echo(text)
