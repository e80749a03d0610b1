"""A group of commands that is a folder: each module in it is a command."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping, Sequence
from functools import cached_property
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
        sections: Heading to the commands below it in the help, in this order; others come last.
    """

    def __init__(
        self,
        *args: Any,
        package: str,
        path: Sequence[str],
        sections: Mapping[str, Sequence[str]] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.package = package
        self.path = path
        self.sections = sections or {}

    @cached_property
    def _names(self) -> list[str]:
        return sorted(info.name for info in pkgutil.iter_modules(self.path))

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands."""
        return list(self._names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name; None where there is none."""
        if cmd_name not in self._names:
            return None
        command = importlib.import_module(f"{self.package}.{cmd_name}").command
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands below their headings, each in one line."""
        placed = {name for names in self.sections.values() for name in names}
        others = [name for name in self.list_commands(ctx) if name not in placed]
        width = max(map(len, self.list_commands(ctx)), default=0)
        for heading, names in (*self.sections.items(), ("Commands", others)):
            commands = [(name, self.get_command(ctx, name)) for name in names]
            rows = [
                (name.ljust(width), command.get_short_help_str(formatter.width - width - 6))
                for name, command in commands
                if command is not None and not command.hidden
            ]
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest name where there is no such command."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            hint = nearest(args[0], self.list_commands(ctx))
            raise click.UsageError(f"{error.message} {hint}".rstrip(), ctx) from None
