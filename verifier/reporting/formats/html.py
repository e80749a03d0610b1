"""One offline page for a buyer, with the evidence for an engineer."""

from __future__ import annotations

from verifier.reporting.listing import packed
from verifier.reporting.page import page
from verifier.reporting.view import View

__all__ = ["FILENAME", "NAME", "write"]

NAME = "html"
FILENAME = "index.html"


def write(view: View) -> bytes:
    """The page, with style, script and the list of exchanges in it."""
    return page(view, data=packed(view.rows))
