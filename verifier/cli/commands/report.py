"""Render a recorded run again."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["command"]


@click.command("report")
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--format", "formats", multiple=True, metavar="NAME", help="Only these formats.")
def command(run: Path, formats: tuple[str, ...]) -> int:
    """Judge and render a run again, as far as it got; RUN is its folder."""
    from verifier import pipeline  # start-up time
    from verifier.cli import talk

    done = pipeline.report(run, formats=formats)
    talk.result(done, quiet=False)
    return 0
