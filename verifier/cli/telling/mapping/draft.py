"""What a draft is worth, in words: beside it, on the error stream."""

from __future__ import annotations

from pathlib import Path

import click

from verifier.cli.telling.mapping.check import effort_lines
from verifier.mapping.drafting import Draft

__all__ = ["show"]


def show(found: Draft, output: Path | None) -> None:
    """Say what was drafted, what it rests on, and what is left to do."""
    sides = [f"{side.document.title} ({side.record})" for side in (found.source, found.target)]
    _say(f"drafted: {' -> '.join(sides)}" + (f" into {output}" if output else ""))
    if found.paired == 0:
        _say("rows of the exports could not be paired: no column of one is in the other")
    elif found.paired:
        _say(f"{found.paired:,} rows of the exports were paired by {found.proposal.key}")
    for line in effort_lines(found.analysis.effort):
        _say(line)
    _say(f"next: verifier map check {output or 'FILE'}")


def _say(text: str) -> None:
    click.echo(text, err=True)
