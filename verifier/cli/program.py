"""The program: finds its commands, and turns what goes wrong into one message and an exit code."""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from typing import Any

import click

from verifier.cli import commands
from verifier.errors import VerifierError

__all__ = ["main"]

INTERRUPTED = 130
USAGE = 2
OUR_FAULT = 5


class Folder(click.Group):
    """A group whose commands are the modules of a folder, imported when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands."""
        return sorted(info.name for info in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name; None where there is none."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command = importlib.import_module(f"{commands.__name__}.{cmd_name}").command
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest name where there is no such command."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches  # start-up time

            near = get_close_matches(args[0], self.list_commands(ctx), n=1)
            if near:
                raise click.UsageError(f"{error.message} Did you mean '{near[0]}'?", ctx) from None
            raise


@click.command(cls=Folder, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="vendor-verifier", prog_name="verifier")
def program() -> None:
    """
    Can we depend on this vendor's API? An answer with evidence.

    Start with 'verifier demo', or with 'verifier evaluate DOCUMENT'.
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with its code (see ``verifier.errors``)."""
    sys.exit(_run(arguments))


def _run(arguments: list[str] | None) -> int:
    try:
        done: Any = program.main(args=arguments, prog_name="verifier", standalone_mode=False)
        return done if isinstance(done, int) else 0
    except VerifierError as error:
        _complain(str(error))
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return USAGE
    except (KeyboardInterrupt, click.Abort):
        _complain("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if os.environ.get("VERIFIER_DEBUG"):
            raise
        _complain(
            f"a fault of ours: {type(error).__name__}: {error}\n"
            "  Run it again with VERIFIER_DEBUG=1 and report what it shows."
        )
        return OUR_FAULT


def _complain(text: str) -> None:
    click.echo(f"verifier: {text}", err=True)
