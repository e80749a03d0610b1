"""What a vendor says of itself."""

from __future__ import annotations

import click

from verifier.cli.folder import Folder

__all__ = ["command"]


@click.command("claims", cls=Folder, package=__name__, path=__path__)
def command() -> None:
    """The questionnaire that a vendor answers, in claims.yaml."""
