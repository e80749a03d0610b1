"""Pages about many runs: the portfolio of all vendors, and two of them side by side."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from msgspec import Struct

from verifier.catalogue import Catalogue, catalogue
from verifier.model import Answer, Ending, Failed, Question, Record, Since
from verifier.phrasebook import said
from verifier.reporting.compose import PACKAGE
from verifier.reporting.drawing import Figure
from verifier.reporting.marks import ICONS, SHAPES, TONES, shape_of, tone_of, tone_of_letter
from verifier.reporting.page import STAMPED, asset, environment, hashed, safe
from verifier.reporting.pictures import trend
from verifier.reporting.view import answered

__all__ = ["compare_page", "compare_text", "portfolio_page"]

MOST_ENDS = 30
MOST_FAILED = 40
LONGEST_NAME = 60
UNEQUAL = 0.1
RANK = ("not-ready", "conditions", "ready", "unknown")
RULINGS = {"ready": "good", "conditions": "warn", "not-ready": "bad", "unknown": "none"}


class _Row(Struct, frozen=True, kw_only=True):
    """One vendor: its latest run, what changed since the one before, and how it came there."""

    latest: Record
    link: str
    day: str
    runs: int
    since: Since | None
    trend: Figure | None
    answers: tuple[Answer, ...]


def portfolio_page(
    records: Iterable[Record], folder: Path, *, today: date, language: str = "en"
) -> bytes:
    """
    All vendors on one page.

    Args:
        records: Of all runs, the oldest first.
        folder: Where the page will stand, for links to the reports.
        today: The day from which dates are counted.
    """
    say = catalogue(PACKAGE, language)
    by_vendor: dict[str, list[Record]] = {}
    for record in records:
        by_vendor.setdefault(record.vendor, []).append(record)
    rows = sorted(
        (_row(runs, folder, say) for runs in by_vendor.values()),
        key=lambda row: (RANK.index(row.latest.ruling), row.latest.title.lower()),
    )
    counts = {name: sum(row.latest.ruling == name for row in rows) for name in RANK}
    return _page(
        "portfolio.html", say, rows=rows, counts=counts, ends=_ahead(rows, today), today=str(today)
    )


def _row(runs: Sequence[Record], folder: Path, say: Catalogue) -> _Row:
    latest = next((one for one in reversed(runs) if one.whole), runs[-1])
    alike = [one for one in runs if one.whole and one.mode == latest.mode and one.at <= latest.at]
    before = alike[-2] if len(alike) > 1 else None
    return _Row(
        latest=latest,
        link=_link(latest, folder),
        day=_day(latest),
        runs=len(runs),
        since=Since.between(before, latest) if before else None,
        trend=_trend(latest, alike, say),
        answers=tuple(_answers(latest)),
    )


def _trend(latest: Record, alike: Sequence[Record], say: Catalogue) -> Figure | None:
    return trend.draw([one.standing for one in alike], say, name=f"trend-{latest.vendor}")


def _answers(record: Record) -> Iterator[Answer]:
    for question in Question:
        answer, standing = record.answers.get(question.value, ("unknown", "unproven"))
        yield Answer(question=question, answer=answer, standing=standing, says="")


def _link(record: Record, folder: Path) -> str:
    """Where the report stands, as seen from the page; empty where it is no more."""
    index = Path(record.folder) / "index.html"
    if not record.folder or not index.is_file():
        return ""
    return quote(os.path.relpath(index, folder.resolve()).replace(os.sep, "/"))


def _day(record: Record) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(record.at))


def _ahead(rows: Iterable[_Row], today: date) -> list[tuple[Ending, _Row, int]]:
    """What ends from today on, the nearest first."""
    found = [
        (ending, row, days)
        for row in rows
        for ending in row.latest.ends
        for days in (_days(ending, today),)
        if days is not None and days >= 0
    ]
    return sorted(found, key=lambda one: (one[2], one[1].latest.title))[:MOST_ENDS]


def _days(ending: Ending, today: date) -> int | None:
    try:
        return (date.fromisoformat(ending.day) - today).days
    except ValueError:
        return None


class _Pair(Struct, frozen=True, kw_only=True):
    """One question, answered about both."""

    question: Question
    first: Answer
    second: Answer

    @property
    def differs(self) -> bool:
        """Whether the two are not answered alike."""
        one, other = self.first, self.second
        return (one.answer, one.standing) != (other.answer, other.standing)


def _pairs(first: Record, second: Record) -> list[_Pair]:
    """All questions, those that are answered differently first."""
    both = zip(_answers(first), _answers(second), strict=True)
    pairs = [_Pair(question=one.question, first=one, second=other) for one, other in both]
    return sorted(pairs, key=lambda pair: not pair.differs)


def _cautions(first: Record, second: Record, say: Catalogue) -> Iterator[str]:
    """Why the two may not be held against each other."""
    if first.mode != second.mode:
        modes = {"a": say(f"mode.{first.mode}"), "b": say(f"mode.{second.mode}")}
        yield say("compare.modes", **modes)
    if abs(first.coverage - second.coverage) > UNEQUAL:
        yield say("compare.coverage", a=say.percent(first.coverage), b=say.percent(second.coverage))
    if first.method and second.method and first.method != second.method:
        yield say("compare.methods", a=first.method, b=second.method)
    if not (first.whole and second.whole):
        yield say("compare.partial")


def _only(one: Record, other: Record) -> list[Failed]:
    """Failures by check that the other does not have at all, each check once."""
    theirs = {failed.check for failed in other.failed.values()}
    mine: dict[str, Failed] = {}
    for failed in one.failed.values():
        if failed.check not in theirs:
            mine.setdefault(failed.check, failed)
    return list(mine.values())[:MOST_FAILED]


def compare_page(first: Record, second: Record, folder: Path, *, language: str = "en") -> bytes:
    """
    Two runs side by side: the same questions, differences first.

    Args:
        folder: Where the page will stand.
    """
    say = catalogue(PACKAGE, language)
    sides = [
        {
            "record": one,
            "name": _name(one, other),
            "link": _link(one, folder),
            "day": _day(one),
            "only": _only(one, other),
        }
        for one, other in _both(first, second)
    ]
    pairs = _pairs(first, second)
    return _page(
        "compare.html",
        say,
        sides=sides,
        differing=[pair for pair in pairs if pair.differs],
        alike=[pair for pair in pairs if not pair.differs],
        cautions=list(_cautions(first, second, say)),
    )


def compare_text(first: Record, second: Record, *, language: str = "en") -> str:
    """The same in a screenful."""
    say = catalogue(PACKAGE, language)
    return "\n".join(_compared(first, second, say)) + "\n"


def _compared(first: Record, second: Record, say: Catalogue) -> Iterator[str]:
    heads = [f"{one.title[:24]} {_apart(one, other)}" for one, other in _both(first, second)]
    yield f"{'':<16}{heads[0]:<34}{heads[1]}"
    for name in ("ruling", "letter"):
        texts = [
            say(f"ruling.{one.ruling}") if name == "ruling" else one.letter
            for one in (first, second)
        ]
        yield f"{say(f'compare.{name}'):<16}{texts[0]:<34}{texts[1]}"
    for pair in _pairs(first, second):
        mark = "*" if pair.differs else " "
        cells = [_cell(answer, say) for answer in (pair.first, pair.second)]
        yield f"{mark} {say(f'short.{pair.question.value}'):<14}{cells[0]:<34}{cells[1]}"
    for caution in _cautions(first, second, say):
        yield f"\n! {caution}"
    for one, other in _both(first, second):
        only = _only(one, other)
        if only:
            yield f"\n{say('compare.only', vendor=_name(one, other))}"
            yield from (f"  {SHAPES['fail']} {failed.check}: {failed.says}" for failed in only)


def _both(first: Record, second: Record) -> tuple[tuple[Record, Record], ...]:
    return (first, second), (second, first)


def _apart(one: Record, other: Record) -> str:
    """The day of a run; its name where the other one is the same vendor's, of the same day."""
    same = one.title == other.title and _day(one) == _day(other)
    return one.run[:LONGEST_NAME] if same else _day(one)


def _name(one: Record, other: Record) -> str:
    """What a run is called beside another one: its vendor, and more where that is the same."""
    return one.title if one.title != other.title else f"{one.title} {_apart(one, other)}"


def _cell(answer: Answer, say: Catalogue) -> str:
    return f"{shape_of(answer)} {answered(answer, say)}, {say(f'standing.{answer.standing}')}"


def _page(template: str, say: Catalogue, **given: Any) -> bytes:
    style = asset("report.css")
    policy = f"default-src 'none'; style-src {hashed(style)}; base-uri 'none'; form-action 'none'"
    text = (
        environment()
        .get_template(template)
        .render(
            say=say,
            style=safe(style),
            policy=policy,
            told=lambda text, check="": said(text, say.language, check),
            tones=TONES | {letter: tone_of_letter(letter) for letter in "ABCDEF"},
            rulings=RULINGS,
            icons=ICONS,
            stamps={status: TONES[status] for status in STAMPED},
            shapes=SHAPES,
            tone_of=tone_of,
            tone_of_letter=tone_of_letter,
            answered=lambda answer: answered(answer, say),
            **given,
        )
    )
    return str(text).encode("utf-8", "replace")
