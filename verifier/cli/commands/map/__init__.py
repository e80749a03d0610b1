"""Mapping contracts: one command a file."""

import click

from verifier.cli.folder import Folder

__all__ = ["command"]


@click.command("map", cls=Folder, package=__name__, path=__path__)
def command() -> None:
    """
    Check, carry out and test a mapping between two systems.

    Start with 'verifier map check FILE'; 'verifier map draft A B' writes a first one.
    """
