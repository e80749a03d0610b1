"""Many vendors on one command line: a folder of their folders."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    from verifier.fleet import Ended
    from verifier.fleet.parties import Party, Spread
    from verifier.runs.archive import Against

__all__ = ["evaluated"]

OWN = {
    "base_url",
    "claims",
    "compare_to",
    "mappings",
    "output",
    "overlays",
    "principals",
    "scenarios",
    "waivers",
    "webhook_port",
    "webhook_url",
}
"""What holds for one vendor only."""


def evaluated(context: click.Context, against: Against) -> int | None:
    """
    Evaluate every vendor in a folder, and say how each came off; None where DOC is one vendor.

    Raises:
        click.UsageError: An option is given that holds for one vendor only.
    """
    from verifier import fleet, loading  # start-up time
    from verifier.cli.orders import ordering
    from verifier.cli.telling import talk
    from verifier.fleet.parties import Party

    given = context.params
    document = given["document"]
    folders = loading.vendor_folders(Path(document)) if document else ()
    if not folders:
        if given["cluster"]:
            raise click.UsageError(
                "--cluster spreads many vendors: name the folder above them, such as specs.",
                context,
            )
        return None
    _refuse_own(context)
    parties = [Party(f.name, ordering.assignment(str(f), given)) for f in folders]
    if given["dry_run"]:
        for party in parties:
            _plan(party)
        return 0
    with _spread(given, folders[0].parent.parent) as spread:
        ended = []
        for one in fleet.evaluate_all(parties, spread, against=against):
            ended.append(one)
            _say(one, quiet=given["quiet"])
    if not given["quiet"]:
        talk.portfolio(sum(one.done is not None for one in ended), of=len(ended))
    return fleet.exit_code(ended)


def _refuse_own(context: click.Context) -> None:
    own = [
        parameter.opts[0]
        for parameter in context.command.params
        if parameter.name in OWN
        and context.get_parameter_source(parameter.name) is ParameterSource.COMMANDLINE
    ]
    if own:
        raise click.UsageError(
            f"{', '.join(own)} is one vendor's own: write it in vendor.yaml, or name one vendor.",
            context,
        )


@contextmanager
def _spread(given: dict[str, Any], root: Path) -> Iterator[Spread]:
    from verifier import fleet  # start-up time

    if not given["cluster"]:
        yield fleet.Processes(given["at_once"])
        return
    with fleet.joined(given["cluster"]) as client:
        yield fleet.Machines(client, root)


def _plan(party: Party) -> None:
    from verifier import pipeline  # start-up time
    from verifier.cli.telling import talk

    click.echo(f"== {party.name}")
    talk.plan(pipeline.prepare(party.order))
    click.echo("")


def _say(one: Ended, *, quiet: bool) -> None:
    """A line a vendor; on stderr what kept one from being evaluated."""
    if one.done is None:
        click.echo(f"{one.name}: {one.says}", err=True)
        for note in one.notes:
            click.echo(f"  {note}", err=True)
        return
    page = one.done.files.get("html") or one.done.folder
    if quiet:
        click.echo(str(page))
        return
    verdict = one.done.verdict
    click.echo(f"{one.name:<20} {verdict.ruling.value:<24} {verdict.grade.letter:<3} {page}")
