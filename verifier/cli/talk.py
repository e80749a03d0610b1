"""What the command line says while it works (on stderr), and at the end (on stdout)."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from verifier.pipeline import Evaluation, Preparation
    from verifier.probing import Progress

__all__ = ["files", "plan", "progress", "result"]

MOST_LINES = 12
Watch = Callable[["Progress"], None]


@contextmanager
def progress(*, quiet: bool) -> Iterator[Watch]:
    """A line that moves on a terminal, one line every hundred checks elsewhere, or nothing."""
    if quiet:
        yield lambda event: None
    elif sys.stderr.isatty():
        with _moving() as watch:
            yield watch
    else:
        yield _plain


def _plain(event: Progress) -> None:
    if event.kind == "settled" and event.done % 100 == 0:
        click.echo(f"  {event.done} of {event.total} checks, {event.sent} requests sent", err=True)


@contextmanager
def _moving() -> Iterator[Watch]:
    from rich.console import Console  # start-up time
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (
        TextColumn("{task.fields[asking]:<44.44}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[sent]} requests"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, asking="", sent=0)

        def watch(event: object) -> None:
            bar.update(
                task,
                completed=getattr(event, "done", 0),
                total=getattr(event, "total", 0) or None,
                asking=getattr(event, "check", ""),
                sent=getattr(event, "sent", 0),
            )

        yield watch


def plan(prepared: Preparation) -> None:
    """What would be sent, how often, and what is left out and why."""
    vendor, planned = prepared.vendor, prepared.plan
    address = vendor.base_url or "nowhere: this is a desk evaluation"
    click.echo(f"{vendor.contract.title}: requests go to {address}")
    pace = f"{planned.per_second:g} a second" if planned.per_second else "as fast as answered"
    click.echo(f"At most {planned.price} requests of a budget of {planned.budget}, {pace}.\n")
    _prices(prepared)
    _omissions(prepared)
    click.echo("\nNothing was sent.", err=True)


def _prices(prepared: Preparation) -> None:
    by_question: Counter[str] = Counter()
    checks: Counter[str] = Counter()
    for item in prepared.plan.items:
        question = prepared.checks[item.check].question.value
        by_question[question] += item.price
        checks[question] += 1
    by_question["contract"] += sum(prepared.plan.cases.values())
    for question, count in checks.items():
        click.echo(f"  {question:<14}{count:>6} checks {by_question[question]:>7} requests")


def _omissions(prepared: Preparation) -> None:
    missing = [o for o in prepared.plan.omitted if o.status == "not tested"]
    if not missing:
        return
    click.echo(f"\nLeft out: {len(missing)} checks")
    reasons = Counter((o.reason, o.supply) for o in missing)
    for (reason, supply), count in reasons.most_common(MOST_LINES):
        click.echo(f"  {count:>6}  {reason}" + (f"; give {supply}" if supply else ""))


def result(done: Evaluation, *, quiet: bool) -> None:
    """The verdict in a screenful, what was left at the vendor's, and where the report is."""
    from verifier.ending import left_behind  # start-up time
    from verifier.reporting import terminal

    if not quiet:
        terminal.show(done.run, done.verdict)
    left = left_behind(done.run)
    if left:
        click.echo("Left behind, to be removed by hand:")
        for call in left:
            click.echo(f"  {call}")
        click.echo("")
    files(done, quiet=quiet)


def files(done: Evaluation, *, quiet: bool) -> None:
    """Where the report is, a line a format."""
    for name, path in done.files.items():
        click.echo(str(path) if quiet else f"  {name:<10}{path}")
