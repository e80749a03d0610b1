"""The page: what its templates are given, and the policy under which a browser shows it."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from verifier.catalogue import Catalogue
from verifier.model import Failed, Ruling, Story
from verifier.phrasebook import said
from verifier.reporting.circumstances import moment
from verifier.reporting.listing import MOST_LISTED
from verifier.reporting.marks import ICONS, SHAPES, TONES, tone_of, tone_of_letter
from verifier.reporting.text import printable
from verifier.reporting.view import Entry, Matrix, Place, Proof, Rule, View

__all__ = ["asset", "environment", "hashed", "page", "safe"]

MOST_WHOLE = 10
MOST_SHORT = 300
MOST_PLACES = 20
MOST_ITEMS = 100
MOST_STORIES = 40
MOST_SUPPLIES = 30
MOST_OPEN = 4
MOST_PROOFS = 4
RULINGS = {
    Ruling.READY: ("ready", "good"),
    Ruling.CONDITIONS: ("conditions", "warn"),
    Ruling.NOT_READY: ("not-ready", "bad"),
    Ruling.UNKNOWN: ("unknown", "none"),
}
STAMPED = (
    "pass",
    "pass in part",
    "fail",
    "warning",
    "review",
    "inconclusive",
    "errored",
    "not tested",
    "not applicable",
    "waived",
    "refused",
)
LEVELS = ("fail", "warning", "review", "information", "inconclusive", "waived")
# Outcomes of checks of which no finding tells.
UNTOLD = ("pass", "pass in part", "errored", "refused", "not tested", "not applicable")
SEVERITIES = ("blocker", "major", "minor", "note")
GLOSSARY = (
    "proven",
    "failed",
    "declared",
    "contradicted",
    "unproven",
    "inconclusive",
    "not-tested",
    "waived",
    "severity",
    "sure",
    "key",
    "principal",
    "operation",
)
NAMED_LISTS = ("places", "operations", "resources", "changes")


def page(view: View, *, data: str, split: bool = False) -> bytes:
    """
    The page.

    Args:
        data: The packed list of exchanges; empty for none.
        split: Whether style, script and list stand in files beside it.
    """
    texts = _Texts(view)
    template = environment().get_template("report.html")
    return str(template.render(**_frame(view, data, split), **texts.given())).encode(
        "utf-8", "replace"
    )


def asset(name: str) -> str:
    """A file beside the templates."""
    return files("verifier.reporting").joinpath("templates", name).read_text("utf-8")


def _frame(view: View, data: str, split: bool) -> dict[str, Any]:
    """What is around the texts: style, script, data, and the policy that allows nothing else."""
    style, script = asset("report.css"), asset("report.js")
    allowed = ("'self'", "'self'") if split else (hashed(style), hashed(script))
    return {
        "view": view,
        "split": split,
        "style": safe(style),
        "script": safe(script),
        "policy": f"default-src 'none'; style-src {allowed[0]}; script-src {allowed[1]}; "
        "base-uri 'none'; form-action 'none'",
        "data": "" if split else safe(data),
        "data_file": "exchanges.js" if split and data else "",
        "most_listed": MOST_LISTED,
    }


class _Texts:
    """What the templates say of one view."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._shown: set[str] = set()
        self._named: set[str] = set()
        self._listed_ids = frozenset(str(row[0]) for row in view.rows)
        self._given = frozenset(entry.fingerprint for entry in (*view.entries, *view.notes))

    def given(self) -> dict[str, Any]:
        """Names of the templates to their values."""
        view, say, grade = self._view, self._view.words, self._view.verdict.grade
        ruling, tone = RULINGS[view.verdict.ruling]
        return {
            "say": say,
            "run": view.run,
            "verdict": view.verdict,
            "grade": grade,
            "ruling": ruling,
            "tone_of_ruling": tone,
            "tone_of_grade": tone_of_letter(grade.letter),
            "tones": TONES | {letter: tone_of_letter(letter) for letter in "ABCDEF"},
            "icons": ICONS,
            "stamps": {status: TONES[status] for status in STAMPED},
            "cells": _cells(),
            "shapes": SHAPES,
            "sections": tuple(self._sections()),
            "matrices": tuple(self._matrices()),
            "day": moment(view.run.facts.started, say, "run.day"),
            "since_day": self._since_day(),
            "gathered": gathered,
            "needed": say.percent(grade.needed),
            "told": lambda text, check="": said(text, say.language, check),
            "glossary": GLOSSARY,
            "levels": LEVELS,
            "severities": SEVERITIES,
            "most_whole": MOST_WHOLE,
            "most_short": MOST_SHORT,
            "most_places": MOST_PLACES,
            "most_items": MOST_ITEMS,
            "most_stories": MOST_STORIES,
            "most_supplies": MOST_SUPPLIES,
            "most_open": MOST_OPEN,
            "answered": view.answered,
            "tone_of": tone_of,
            "sized": lambda count: sized(count, say),
            "counted": Counter(entry.level for entry in (*view.entries, *view.notes)),
            "held": Counter(
                status for chapter in view.chapters for r in chapter.rules for status in stood(r)
            ),
            "stood": stood,
            "untold": UNTOLD,
            "listed": self._listed,
            "evidence": self._evidence,
            "fingerprints": self._given,
            "leads": self._leads,
            "deliveries": self._deliveries,
            "only_listed": lambda: sorted(self._named - self._shown),
            "linked": self._linked,
        }

    def _since_day(self) -> str:
        since = self._view.since
        return moment(since.before.at, self._view.words, "run.day") if since else ""

    def _sections(self) -> Iterator[str]:
        view = self._view
        yield from ("verdict", "questions")
        yield from ("missing",) if view.supplies or view.next_command else ()
        yield from ("dialects",) if view.dialects else ()
        yield from ("coverage",) if "coverage" in view.figures else ()
        yield from ("times",) if "distribution" in view.figures else ()
        yield from ("exchanges",) if view.rows else ()
        yield from ("run", "words")

    def _matrices(self) -> Iterator[tuple[Matrix, str]]:
        say = self._view.words
        yield self._view.by_operation, say("coverage.operation")
        if any(group.counts for group in self._view.by_resource.groups):
            yield self._view.by_resource, say("coverage.resource")

    def _listed(self, entry: Entry) -> Iterator[tuple[str, list[str]]]:
        """Lists that a check put into the detail of its finding."""
        for name in NAMED_LISTS:
            items = entry.detail.get(name)
            if isinstance(items, list) and items:
                yield self._view.words(f"finding.{name}-listed"), [str(item) for item in items]

    def _evidence(self, entry: Entry) -> tuple[Sequence[Proof], Sequence[str]]:
        """What an entry shows for the first time, and what was shown with an earlier one."""
        ids = entry.evidence[:MOST_PROOFS]
        above = [id for id in ids if id in self._shown]
        fresh = [self._view.proof(id) for id in ids if id not in self._shown]
        proofs = [proof for proof in fresh if proof is not None]
        self._shown.update(proof.id for proof in proofs)
        return proofs, above

    def _leads(self, id: str) -> bool:
        """Whether an exchange is shown, or stands in the list; remembered if it is named."""
        if id in self._listed_ids:
            self._named.add(id)
        return id in self._listed_ids or id in self._shown

    def _deliveries(self, story: Story) -> Sequence[Proof]:
        """What the vendor brought in a scenario, and no finding has shown: no list holds it."""
        ids = [b.exchange for b in story.beats if b.exchange and b.exchange not in self._listed_ids]
        fresh = [self._view.proof(id) for id in dict.fromkeys(ids) if id not in self._shown]
        proofs = [proof for proof in fresh if proof is not None]
        self._shown.update(proof.id for proof in proofs)
        return proofs

    def _linked(self, places: Sequence[Place]) -> Sequence[str]:
        """Those of them that something on the page leads to."""
        verdict = self._view.verdict
        named = {condition.fingerprint for condition in verdict.conditions}
        named |= {cap.fingerprint for cap in verdict.grade.caps}
        named |= {print for one in verdict.stated for print in one.against[:1]}
        prints = dict.fromkeys(place.fingerprint for place in places)
        return [print for print in prints if print in named]


