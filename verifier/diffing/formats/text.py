"""For a terminal: the worst first, what is alike told together, harmless changes counted."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator

from verifier.diffing.printing import printable
from verifier.diffing.telling import Entry, Telling, reached, shown
from verifier.model import Change, Confidence, Impact, Side

__all__ = ["NAME", "write"]

NAME = "text"
MARKS = {Impact.BREAKING: "✗", Impact.WARNING: "!", Impact.INFO: "·"}
HEADINGS = {Impact.BREAKING: "Breaking", Impact.WARNING: "Warnings", Impact.INFO: "Harmless"}
SIDES = {Side.REQUEST: "in requests", Side.RESPONSE: "in answers", Side.NONE: ""}
WIDTH = 100
MOST_RULES = 12
LONGEST_VALUE = 120


def write(telling: Telling) -> bytes:
    """The text."""
    text = "\n".join(_lines(telling)) + "\n"
    return printable(text).encode("utf-8", "replace")


def _lines(telling: Telling) -> Iterator[str]:
    comparison = telling.comparison
    old, new = comparison.old.document.source, comparison.new.document.source
    yield f"{telling.verdict}: {telling.title}"
    policy = f", beside {comparison.policy}'s own policy" if comparison.policy else ""
    yield f"{telling.summary} Profile {comparison.profile}{policy}."
    if telling.touching or telling.counts[Impact.BREAKING]:
        yield telling.touching or "Which of it concerns you? --used RUN, or --used 'GET /items'."
    yield f"{old.location} -> {new.location}"
    for doubt in comparison.doubts:
        yield ""
        yield from _wrapped("could not check: " if doubt.fatal else "not compared: ", doubt.says)
        if doubt.mend:
            yield f"  {doubt.mend}"
    for severity in Impact:
        entries = telling.of(severity)
        if not entries:
            continue
        yield f"\n{HEADINGS[severity]} ({telling.counts[severity]})"
        if severity is Impact.INFO and not telling.everything:
            yield from _counted(telling, entries)
        else:
            for entry in entries:
                yield from _entry(telling, entry)
    if telling.waived:
        yield f"\nWaived ({len(telling.waived)})"
        for change in telling.waived:
            yield from _wrapped("  - ", f"{change.says} Waived: {change.waived}")


def _counted(telling: Telling, entries: tuple[Entry, ...]) -> Iterator[str]:
    counts = Counter[str]()
    for entry in entries:
        counts[entry.change.rule] += 1 + len(entry.also)
    for rule, count in counts.most_common(MOST_RULES):
        yield f"  {count:>6}  {rule}"
    rest = sum(count for _, count in counts.most_common()[MOST_RULES:])
    if rest:
        yield f"  {rest:>6}  of other rules"
    yield "  --all tells them one by one."


def _entry(telling: Telling, entry: Entry) -> Iterator[str]:
    change = entry.change
    yield from _wrapped(f"  {MARKS[change.severity]} ", change.says)
    yield f"      {_facts(change)}"
    old, new = telling.places(change)
    yield "      " + " -> ".join(str(place) for place in (old, new) if place is not None)
    if change.severity is not Impact.INFO:
        yield f"      because {change.reason}" + _doubted(change)
    if change.witness is not None:
        fate = "allowed now and was not before" if change.witness.after else "no longer allowed"
        yield f"      for example {shown(change, LONGEST_VALUE)} is {fate}"
    if entry.also:
        if telling.everything:
            for other in entry.also:
                yield from _wrapped("      also: ", other.says)
        else:
            yield from _wrapped("      ", f"{entry.more} (--all tells them)")


def _facts(change: Change) -> str:
    facts = [change.rule, SIDES[change.direction], reached(change)]
    if change.by_vendor is not None:
        facts.append(f"{change.by_vendor.value} by the vendor's own word")
    if change.touches is not None:
        facts.append("touches you" if change.touches else "touches nothing that you use")
    return " · ".join(fact for fact in (*facts, change.fingerprint) if fact)


def _doubted(change: Change) -> str:
    sure = change.confidence is Confidence.HIGH
    return "" if sure else f" ({change.confidence.name.lower()} confidence)"


def _wrapped(mark: str, text: str) -> list[str]:
    blank = " " * len(mark) if mark.strip() else mark
    return textwrap.wrap(
        " ".join(text.split()),
        WIDTH,
        initial_indent=mark,
        subsequent_indent=blank,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [mark]
