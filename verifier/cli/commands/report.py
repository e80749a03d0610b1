"""Render a recorded run again."""

from __future__ import annotations

from pathlib import Path

import click

from verifier.cli.options import formats_of, history_options, report_options

__all__ = ["command"]


@click.command("report")
@click.argument("run", type=click.Path(path_type=Path))
@report_options
@history_options
@click.option(
    "--waivers", multiple=True, metavar="FILE", help="Instead of the waivers kept with the run."
)
@click.option(
    "--claims", metavar="FILE", default="", help="Instead of the claims kept with the run."
)
def command(
    run: Path,
    formats: tuple[str, ...],
    pdf: bool,
    split: bool,
    language: str,
    waivers: tuple[str, ...],
    claims: str,
    history: str,
    compare_to: Path | None,
) -> int:
    """
    Judge and render the run in folder RUN again.

    As far as it got, where it ended early; with other waivers, claims, formats or language.
    """
    from verifier import pipeline  # start-up time
    from verifier.cli.telling import talk
    from verifier.runs.archive import Against

    done = pipeline.report(
        run,
        formats=formats_of(formats, pdf=pdf, split=split),
        language=language,
        against=Against(
            waivers=waivers or None, claims=claims, history=history, compare_to=compare_to
        ),
    )
    talk.result(done, quiet=False)
    return 0
