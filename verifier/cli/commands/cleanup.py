"""Remove what a run left at the vendor's."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["command"]


@click.command("cleanup")
@click.argument("run", type=click.Path(path_type=Path))
def command(run: Path) -> int:
    """
    Remove what the run in folder RUN left at the vendor's.

    Nothing else is asked: only what that run created, and its ledger says is still there, is
    deleted, with the credentials that vendor.yaml names. Exits with 1 where something is left.
    """
    from verifier import pipeline  # start-up time
    from verifier.runs.ending import remains

    done = pipeline.clean_up(run)
    left = remains(done.run)
    click.echo(left or "Nothing of this run is left.")
    return 1 if left else 0
