"""
A Retry-After that means nothing neither stops it nor makes it hammer.

Why it matters: vendors do send `2.0`, nothing, `-1`, a date that has passed; a client that cannot
read them must fall back on its own pauses.
How it is seen: where a Retry-After in plain seconds is survived within the job, the others are,
too, and three attempts take more than a tenth of a second.
Limits: a program that never tries again after 429 shows nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from verifier.model import Severity
from verifier.rehearsing.deeds import deeds
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["survives_malformed"]

HAMMERS_SECONDS = 0.1
SAID = {
    "decimal": "a decimal",
    "none": "missing",
    "garbage": "no number and no date",
    "negative": "negative",
    "past": "a date that has passed",
}


ODD = ("decimal", "none", "garbage", "negative", "past")


@judged(severity=Severity.MAJOR, source="RFC 9110, 10.2.3", together=True, timed=True)
def survives_malformed(shown: Sequence[Performance]) -> Word:
    """Compare the odd forms with the plain one."""
    takes = {seen.take.name: seen for seen in shown if seen.runs and seen.faulty}
    plain = [seen for name, seen in takes.items() if name.startswith("seconds")]
    if not any(_again(seen) for seen in plain):
        return idle("it does not try again after 429")
    for name in ODD:
        seen = takes.get(name)
        if seen is None:
            continue
        if not _again(seen):
            words = f"; its last words: {seen.first.words}" if seen.first.words else ""
            return broken(
                f"A Retry-After that is {SAID[name]} ended it (it {seen.first.ending}{words}).",
                "It falls back on pauses of its own.",
                seen.entries,
                seen,
            )
        for deed in deeds(seen, seen.of(seen.first)):
            if (
                len(deed.attempts) > 2
                and sum(gap.most for gap in deed.gaps(seen)[:2]) < HAMMERS_SECONDS
            ):
                says = f"A Retry-After that is {SAID[name]} made it come back at once, twice."
                expected = "It falls back on pauses of its own."
                return broken(says, expected, deed.attempts, seen)
    return held("It outlived every form of it.")


def _again(seen: Performance) -> bool:
    """Whether the work was sent again in the job, and the job went well."""
    return seen.first.ending.well and any(
        deed.after(entry) is not None
        for deed in deeds(seen, seen.of(seen.first))
        for entry in deed.attempts
        if entry.fault
    )
