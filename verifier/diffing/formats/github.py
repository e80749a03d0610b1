"""Annotations for a GitHub workflow: each at its line in the later document."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.diffing.printing import printable
from verifier.diffing.telling import Entry, Telling
from verifier.model import Impact

__all__ = ["NAME", "write"]

NAME = "github"
COMMANDS = {Impact.BREAKING: "error", Impact.WARNING: "warning", Impact.INFO: "notice"}
MOST_OF_A_KIND = 10  # GitHub shows no more of a step
LONGEST = 1000


def write(telling: Telling) -> bytes:
    """Workflow commands, and the summary as the last line."""
    return printable("\n".join(_lines(telling)) + "\n").encode("utf-8", "replace")


def _lines(telling: Telling) -> Iterator[str]:
    for doubt in telling.comparison.doubts:
        command = "error" if doubt.fatal else "warning"
        yield f"::{command} title=could not check::{_data(doubt.says)}"
    for severity, command in COMMANDS.items():
        if severity is Impact.INFO and not telling.everything:
            continue
        for entry in telling.of(severity)[:MOST_OF_A_KIND]:
            yield _line(telling, entry, command)
    yield telling.summary


def _line(telling: Telling, entry: Entry, command: str) -> str:
    change = entry.change
    old, new = telling.places(change)
    place = new or old
    where = ""
    if place is not None and "://" not in place.file and not place.file.startswith("git:"):
        line = f",line={place.line}" if place.line else ""
        where = f"file={_property(place.file)}{line},"
    more = f", {entry.more}" if entry.also else ""
    says = f"{change.says} Because {change.reason}{more}. [{change.fingerprint}]"
    return f"::{command} {where}title={_property(change.rule)}::{_data(says)}"


def _data(text: str) -> str:
    """What a workflow command may hold after ``::``."""
    plain = " ".join(text.split())[:LONGEST]
    return plain.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
