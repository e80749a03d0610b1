"""Evaluate a vendor: the main command."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from verifier.cli.options import (
    DOCUMENT,
    Whole,
    history_options,
    report_options,
    run_options,
    subject_options,
)

__all__ = ["command"]

WITH_RESUME = {"resume", "quiet", "exit_zero", "history", "compare_to"}


@click.command("evaluate")
@DOCUMENT
@subject_options
@run_options
@report_options
@history_options
@click.option("--dry-run", is_flag=True, help="Say what would be sent, and send nothing.")
@click.option("--resume", type=click.Path(path_type=Path), help="Go on with a run that was killed.")
@click.option(
    "--cluster", metavar="tcp://HOST:PORT|local", help="Many vendors: on a Dask cluster's workers."
)
@click.option(
    "--at-once",
    type=Whole(min=1),
    default=4,
    show_default=True,
    help="Many vendors: how many at a time, each in a process of its own.",
)
@click.option("--exit-zero", is_flag=True, help="Exit 0 whatever is found.")
@click.option("--quiet", is_flag=True, help="Say only where the report is.")
@click.pass_context
def command(
    context: click.Context,
    /,
    document: str | None,
    dry_run: bool,
    resume: Path | None,
    exit_zero: bool,
    quiet: bool,
    **given: Any,
) -> int:
    """
    Evaluate a vendor and write the report.

    DOC is an OpenAPI document (file, folder or address), a vendor.yaml, or a folder with one.
    Without --base-url and --mock it is a desk evaluation: what the document alone can show.
    Scenarios and mapping contracts in the vendor's folder, or in scenarios/NAME, belong to it.
    With --resume DOC is left out. A folder of such folders is many vendors, evaluated side by side.
    """
    from verifier import pipeline  # start-up time
    from verifier.cli.orders import many, ordering
    from verifier.cli.telling import talk
    from verifier.runs.archive import Against

    against = Against(history=given["history"], compare_to=given["compare_to"])
    code = many.evaluated(context, against) if resume is None else None
    if code is not None:
        return 0 if exit_zero else code
    if resume is not None:
        _as_ordered(context)
        with talk.progress(quiet=quiet) as watch:
            done = pipeline.resume(resume, watch=watch, against=against)
    else:
        assignment = ordering.assignment(document, given)
        if dry_run:
            talk.plan(pipeline.prepare(assignment))
            return 0
        with talk.progress(quiet=quiet) as watch:
            done = pipeline.evaluate(assignment, watch=watch, against=against)
    talk.result(done, quiet=quiet)
    return 0 if exit_zero else done.exit_code


def _as_ordered(context: click.Context) -> None:
    """A run goes on as it was ordered: nothing that would change the order may be given."""
    known = {parameter.name: parameter for parameter in context.command.params}
    given = [
        known[name].make_metavar(context) if name == "document" else known[name].opts[0]
        for name in context.params
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE
        and name not in WITH_RESUME
    ]
    if given:
        raise click.UsageError(
            f"--resume goes on with a run as it was ordered; leave out {', '.join(given)}.", context
        )
