"""A changelog for people: for a pull request, a wiki, or an issue."""

from __future__ import annotations

import re
from collections.abc import Iterator

from verifier.diffing.printing import printable
from verifier.diffing.telling import Entry, Telling, shown
from verifier.model import Change, Impact

__all__ = ["NAME", "write"]

NAME = "markdown"
LONGEST_BYTES = 900_000
MOST_ENTRIES = 300
MOST_ALSO = 10
HEADINGS = {
    Impact.BREAKING: "Breaking changes",
    Impact.WARNING: "May break",
    Impact.INFO: "Harmless changes",
}
SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|!~])")


def write(telling: Telling) -> bytes:
    """The changelog, cut at what a comment or a CI step takes."""
    data = printable("\n".join(_lines(telling)) + "\n").encode("utf-8", "replace")
    return data if len(data) <= LONGEST_BYTES else data[:LONGEST_BYTES] + b"\n\n(cut)\n"


def _lines(telling: Telling) -> Iterator[str]:
    comparison = telling.comparison
    yield f"# {telling.verdict}: {_plain(telling.title)}\n"
    touching = f" **{telling.touching}**" if telling.touching else ""
    profile = f"Judged for the profile `{comparison.profile}`."
    yield f"**{_plain(telling.summary)}**{touching} {profile}\n"
    for doubt in comparison.doubts:
        fate = "Could not check" if doubt.fatal else "Not compared"
        yield f"> **{fate}:** {_plain(doubt.says)} {_plain(doubt.mend)}\n"
    for severity in Impact:
        entries = telling.of(severity)
        if entries:
            yield from _chapter(telling, severity, entries)
    if telling.waived:
        yield f"\n## Waived ({len(telling.waived)})\n"
        for change in telling.waived:
            yield f"- {_plain(change.says)} *{_plain(change.waived)}*"


def _chapter(telling: Telling, severity: Impact, entries: tuple[Entry, ...]) -> Iterator[str]:
    yield f"\n## {HEADINGS[severity]} ({telling.counts[severity]})\n"
    harmless = severity is Impact.INFO and not telling.everything
    if harmless:
        yield "<details><summary>Show them</summary>\n"
    for entry in entries[:MOST_ENTRIES]:
        yield from _entry(telling, entry)
    if len(entries) > MOST_ENTRIES:
        yield f"- and {len(entries) - MOST_ENTRIES} more"
    if harmless:
        yield "\n</details>"


def _entry(telling: Telling, entry: Entry) -> Iterator[str]:
    change = entry.change
    yield f"- {_plain(change.says)}{_reached(change)} `{change.rule}`{_touch(change)}"
    if change.severity is not Impact.INFO:
        because = f"Because {_plain(change.reason)}."
        yield f"  <br>{because}{_witnessed(change)}{_placed(telling, change)}"
    also = entry.also if telling.everything else entry.also[:MOST_ALSO]
    for other in also:
        yield f"  - also {_plain(other.says)}"
    if len(entry.also) > len(also):
        yield f"  - and {len(entry.also) - len(also)} more like it"


def _placed(telling: Telling, change: Change) -> str:
    places = [f"`{place}`" for place in telling.places(change) if place is not None]
    return f" {' → '.join(places)}" if places else ""


def _witnessed(change: Change) -> str:
    if change.witness is None:
        return ""
    fate = "is allowed now" if change.witness.after else "is not allowed any more"
    return f" For example, `{shown(change, 120).replace('`', '´')}` {fate}."


def _reached(change: Change) -> str:
    if not change.reach or change.operations[0] in change.says:
        return ""
    more = f" and {change.reach - 1} more" if change.reach > 1 else ""
    return f" ({_plain(change.operations[0])}{more})"


def _touch(change: Change) -> str:
    if change.by_vendor is not None:
        return f" · {change.by_vendor.value} by the vendor's own word" + _touched(change)
    return _touched(change)


def _touched(change: Change) -> str:
    return " · **touches you**" if change.touches else ""


def _plain(text: str) -> str:
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))
