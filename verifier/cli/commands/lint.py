"""Hold files against their rules, and send nothing."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["command"]


@click.command("lint")
@click.argument(
    "files", nargs=-1, metavar="FILE...", required=True, type=click.Path(path_type=Path)
)
def command(files: tuple[Path, ...]) -> int:
    """
    Hold FILEs against their rules; nothing is sent.

    Documents must be readable; vendor.yaml, waivers.yaml, baseline.json, scenarios
    (*.arazzo.yaml) and mappings (*.mapping.yaml) without a flaw; and no waiver may be over.
    """
    import datetime  # start-up time

    from verifier.jobs import linting

    today = datetime.datetime.now(datetime.UTC).date()
    each = [linting.lint(path, today=today) for path in files]
    found = [message for messages in each for message in messages]
    for message in found:
        click.echo(message)
    return int(bool(found))
