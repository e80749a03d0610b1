"""GitHub annotations: workflow commands to be printed by a step; its summary is ``markdown``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from verifier.reporting.text import flat
from verifier.reporting.view import Entry, View

__all__ = ["FILENAME", "NAME", "write"]

NAME = "github"
FILENAME = "annotations.txt"
# GitHub shows ten of each level in a step and drops the rest without a word: nine, and a count.
MOST = 9
LONGEST_TEXT = 500
LEVELS = {"fail": "error", "warning": "warning", "review": "notice"}


def write(view: View) -> bytes:
    """A line a finding, the worst first; what a baseline knows is left out."""
    lines = [line for level in LEVELS for line in _lines(view, level)]
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def _lines(view: View, level: str) -> Iterator[str]:
    found: Sequence[Entry] = [
        entry for entry in view.entries if entry.level == level and not view.is_known(entry)
    ]
    ranked = sorted(found, key=lambda entry: ORDER.index(entry.severity))
    for entry in ranked[:MOST]:
        yield _line(entry, view)
    if len(ranked) > MOST:
        more = f"{len(ranked) - MOST} more of this level are in the report."
        yield f"::{LEVELS[level]} title=verifier::{more}"


ORDER = ("blocker", "major", "minor", "note")


def _line(entry: Entry, view: View) -> str:
    path = _property(entry.file or view.run.facts.document)
    where = f" ({entry.operations[0]})" if entry.operations else ""
    more = f" and {len(entry.operations) - 1} more" if len(entry.operations) > 1 else ""
    place = f"file={path},line={max(1, entry.line)},title={_property(entry.check)}"
    return f"::{LEVELS[entry.level]} {place}::{_data(f'{entry.says}{where}{more}')}"


def _data(text: str) -> str:
    """The message of a command: on one line, and no command of its own."""
    line = flat(text, LONGEST_TEXT)
    return line.replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