def gathered(found: Sequence[Failed]) -> list[tuple[Failed, int]]:
    """What is said alike of several operations, once, and of how many more it is said."""
    counts = Counter((one.check, one.says) for one in found)
    first = {(one.check, one.says): one for one in reversed(found)}
    return [(first[key], count - 1) for key, count in counts.items()]


def sized(count: int, say: Catalogue) -> str:
    """A number of bytes as a reader takes it in: ``812 B``, ``4.2 kB``."""
    space = "\N{NO-BREAK SPACE}"
    if count < 1_000:
        return f"{count}{space}B"
    unit, held = ("kB", 1_000) if count < 1_000_000 else ("MB", 1_000_000)
    return f"{say.number(count / held, 1)}{space}{unit}"


def stood(rule: Rule) -> tuple[str, ...]:
    """How a check ended where no finding tells it: what failed anywhere did not pass."""
    ended = [status for status, count in rule.counts.items() if count]
    passed = not any(status in LEVELS or status == "errored" for status in ended)
    meant = any(status != "not applicable" for status in ended)
    left = {"pass": passed, "pass in part": passed, "not applicable": not meant}
    return tuple(status for status in UNTOLD if status in ended and left.get(status, True))


def _cells() -> dict[str, Any]:
    """A cell of the coverage table for each status, as few bytes as it takes."""
    cells = {"": safe("<td>")}
    for status, shape in SHAPES.items():
        cells[status] = safe(f"<td class={TONES[status]}>{shape}")
    return cells


@cache
def environment() -> Any:
    import jinja2  # start-up time

    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(asset),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalized,
    )
    environment.globals["kind_of"] = lambda shape: type(shape).__name__
    return environment


def _finalized(value: Any) -> Any:
    """Take out what no page may hold, of all that is not our own."""
    return value if hasattr(value, "__html__") or not isinstance(value, str) else printable(value)


def safe(text: str) -> Any:
    from markupsafe import Markup  # start-up time

    return Markup(text)  # noqa: S704  (our own file)


def hashed(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
