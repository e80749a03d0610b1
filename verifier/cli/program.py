"""The program: finds its commands, and turns what goes wrong into one message and an exit code."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from verifier.cli import commands
from verifier.cli.folder import Folder
from verifier.errors import VerifierError

__all__ = ["main"]

INTERRUPTED = 130
USAGE = 2
OUR_FAULT = 5


@click.command(
    cls=Folder,
    package=commands.__name__,
    path=commands.__path__,
    context_settings={"help_option_names": ["-h", "--help"]},
)
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
