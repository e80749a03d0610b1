"""Scenarios before they are run: one command a file."""

import click

from verifier.cli.folder import Folder

__all__ = ["command"]


@click.command("scenario", cls=Folder, package=__name__, path=__path__)
def command() -> None:
    """
    Draft and check scenarios: workflows in the Arazzo format.

    Start with 'verifier scenario draft VENDOR'; 'verifier run FILE' runs them.
    """
