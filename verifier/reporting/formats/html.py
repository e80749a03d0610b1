"""One offline page for a buyer, with the evidence for an engineer."""

from __future__ import annotations

import base64
import hashlib
import zlib
from functools import cache
from importlib.resources import files
from typing import Any

import orjson

from verifier.reporting.evidence import request_text, response_text, row
from verifier.reporting.view import View
from verifier.reporting.words import ENGLISH, SHAPES

__all__ = ["FILENAME", "NAME", "write"]

NAME = "html"
FILENAME = "index.html"
MOST_FINDINGS = 25
MOST_LINES = 400
MOST_EXCHANGES = 10_000
UNTESTED = frozenset({"not tested", "not applicable"})


def write(view: View) -> bytes:
    """The page."""
    style, script = _asset("report.css"), _asset("report.js")
    tested = [
        line
        for line in view.lines
        if any(cell and cell.status not in UNTESTED for cell in line.cells)
    ]
    page = (
        _environment()
        .get_template("report.html")
        .render(
            view=view,
            words=ENGLISH,
            style=_safe(style),
            script=_safe(script),
            style_hash=_hash(style),
            script_hash=_hash(script),
            tested_lines=tested,
            most_lines=MOST_LINES,
            most_findings=MOST_FINDINGS,
            exchange_data=_exchanges(view),
        )
    )
    return str(page).encode("utf-8", "replace")


@cache
def _environment() -> Any:
    import jinja2  # start-up time

    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_asset),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "shapes": SHAPES,
        "request_text": request_text,
        "response_text": response_text,
        "percent": lambda share: f"{share:.0%}",
    }
    environment.finalize = _printable
    return environment


def _printable(value: Any) -> Any:
    """Take out what no page may hold: control characters and marks that turn the text round."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return value.translate(UNPRINTABLE)
    return value


UNPRINTABLE = {
    **dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160)), "�"),
    **{code: f"⟨U+{code:04X}⟩" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))},
}


def _exchanges(view: View) -> str:
    ids = view.run.exchange_ids[:MOST_EXCHANGES]
    if not ids:
        return ""
    rows = [row(view.run.exchange(id)) for id in ids]
    return base64.b64encode(zlib.compress(orjson.dumps(rows), 6)).decode()


@cache
def _asset(name: str) -> str:
    return files("verifier.reporting").joinpath("templates", name).read_text("utf-8")


def _safe(text: str) -> Any:
    from markupsafe import Markup  # start-up time

    return Markup(text)  # noqa: S704  (our own file)


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
