"""What the command line says while it works (on stderr), and at the end (on stdout)."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from verifier.pipeline import Evaluation, Preparation
    from verifier.probing import Progress

__all__ = ["files", "plan", "portfolio", "progress", "result"]

MOST_LINES = 12
Watch = Callable[["Progress"], None]


@contextmanager
def progress(*, quiet: bool, of: str = "checks", every: int = 100) -> Iterator[Watch]:
    """A line that moves on a terminal, one line every so many checks elsewhere, or nothing."""
    if quiet:
        yield lambda event: None
    elif sys.stderr.isatty():
        with _moving() as watch:
            yield watch
    else:
        yield partial(_plain, of=of, every=every)


def _plain(event: Progress, of: str, every: int) -> None:
    if event.kind == "settled" and event.done % every == 0:
        click.echo(f"  {event.done} of {event.total} {of}, {event.sent} requests sent", err=True)


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
    most = min(planned.most, planned.budget)
    click.echo(f"At most {most} requests of a budget of {planned.budget}, {pace}.")
    if planned.price > planned.budget:
        click.echo(
            f"All of it may take {planned.price}: what could change the verdict most is asked "
            "first,\nand what the budget does not reach is named in the report."
        )
    click.echo("")
    _prices(prepared)
    _omissions(prepared)
    click.echo("\nNothing was sent.", err=True)


def _prices(prepared: Preparation) -> None:
    planned, checks = prepared.plan, prepared.checks
    price: Counter[str] = Counter()
    for item in planned.items:
        price[checks[item.check].question.value] += item.price
    price["contract"] += sum(planned.cases.values())
    sure = Counter(checks[item.check].question.value for item in planned.sure)
    every = Counter(checks[item.check].question.value for item in planned.items)
    for question, count in every.items():
        told = f"at most {price[question]}" if price[question] else "no"
        reached = f"; {sure[question]} are sure to be asked" if sure[question] < count else ""
        click.echo(f"  {question:<14}{count:>6} checks, {told} requests{reached}")
    if planned.cases:
        click.echo(
            f"\nOf contract's, {sum(planned.cases.values())} are drawn, and read by other "
            f"questions too; where something is left over,\nup to {planned.deepest} for each of "
            f"{len(planned.cases)} operations."
        )


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
    from verifier.reporting import terminal
    from verifier.runs.ending import remains  # start-up time

    if not quiet:
        terminal.show(done.run, done.verdict)
    left = remains(done.run)
    if left:
        click.echo(f"{left}\n")
    files(done, quiet=quiet)


def files(done: Evaluation, *, quiet: bool) -> None:
    """Where the report is, a line a format."""
    for name, path in done.files.items():
        click.echo(str(path) if quiet else f"  {name:<10}{path}")


def portfolio(count: int, *, of: int) -> None:
    """Where all vendors stand on one page."""
    from verifier.runs.archive import PAGE, REPORTS  # start-up time

    click.echo(f"\n{count} of {of} vendors evaluated: {REPORTS}/{PAGE}")
