"""One offline page: what breaks, for whom, why, and as it is written in both documents."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import Any

from verifier.diffing.printing import printable
from verifier.diffing.rule import AUDIENCES
from verifier.diffing.telling import Telling
from verifier.diffing.verdicts import policies, profiles
from verifier.model import Change, Document, Impact, Pointer, Side, UnresolvedReference

__all__ = ["NAME", "write"]

NAME = "html"
MOST_ENTRIES = 1500
MOST_ALSO = 200
LONGEST_EXCERPT = 1200
HEADINGS = (
    (Impact.BREAKING, "What breaks"),
    (Impact.WARNING, "What may break"),
    (Impact.INFO, "What is harmless"),
)
WORDS = {Impact.BREAKING: "breaking", Impact.WARNING: "may break", Impact.INFO: "harmless"}
SIDES = {
    Side.REQUEST: "In what is sent to the vendor.",
    Side.RESPONSE: "In what the vendor sends.",
    Side.NONE: "",
}


def write(telling: Telling) -> bytes:
    """The page; nothing that a document holds can run in it."""
    style, script = _asset("changes.css"), _asset("changes.js")
    page = (
        _environment()
        .get_template("changes.html")
        .render(
            telling=telling,
            profile=profiles()[telling.comparison.profile],
            policy=policies().get(telling.comparison.policy),
            verdicts=_verdicts(telling) if telling.comparison.changes else [],
            headings=HEADINGS,
            words=WORDS,
            sides=SIDES,
            excerpts=_excerpts,
            most_entries=MOST_ENTRIES,
            most_also=MOST_ALSO,
            style=_safe(style),
            script=_safe(script),
            style_hash=_hash(style),
            script_hash=_hash(script),
        )
    )
    return str(page).encode("utf-8", "replace")


def _verdicts(telling: Telling) -> list[dict[str, Any]]:
    """How many changes of each severity every profile sees, up to the one that was asked for."""
    told = AUDIENCES[: AUDIENCES.index(telling.comparison.profile) + 1]
    rows = []
    for name in AUDIENCES:
        found = [c.verdicts.get(name) for c in telling.comparison if not c.waived]
        counts = {severity.value: found.count(severity) for severity in Impact}
        # What only concerns more demanding readers was not looked for.
        more = "" if name in told else " Names of operations and schemas were not compared."
        rows.append({"name": name, "says": profiles()[name].says + more, **counts})
    return rows


def _excerpts(telling: Telling, change: Change) -> list[tuple[str, str, str]]:
    """Word, place and text of a change in both documents."""
    comparison = telling.comparison
    places = telling.places(change)
    sides = (("before", comparison.old, change.old), ("now", comparison.new, change.new))
    return [
        (word, str(place), _excerpt(contract.document, at))
        for (word, contract, at), place in zip(sides, places, strict=True)
        if at is not None and place is not None
    ]


def _excerpt(document: Document, at: Pointer) -> str:
    try:
        text = json.dumps(document.at(at), indent=2, ensure_ascii=False, default=str)
    except (UnresolvedReference, ValueError, RecursionError):
        return ""
    return text if len(text) <= LONGEST_EXCERPT else text[:LONGEST_EXCERPT] + "\n…"


@cache
def _environment() -> Any:
    import jinja2  # start-up time

    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_asset),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printable,
    )
    return environment


def _printable(value: Any) -> Any:
    """Take out what no page may hold: control characters and marks that turn the text round."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return printable(value)
    return value


@cache
def _asset(name: str) -> str:
    return files("verifier.diffing").joinpath("templates", name).read_text("utf-8")


def _safe(text: str) -> Any:
    from markupsafe import Markup  # start-up time

    return Markup(text)  # noqa: S704  (our own file)


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
