"""The page with its parts in files beside it, for servers whose policy blanks inline scripts."""

from __future__ import annotations

from collections.abc import Mapping

from verifier.reporting.listing import packed
from verifier.reporting.page import asset, page
from verifier.reporting.view import View

__all__ = ["FILENAME", "NAME", "beside", "write"]

NAME = "split"
FILENAME = "split/index.html"


def write(view: View) -> bytes:
    """The page."""
    return page(view, data=packed(view.rows[:1]), split=True)


def beside(view: View) -> Mapping[str, bytes]:
    """Style, script, and the list of exchanges as a script that puts it into the page."""
    parts = {name: asset(name).encode() for name in ("report.css", "report.js")}
    data = packed(view.rows)
    if data:
        parts["exchanges.js"] = f'document.getElementById("data").textContent="{data}";'.encode()
    return parts
