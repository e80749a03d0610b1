"""A story over time: what was sent when, what came of it, and the waits that were asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from verifier.catalogue import Catalogue
from verifier.model import Attempt, RetryTimeline, Wait
from verifier.reporting.drawing import Box, Drawing, Figure, Label, Shape, Stroke, Table
from verifier.reporting.pictures.scale import Scale, linear, ruled
from verifier.reporting.text import bounded

__all__ = ["draw"]

MOST_ATTEMPTS = 120
MOST_LANES = 12
WIDTH = 720
LABEL_WIDTH = 150
LANE = 46
BAR = 14
NARROWEST = 5.0


def draw(story: RetryTimeline, name: str, title: str, say: Catalogue) -> Figure | None:
    """A lane for each key or client, a bar for each attempt; nothing without attempts."""
    attempts = sorted(story.attempts, key=lambda a: a.at_seconds)[:MOST_ATTEMPTS]
    if not attempts:
        return None
    lanes = list(dict.fromkeys(a.lane for a in attempts))[:MOST_LANES]
    ends = [a.at_seconds + a.took_seconds for a in attempts] + [
        w.until_seconds for w in story.waits
    ]
    scale = linear(max(ends), WIDTH - LABEL_WIDTH - 20)
    wrong = sum(not attempt.good for attempt in attempts)
    shapes = (
        *ruled(scale, LABEL_WIDTH, 0, LANE * len(lanes), say("retries.seconds"), say),
        *_waits(story.waits, lanes, scale),
        *_attempts(attempts, lanes, scale),
    )
    heads = tuple(say(f"retries.{n}") for n in ("lane", "at", "took", "answer", "good", "exchange"))
    return Figure(
        name=name,
        title=title,
        says=(f"{story.during}: " if story.during else "")
        + say("retries.says", n=len(attempts), wrong=wrong),
        drawing=Drawing(WIDTH, LANE * len(lanes) + 24, shapes),
        table=Table(heads, [_row(attempt, say) for attempt in attempts]),
        key=_key(attempts, story.waits, say),
    )


def _row(attempt: Attempt, say: Catalogue) -> tuple[str, ...]:
    good = say("retries.yes" if attempt.good else "retries.no")
    at, took = say.number(attempt.at_seconds, 2), say.number(attempt.took_seconds, 2)
    return attempt.lane, at, took, attempt.answer, good, attempt.exchange


def _key(
    attempts: Sequence[Attempt], waits: Sequence[Wait], say: Catalogue
) -> tuple[tuple[str, str], ...]:
    goods = {attempt.good for attempt in attempts}
    key = [("good", say("retries.key-good"))] if True in goods else []
    key += [("bad", say("retries.key-bad"))] if False in goods else []
    return (*key, *([("wait", say("retries.key-wait"))] if waits else []))


def _waits(waits: Sequence[Wait], lanes: Sequence[str], scale: Scale) -> Iterator[Shape]:
    for wait in waits:
        if wait.lane in lanes:
            y = lanes.index(wait.lane) * LANE + 22
            x = LABEL_WIDTH + scale.at(wait.from_seconds)
            width = max(NARROWEST, LABEL_WIDTH + scale.at(wait.until_seconds) - x)
            yield Box(x, y, width, BAR, "wait", wait.says)


def _attempts(attempts: Sequence[Attempt], lanes: Sequence[str], scale: Scale) -> Iterator[Shape]:
    for index, lane in enumerate(lanes):
        yield Label(0, index * LANE + 34, bounded(lane, 20), "mono")
        yield Stroke(0, (index + 1) * LANE, WIDTH, (index + 1) * LANE, "grid")
    ends: dict[str, float] = {}
    for attempt in attempts:
        if attempt.lane not in lanes:
            continue
        y = lanes.index(attempt.lane) * LANE + 22
        x = LABEL_WIDTH + scale.at(attempt.at_seconds)
        end = LABEL_WIDTH + scale.at(attempt.at_seconds + attempt.took_seconds)
        tone = "good" if attempt.good else "bad"
        title = f"{attempt.at_seconds:.2f} s: {attempt.answer} {attempt.exchange}".rstrip()
        yield Box(x, y, max(NARROWEST, end - x), BAR, tone, title)
        if x >= ends.get(attempt.lane, 0):  # room for its words
            answer = attempt.answer if attempt.good else f"✗ {attempt.answer}"
            yield Label(x, y - 5, bounded(answer, 16), tone)
            ends[attempt.lane] = x + 20 + 7 * min(14, len(attempt.answer))
