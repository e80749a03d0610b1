"""The page's summary on two sheets of A4, printed by a Chromium that is on the machine."""

from __future__ import annotations

from verifier.reporting.page import page
from verifier.reporting.printing import chromium, printed
from verifier.reporting.view import View

__all__ = ["FILENAME", "NAME", "require", "write"]

NAME = "pdf"
FILENAME = "summary.pdf"


def require() -> None:
    """See that there is a Chromium, before a run is spent; ConfigError where there is none."""
    chromium()


def write(view: View) -> bytes:
    """The summary."""
    return printed(page(view, data=""))
