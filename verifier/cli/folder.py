"""A group of commands that is a folder: each module in it is a command."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from typing import Any

import click

from verifier.errors import nearest

__all__ = ["Folder"]


class Folder(click.Group):
    """
    A group whose commands are the modules of a package, imported when they are needed.

    Args:
        package: The package's name.
        path: Its ``__path__``.
    """

    def __init__(self, *args: Any, package: str, path: Sequence[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.package = package
        self.path = path

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands."""
        return sorted(info.name for info in pkgutil.iter_modules(self.path))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name; None where there is none."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command = importlib.import_module(f"{self.package}.{cmd_name}").command
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest name where there is no such command."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            hint = nearest(args[0], self.list_commands(ctx))
            raise click.UsageError(f"{error.message} {hint}".rstrip(), ctx) from None
