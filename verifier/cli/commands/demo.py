"""Show what an evaluation is, on a vendor of our own."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["command"]

DEFECTS = (
    "open-operation",
    "leaks-stack-trace",
    "rounds-money",
    "delete-keeps",
    "filter-ignored",
    "no-request-id-on-errors",
)


@click.command("demo")
@click.option("--sound", is_flag=True, help="Evaluate the vendor without its defects.")
@click.option("--output", type=click.Path(path_type=Path), help="Folder of the run.")
def command(sound: bool, output: Path | None) -> int:
    """
    Evaluate a sample vendor that has a handful of defects.

    It is a mock, asked over real sockets; at the end it is said where the report is.
    """
    from verifier import pipeline  # start-up time
    from verifier.cli.telling import talk
    from verifier.runs import meanings, playbill, samples  # start-up time
    from verifier.runs.assignment import Assignment

    defects = () if sound else DEFECTS
    click.echo(
        f"The sample vendor's mock, {'sound' if sound else 'with ' + ', '.join(defects)}.", err=True
    )
    where = samples.vendor()
    assignment = Assignment(
        where=str(where),
        mock=True,
        misbehave=defects,
        folder=output,
        sources={"acme": str(where / "openapi.yaml")},
        mappings=meanings.found_beside(where),
    )
    assignment = playbill.playing(assignment, samples.scenarios())
    with talk.progress(quiet=False) as watch:
        done = pipeline.evaluate(assignment, watch=watch)
    talk.result(done, quiet=False)
    return 0
