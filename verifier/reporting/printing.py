"""A page as PDF, by a Chromium that is on the machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from verifier.errors import ConfigError

__all__ = ["chromium", "printed"]

VARIABLE = "VERIFIER_CHROMIUM"
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
)
SECONDS = 60
QUIET = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pdf-header-footer",
    # The page asks for nothing; neither is the browser to.
    "--host-resolver-rules=MAP * ~NOTFOUND",
)


def chromium() -> str:
    """
    The path of a Chromium.

    Raises:
        ConfigError: There is none.
    """
    named = os.environ.get(VARIABLE, "")
    for name in (named,) if named else NAMES:
        found = shutil.which(name)
        if found:
            return found
    raise ConfigError(
        "a PDF takes a Chromium, and none was found",
        where=named,
        mend=f"Install chromium or Chrome, or name its program in {VARIABLE}.",
    )


def printed(page: bytes) -> bytes:
    """
    The page as it prints: its summary, on A4.

    Raises:
        ConfigError: There is no Chromium, or it did not print.
    """
    program = chromium()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "page.html").write_bytes(page)
        target = folder / "page.pdf"
        command = [program, *QUIET, f"--user-data-dir={folder / 'profile'}"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--no-sandbox")  # it refuses to start as root with one
        command += [f"--print-to-pdf={target}", (folder / "page.html").as_uri()]
        try:
            done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
            return target.read_bytes()
        except subprocess.TimeoutExpired as error:
            raise _unprinted(program, f"it took longer than {SECONDS} seconds") from error
        except OSError as error:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise _unprinted(program, said[-1] if said else str(error)) from error


def _unprinted(program: str, says: str) -> ConfigError:
    return ConfigError(
        f"the PDF could not be printed: {says}",
        where=program,
        mend="Open index.html in a browser and print it from there.",
    )
