"""How long answers took: how many took how long, and the slowest operations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from verifier.catalogue import Catalogue
from verifier.reporting.drawing import (
    Box,
    Curve,
    Dot,
    Drawing,
    Figure,
    Label,
    Shape,
    Stroke,
    Table,
    column,
)
from verifier.reporting.pictures.scale import Scale, logarithmic, ruled
from verifier.reporting.text import bounded
from verifier.reporting.view import Times

__all__ = ["distribution", "slowest", "times_of"]

WIDTH = 720
HEIGHT = 120
BUCKETS = 36
MOST_ROWS = 12
MOST_LISTED = 200
LABEL_LETTERS = 42
ROW = 24
FASTEST_MS = 0.01


def times_of(samples: Mapping[str, Sequence[float]]) -> tuple[Times, ...]:
    """
    The quantiles of all answers, then of each operation, the slowest first.

    Args:
        samples: Operation key to milliseconds.
    """
    everything = [value for found in samples.values() for value in found]
    if not everything:
        return ()
    each = sorted((_times(key, found) for key, found in samples.items()), key=lambda t: -t.p95)
    return (_times("", everything), *each)


def _times(operation: str, found: Sequence[float]) -> Times:
    ordered = sorted(found)
    p50, p95, p99 = (_quantile(ordered, share) for share in (0.5, 0.95, 0.99))
    return Times(operation, len(ordered), p50, p95, p99, round(ordered[-1], 2))


def _quantile(ordered: Sequence[float], share: float) -> float:
    """The nearest-rank quantile."""
    rank = min(len(ordered) - 1, max(0, round(share * len(ordered) + 0.5) - 1))
    return round(ordered[rank], 2)


def distribution(
    samples: Mapping[str, Sequence[float]], times: Sequence[Times], say: Catalogue
) -> Figure | None:
    """How many answers took how long, on a scale of ratios; nothing without answers."""
    if not times:
        return None
    values = [max(value, FASTEST_MS) for found in samples.values() for value in found]
    scale = logarithmic(min(values), max(values), WIDTH - 20)
    counts = _buckets(values, scale)
    whole = times[0]
    rows = [
        (f"{say.plain(low, 3)} – {say.plain(high, 3)}", say.number(count))
        for low, high, count in counts
        if count
    ]
    return Figure(
        name="times-picture",
        title=say("times.distribution"),
        says=say(
            "times.says",
            n=whole.samples,
            p50=_ms(whole.p50, say),
            p95=_ms(whole.p95, say),
            p99=_ms(whole.p99, say),
        ),
        drawing=Drawing(WIDTH, HEIGHT + 50, tuple(_columns(counts, scale, whole, say))),
        table=Table((say("times.milliseconds"), say("times.answers")), rows),
    )


def _buckets(values: Sequence[float], scale: Scale) -> list[tuple[float, float, int]]:
    """(from, to, how many), each as wide as the next on the scale."""
    ratio = scale.most / scale.least
    edges = [scale.least * ratio ** (i / BUCKETS) for i in range(BUCKETS + 1)]
    counts = [0] * BUCKETS
    for value in values:
        counts[min(BUCKETS - 1, int(scale.at(value) / scale.width * BUCKETS))] += 1
    return [(edges[i], edges[i + 1], counts[i]) for i in range(BUCKETS)]


def _columns(
    counts: Sequence[tuple[float, float, int]], scale: Scale, whole: Times, say: Catalogue
) -> Iterator[Shape]:
    top = 24
    yield from ruled(scale, 10, top, HEIGHT, "ms", say)
    most = max(count for _, _, count in counts)
    for low, high, count in counts:
        if count:
            x, height = 10 + scale.at(low), max(1.5, count / most * HEIGHT)
            title = f"{say.plain(low, 3)} – {say.plain(high, 3)} ms: {say.number(count)}"
            yield Box(
                round(x + 0.5, 1),
                round(top + HEIGHT - height, 1),
                round(scale.at(high) - scale.at(low) - 1, 1),
                round(height, 1),
                "bar",
                title,
            )
    marks = (("p50", whole.p50), ("p95", whole.p95), ("p99", whole.p99))
    before = -60.0
    for name, value in marks:
        x = 10 + scale.at(value)
        yield Stroke(x, top - 6, x, top + HEIGHT, "mark")
        before = max(x, before + 28)
        yield Label(before, top - 10, name, "ink", "middle")


def slowest(times: Sequence[Times], say: Catalogue) -> Figure | None:
    """The spread of the slowest operations; nothing for fewer than two of them."""
    rows = [row for row in times if row.operation]
    if len(rows) < 2:
        return None
    shown = rows[:MOST_ROWS]
    least = max(FASTEST_MS, min(row.p50 for row in shown))
    left = column((row.operation for row in shown), LABEL_LETTERS)
    scale = logarithmic(least, max(row.p99 for row in shown), WIDTH - left - 20)
    heads = ("operation", "samples", "p50", "p95", "p99", "most")
    cells = [
        (
            row.operation,
            say.number(row.samples),
            *(_ms(v, say) for v in (row.p50, row.p95, row.p99, row.most)),
        )
        for row in times[:MOST_LISTED]
    ]
    cells[0] = (say("times.all"), *cells[0][1:])
    return Figure(
        name="times-slowest",
        title=say("times.slowest"),
        says=say("times.slowest-says", n=len(shown)),
        drawing=Drawing(WIDTH, len(shown) * ROW + 30, tuple(_ranges(shown, scale, left, say))),
        table=Table(tuple(say(f"times.{head}") for head in heads), cells),
        key=(("dot", say("times.key-half")), ("ring", say("times.key-most"))),
    )


def _ranges(rows: Sequence[Times], scale: Scale, left: float, say: Catalogue) -> Iterator[Shape]:
    yield from ruled(scale, left, 0, len(rows) * ROW, "ms", say)
    for index, row in enumerate(rows):
        y = index * ROW + ROW / 2
        half, most, last = (
            left + scale.at(max(v, FASTEST_MS)) for v in (row.p50, row.p95, row.p99)
        )
        p50, p95, p99 = (say.plain(value) for value in (row.p50, row.p95, row.p99))
        title = f"{row.operation}: p50 {p50} ms, p95 {p95} ms, p99 {p99} ms"
        yield Label(0, y + 4, bounded(row.operation, LABEL_LETTERS), "mono")
        yield Curve(((half, y), (last, y)), "bar")
        yield Dot(most, y, 4, "ring", title)
        yield Dot(half, y, 4, "dot", title)


def _ms(value: float, say: Catalogue) -> str:
    decimals = 0 if value >= 100 else 1 if value >= 10 else 2
    return say.number(value, decimals)
