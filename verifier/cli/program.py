"""The program: finds its commands, and turns what goes wrong into one message and an exit code."""

from __future__ import annotations

import errno
import gc
import os
import signal
import sys
from types import FrameType
from typing import Any, NoReturn

import click
from click.exceptions import NoArgsIsHelpError

from verifier.cli import commands
from verifier.cli.folder import Folder
from verifier.cli.options import COMPLETE
from verifier.errors import VerifierError

__all__ = ["main"]

INTERRUPTED = 130
UNHEARD = 141  # as a shell tells SIGPIPE
USAGE = 2
OUR_FAULT = 5
# Of new objects, before the collector looks; at 700 it looks at each import again and again.
YOUNG_OBJECTS = 20_000
FULL = (errno.ENOSPC, errno.EDQUOT)
MENDS = {
    errno.EACCES: "Give yourself the permission, or name another place.",
    errno.EDQUOT: "Make room, or name another place.",
    errno.EEXIST: "Name another place, or take away what stands there.",
    errno.EISDIR: "A folder stands there: name a file.",
    errno.ENAMETOOLONG: "Give it a shorter name.",
    errno.ENOENT: "Check the path; relative paths start at the folder that you are in.",
    errno.ENOSPC: "Make room, or name another place.",
    errno.ENOTDIR: "A file stands where a folder is wanted: name another place.",
    errno.EPERM: "Give yourself the permission, or name another place.",
    errno.EROFS: "Nothing can be written there: name another place.",
}
SECTIONS = {
    "Begin": ("demo", "init", "doctor"),
    "Depend on a vendor": (
        "inspect",
        "evaluate",
        "run",
        "report",
        "cleanup",
        "claims",
        "letter",
        "scopes",
        "compare",
        "portfolio",
    ),
    "Hear of its changes": ("diff", "watch", "gate", "waive", "lint"),
    "Survive its failures": (
        "mock",
        "faults",
        "integration",
        "rehearse",
        "map",
        "scenario",
    ),
    "Know the method": (
        "checks",
        "explain",
        "methodology",
        "selftest",
        "schema",
        "completion",
    ),
}


@click.command(
    cls=Folder,
    package=commands.__name__,
    path=commands.__path__,
    sections=SECTIONS,
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
    gc.set_threshold(YOUNG_OBJECTS)
    _end_gently()
    if COMPLETE in os.environ:
        _complete(arguments)
    sys.exit(_run(arguments))


def _complete(arguments: list[str] | None) -> NoReturn:
    """Tell a shell what may stand where somebody types; click exits by itself."""
    from verifier.cli.completing import register  # start-up time

    register()
    program.main(args=arguments, prog_name="verifier")


def _end_gently() -> None:
    """
    Whatever asks us to end does what Ctrl-C does: what was created is removed first.

    Whoever started us deaf to Ctrl-C (``verifier ... &`` in a script) has us deaf to it still; but
    it must have its usual handler, which the event loop puts its own in the place of.
    """
    if os.name == "posix" and signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
        signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _as_ctrl_c)


def _as_ctrl_c(number: int, frame: FrameType | None) -> None:
    handler = signal.getsignal(signal.SIGINT)
    if not callable(handler):
        raise KeyboardInterrupt
    handler(signal.SIGINT, frame)


def _run(arguments: list[str] | None) -> int:
    try:
        done: Any = program.main(args=arguments, prog_name="verifier", standalone_mode=False)
        return done if isinstance(done, int) else 0
    except VerifierError as error:
        _complain(str(error), error)
        return error.exit_code
    except NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return USAGE
    except click.ClickException as error:
        _complain(_put_wrongly(error), error)
        return USAGE
    except (KeyboardInterrupt, click.Abort) as stop:
        # Click puts an Abort in the place of a Ctrl-C.
        _complain("interrupted", stop.__cause__ or stop)
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):
        # Where nobody reads on click exits, with the code that means findings.
        return _unheard()
    except Exception as error:
        if os.environ.get("VERIFIER_DEBUG"):
            raise
        return _unforeseen(error)


def _unheard() -> int:
    """Whoever read what we say has gone: no code of ours, for nothing was judged by it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return UNHEARD


def _unforeseen(error: Exception) -> int:
    """What the disk did not let us do is the user's to mend; all else is ours."""
    mend = MENDS.get(error.errno or 0) if isinstance(error, OSError) else None
    if isinstance(error, OSError) and mend and (error.filename or error.errno in FULL):
        place = f"{error.filename2 or error.filename}: " if error.filename else ""
        _complain(f"{place}{error.strerror}\n  {mend}", error)
        return USAGE
    _complain(
        f"a fault of ours: {type(error).__name__}: {error}\n"
        "  Run it again with VERIFIER_DEBUG=1 and report what it shows.",
        error,
    )
    return OUR_FAULT


def _put_wrongly(error: click.ClickException) -> str:
    """Click's complaint in our voice: what is wrong, and on the next line where to look."""
    message = error.format_message()
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "verifier"
    return f"{message[:1].lower()}{message[1:]}\n  '{path} --help' tells how it is used."


def _complain(text: str, error: BaseException) -> None:
    click.echo(f"verifier: {text}", err=True)
    for note in getattr(error, "__notes__", ()):
        click.echo(note, err=True)
