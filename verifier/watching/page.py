"""One offline page of all vendors: what ends and when on a line of time, how each stands, news."""

from __future__ import annotations

import base64
import datetime
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from msgspec import Struct

from verifier.model import Announcement, Deadline, Milestone, Watched
from verifier.watching.wording import printable

__all__ = ["page"]

MOST_ENDS, MOST_PAST = 60, 12
MOST_NEWS = 80
LEFT, RIGHT, ROW, TOP = 380, 940, 26, 34
LONGEST_LABEL = 52
LEAST_SPAN_DAYS = 120
SOON_DAYS = 30
MONTHS_NAMED = 8
Ending = tuple[datetime.date, str, str, Deadline]


class End(Struct, frozen=True, kw_only=True):
    """A row of the timeline; ``x`` in the picture's own units."""

    vendor: str
    scope: str
    day: datetime.date
    left: int
    x: float
    y: float
    tone: str
    said: str

    @property
    def label(self) -> str:
        """Vendor and scope, cut to fit."""
        text = f"{self.vendor}: {self.scope}"
        return text if len(text) <= LONGEST_LABEL else text[: LONGEST_LABEL - 1] + "…"

    @property
    def when(self) -> str:
        """How far away it is, in words."""
        if self.left < 0:
            return f"{-self.left} days ago"
        return "today" if self.left == 0 else f"in {self.left} days"


class Scale(Struct, frozen=True):
    """Days to places in the picture."""

    first: datetime.date
    last: datetime.date

    def x(self, day: datetime.date) -> float:
        """Where a day stands."""
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return round(LEFT + 12 + share * (RIGHT - LEFT - 24), 1)

    def months(self) -> Iterator[tuple[float, str]]:
        """Where months begin, thinned out so that their names stay apart."""
        first, last = self.first, self.last
        count = (last.year - first.year) * 12 + last.month - first.month
        step = max(1, -(-count // MONTHS_NAMED))
        for number in range(step, count + 1, step):
            month = first.month - 1 + number
            day = datetime.date(first.year + month // 12, month % 12 + 1, 1)
            yield self.x(day), f"{day:%b %Y}"


def page(
    subjects: Sequence[Watched],
    states: Mapping[str, Mapping[str, Any]],
    ledgers: Mapping[str, Sequence[Deadline]],
    news: Sequence[Announcement],
    now: float,
) -> bytes:
    """
    The page; nothing that a vendor wrote can run in it.

    Args:
        states: Vendor to what is remembered of it.
        news: The latest first.
    """
    today = datetime.datetime.fromtimestamp(now, datetime.UTC).date()
    coming, past = _endings(ledgers, today)
    # What is to come goes first, and is not pushed out by what lives on for years after its day.
    shown = [*coming[:MOST_ENDS], *past[: min(MOST_PAST, max(MOST_ENDS - len(coming), 0))]]
    days = [day for day, *_ in shown]
    far = today + datetime.timedelta(days=LEAST_SPAN_DAYS)
    scale = Scale(min([*days, today]), max([*days, far]))
    ends = [_end(index, one, scale, today) for index, one in enumerate(shown)]
    ahead = [end for end in ends if end.left >= 0]
    style = _asset("page.css")
    rendered = (
        _environment()
        .get_template("page.html")
        .render(
            vendors=[_standing(s, states.get(s.name, {}), ahead, now) for s in subjects],
            ends=ends,
            ahead=ahead,
            coming=len(coming),
            passed=len(past),
            months=list(scale.months()),
            now_x=scale.x(today),
            left=LEFT,
            right=RIGHT,
            height=TOP + ROW * len(ends) + 8,
            news=news[:MOST_NEWS],
            today=today,
            written=_moment(now),
            style=_safe(style),
            style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        )
    )
    return str(rendered).encode("utf-8", "replace")


def _endings(
    ledgers: Mapping[str, Sequence[Deadline]], today: datetime.date
) -> tuple[list[Ending], list[Ending]]:
    """What is to come, the nearest first, and what has passed, the latest first."""
    found = [
        (deadline.date, vendor, deadline.scope, deadline)
        for vendor, ledger in ledgers.items()
        for deadline in ledger
        if deadline.milestone is Milestone.ENDS and deadline.date and not deadline.withdrawn
    ]
    found.sort(key=lambda one: one[:3])
    coming = [one for one in found if one[0] >= today]
    return coming, [one for one in reversed(found) if one[0] < today]


def _end(index: int, ending: Ending, scale: Scale, today: datetime.date) -> End:
    day, vendor, scope, deadline = ending
    left = (day - today).days
    return End(
        vendor=vendor,
        scope=scope or "the whole API",
        day=day,
        left=left,
        x=scale.x(day),
        y=TOP + ROW * index + ROW / 2,
        tone="info" if left < 0 else "breaking" if left <= SOON_DAYS else "warning",
        said=_said(deadline),
    )


def _said(deadline: Deadline) -> str:
    days = [str(day) for day, *_ in deadline.history if day and day != deadline.date]
    moved = f"; before: {', '.join(dict.fromkeys(days))}" if days else ""
    doubt = "" if deadline.agreed else "; sources disagree"
    return f"{deadline.medium.value}, first on {deadline.first_seen}{moved}{doubt}"


def _standing(
    subject: Watched, state: Mapping[str, Any], ahead: Sequence[End], now: float
) -> dict[str, Any]:
    own = [end for end in ahead if end.vendor == subject.name]
    word, tone = _word(state)
    return {
        "name": subject.name,
        "owner": subject.owner,
        "document": subject.document,
        "word": word,
        "tone": tone,
        "checked": _moment(state["checked"]) if state.get("checked") else "never",
        "late": bool(state) and now - state.get("checked", now) > 3 * subject.every_seconds,
        "operations": len(state.get("operations", ())),
        "revision": state.get("revision", 0),
        "next": own[0] if own else None,
    }


def _word(state: Mapping[str, Any]) -> tuple[str, str]:
    failing = {part: f for part, f in state.get("failing", {}).items() if f["count"] > 1}
    if "document" in failing:
        return f"cannot be had since {_moment(failing['document']['since'])[:10]}", "breaking"
    if state.get("doubted"):
        return "the newest document cannot be believed", "breaking"
    if failing:
        return f"cannot be asked: {', '.join(sorted(failing))}", "warning"
    return ("as known", "info") if state.get("digest") else ("not looked at yet", "warning")


def _moment(seconds: float) -> str:
    return f"{datetime.datetime.fromtimestamp(seconds, datetime.UTC):%Y-%m-%d %H:%M} UTC"


@cache
def _environment() -> Any:
    import jinja2  # start-up time

    return jinja2.Environment(
        loader=jinja2.FunctionLoader(_asset),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: printable(value) if type(value) is str else value,
    )


@cache
def _asset(name: str) -> str:
    return files("verifier.watching").joinpath("templates", name).read_text("utf-8")


def _safe(text: str) -> Any:
    from markupsafe import Markup  # start-up time

    return Markup(text)  # noqa: S704  (our own file)
