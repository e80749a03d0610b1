"""Say whether everything is there."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["command"]

SHAPES = {"well": "✓", "note": "·", "ill": "✗"}


@click.command("doctor")
@click.argument("root", metavar="FOLDER", type=click.Path(path_type=Path), default=".")
@click.option(
    "--history",
    metavar="FILE|URL",
    default="",
    envvar="VERIFIER_HISTORY",
    help="Where runs are remembered; else reports/history.sqlite.",
)
def command(root: Path, history: str) -> int:
    """
    Say what is missing, on this machine and in FOLDER.

    Nothing is sent anywhere but to a database that --history names. Exit code 1 where something is
    wrong; what is only optional is a note.
    """
    from verifier import starting  # start-up time

    ill = False
    for symptom in starting.examine(root, history=history):
        click.echo(f"{SHAPES[symptom.level]} {symptom.says}")
        if symptom.mend:
            click.echo(f"    {symptom.mend}")
        ill |= symptom.level == "ill"
    return int(ill)
