"""Run scenarios."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from verifier.cli.options import subject_options

__all__ = ["command"]


@click.command("run")
@click.argument("files", nargs=-1, metavar="FILE...", required=True)
@subject_options
@click.option("--vendor", metavar="DOC", default="", help="The vendor; else the first source's.")
@click.option("--mock", is_flag=True, help="Ask a mock vendor that is made from the document.")
@click.option("--misbehave", metavar="NAME,...", default="", help="Give the mock these defects.")
@click.option("--workflow", "workflows", multiple=True, metavar="ID", help="Only this workflow.")
@click.option("--tag", "tags", multiple=True, metavar="NAME", help="Only what has this tag.")
@click.option(
    "--input", "inputs", multiple=True, metavar="NAME=VALUE", help="An input; JSON, else a text."
)
@click.option(
    "--source", "sources", multiple=True, metavar="NAME=FILE", help="A file for a source."
)
@click.option(
    "--api", "addresses", multiple=True, metavar="NAME=URL", help="Where a further source answers."
)
@click.option("--lenient", is_flag=True, help="Let pass what a scenario says in vain.")
@click.option("--budget", type=click.IntRange(min=1), help="The most requests to send.")
@click.option("--rate", type=click.FloatRange(min=0), help="Requests a second; 0 is unlimited.")
@click.option("--seed", type=int, default=0, show_default=True, help="Same seed, same run.")
@click.option("--output", type=click.Path(path_type=Path), help="Folder of the run.")
@click.option("--format", "formats", multiple=True, metavar="NAME", help="Only these formats.")
@click.option("--dry-run", is_flag=True, help="Say what would be sent, and send nothing.")
@click.option("--exit-zero", is_flag=True, help="Exit 0 whatever is found.")
@click.option("--quiet", is_flag=True, help="Say only where the report is.")
def command(
    files: tuple[str, ...], dry_run: bool, exit_zero: bool, quiet: bool, **given: Any
) -> int:
    """
    Run the workflows of Arazzo FILEs, and write the report.

    The vendor is the one beside the document of a file's first source; --base-url and --principal
    say where it answers and as whom. Workflows that others call are run by them only.
    """
    from verifier import pipeline  # start-up time
    from verifier.cli.orders import casting
    from verifier.cli.telling import scenes, talk

    codes = []
    for assignment in casting.assignments(files, given):
        if dry_run:
            talk.plan(pipeline.prepare(assignment))
            continue
        with talk.progress(quiet=quiet) as watch:
            done = pipeline.evaluate(assignment, watch=watch)
        if not quiet:
            scenes.show(done.run)
        talk.files(done, quiet=quiet)
        codes.append(scenes.exit_code(done.run.outcomes))
    return 0 if exit_zero else max(codes, default=0, key=(0, 3, 1).index)
