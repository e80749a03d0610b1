"""The result of a test as text and as JSON."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from verifier.cli.telling.mapping.check import shown
from verifier.mapping.edges import ORACLES, catalogue
from verifier.mapping.exact_json import as_values, dumps
from verifier.mapping.testing import Found, TestReport

__all__ = ["as_json", "progress", "show"]

MOST_FOUND = 20
MOST_GAPS = 12
MOST_EDGES = 6


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[str, int], None]]:
    """A line that moves on a terminal, or nothing."""
    if quiet or not sys.stderr.isatty():
        yield lambda phase, asked: None
        return

    def watch(phase: str, asked: int) -> None:
        click.echo(f"\r  {phase:<12}{asked:>7} questions", err=True, nl=False)

    yield watch
    click.echo("\r" + " " * 40 + "\r", err=True, nl=False)


def show(report: TestReport) -> None:
    """Print a report for a person."""
    click.echo(f"{report.contract}, as {report.implementation} does it")
    asked = ", ".join(f"{count} {phase}" for phase, count in report.asked.items())
    click.echo(f"asked {sum(report.asked.values())} times: {asked}")
    for found in report.found[:MOST_FOUND]:
        click.echo("")
        for line in _lines(found):
            click.echo(line)
    if len(report.found) > MOST_FOUND:
        click.echo(f"\n... and {len(report.found) - MOST_FOUND} more (--json shows all)")
    click.echo("")
    for line in _ending(report):
        click.echo(line)


def _lines(found: Found) -> Iterator[str]:
    letters = "".join(found.oracles)
    yield f"{found.rule}: {found.field or 'the record'}: {found.says}  [{letters}, {found.count}x]"
    for number in found.edges[:MOST_EDGES]:
        edge = catalogue()[number - 1]
        yield f"    edge case {number}: {edge.title}"
    if len(found.edges) > MOST_EDGES:
        yield f"    and {len(found.edges) - MOST_EDGES} more edge cases"
    for relation in found.relations[:2]:
        yield f"    does not hold: {relation}"
    example = found.example
    yield f"    with:     {example.says}"
    yield f"    record:   {_short(example.record)}"
    if example.before is not None:
        yield f"    before:   {_short(example.before)}"
    yield f"    expected: {_short(example.expected)}"
    yield f"    actual:   {_short(example.actual)}"


def _short(value: Any) -> str:
    try:
        return shown(value)
    except ValueError:
        return repr(value)[:200]


def _ending(report: TestReport) -> Iterator[str]:
    states = [edge.state for edge in report.edges]
    counts = ", ".join(f"{states.count(s)} {s}" for s in dict.fromkeys(sorted(states)))
    yield f"edge cases: {counts}"
    if report.not_exercised:
        yield f"not exercised ({len(report.not_exercised)}):"
        yield from (f"    {gap}" for gap in report.not_exercised[:MOST_GAPS])
        if len(report.not_exercised) > MOST_GAPS:
            yield f"    ... and {len(report.not_exercised) - MOST_GAPS} more"
    if report.given_up:
        yield f"given up: {report.given_up}"
    letters = sorted({letter for found in report.found for letter in found.oracles})
    for letter in letters:
        yield f"{letter}: {ORACLES[letter]}"
    yield f"{len(report.found)} found" if report.found else "nothing found"


def as_json(report: TestReport) -> None:
    """Print a report as JSON."""
    data = as_values(report)
    for found in data["found"]:
        place = found["rule"]
        found["rule"] = {"file": place["file"], "line": place["line"]}
    data["oracles"] = dict(ORACLES)
    try:
        click.echo(dumps(data).decode())
    except ValueError:
        click.echo(dumps(_plain(data)).decode())


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    return str(value)
