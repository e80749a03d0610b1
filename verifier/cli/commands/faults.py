"""List what a mock can be asked to do wrong."""

from __future__ import annotations

import click

__all__ = ["command"]


@click.command("faults")
@click.option("--json", "form", flag_value="json", help="Print JSON.")
@click.option("--markdown", "form", flag_value="markdown", help="Print the page of reference.")
def command(form: str | None) -> None:
    """List the faults and misbehaviours of the mock."""
    from verifier.cli.telling import failings  # start-up time

    if form == "json":
        click.echo(failings.as_json())
        return
    for line in failings.as_markdown() if form == "markdown" else failings.listed():
        click.echo(line)
