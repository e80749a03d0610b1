"""Evaluate a vendor: the main command."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from verifier.cli.options import (
    DOCUMENT,
    Whole,
    formats_of,
    names,
    question_of,
    report_options,
    subject_options,
)

__all__ = ["command"]

WITH_RESUME = {"resume", "quiet", "exit_zero"}


@click.command("evaluate")
@DOCUMENT
@subject_options
@click.option("--mock", is_flag=True, help="Ask a mock vendor that is made from the document.")
@click.option(
    "--misbehave", metavar="NAME,...", default="", help="Give the mock these defects (with --mock)."
)
@click.option("--budget", type=Whole(min=1), help="The most requests to send.")
@click.option("--rate", type=click.FloatRange(min=0), help="Requests a second; 0 is unlimited.")
@click.option(
    "--timeout",
    "timeout_seconds",
    metavar="SECONDS",
    type=click.FloatRange(min=0, min_open=True),
    help="How long to wait for one answer; 30 if nobody says otherwise.",
)
@click.option(
    "--minutes",
    type=click.FloatRange(min=0, min_open=True),
    help="The longest that the run asks on; 60 if nobody says otherwise.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Same seed, same run.")
@click.option("--question", "questions", multiple=True, metavar="ID", help="Only this question.")
@click.option("--check", "only", multiple=True, metavar="ID", help="Only this check (* allowed).")
@click.option(
    "--scenario", "scenarios", multiple=True, metavar="FILE", help="These, not the vendor's own."
)
@click.option("--no-scenarios", is_flag=True, help="Leave the vendor's scenarios out.")
@click.option("--output", type=click.Path(path_type=Path), help="Folder of the run.")
@report_options
@click.option("--dry-run", is_flag=True, help="Say what would be sent, and send nothing.")
@click.option("--resume", type=click.Path(path_type=Path), help="Go on with a run that was killed.")
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
    Scenarios in the vendor's folder, or in scenarios/NAME, are run as well.
    With --resume DOC is left out.
    """
    from verifier import pipeline  # start-up time
    from verifier.cli import talk

    if resume is not None:
        _as_ordered(context)
        with talk.progress(quiet=quiet) as watch:
            done = pipeline.resume(resume, watch=watch)
    else:
        assignment = _assignment(document, given)
        if dry_run:
            talk.plan(pipeline.prepare(assignment))
            return 0
        with talk.progress(quiet=quiet) as watch:
            done = pipeline.evaluate(assignment, watch=watch)
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


def _assignment(document: str | None, given: dict[str, Any]) -> Any:
    from verifier import playbill  # start-up time
    from verifier.assignment import Assignment

    if document is None:
        raise click.UsageError("Name a document, a vendor.yaml, or a folder with one.")
    assignment = Assignment(
        where=document,
        base_url=given["base_url"],
        principals=tuple(given["principals"]),
        environment=given["environment"] or "",
        allow_writes=given["allow_writes"],
        allow_bursts=given["allow_bursts"],
        webhook_url=given["webhook_url"],
        webhook_port=given["webhook_port"],
        overlays=tuple(given["overlays"]),
        mock=given["mock"],
        misbehave=names(given["misbehave"]),
        budget=given["budget"],
        per_second=given["rate"],
        timeout_seconds=given["timeout_seconds"],
        minutes=given["minutes"],
        seed=given["seed"],
        questions=tuple(question_of(name).value for name in given["questions"]),
        only=tuple(given["only"]),
        folder=given["output"],
        formats=formats_of(given["formats"], pdf=given["pdf"], split=given["split"]),
        language=given["language"],
    )
    if given["no_scenarios"]:
        return assignment
    return playbill.playing(assignment, given["scenarios"] or playbill.found_beside(document))
