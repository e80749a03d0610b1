"""Let a build pass or stop it: only what is new stops it."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import click

from verifier.cli.options import (
    DOCUMENT,
    OneOf,
    history_options,
    report_options,
    run_options,
    subject_options,
)

__all__ = ["command"]


@click.command("gate")
@DOCUMENT
@subject_options
@run_options
@report_options
@history_options
@click.option(
    "--baseline",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="What is known to fail; else baseline.json beside the vendor.",
)
@click.option("--update-baseline", is_flag=True, help="Take what fails now as known, and pass.")
@click.option(
    "--fail-on",
    type=OneOf(["note", "minor", "major", "blocker"]),
    default="note",
    show_default=True,
    help="The least severe new failure that stops the build.",
)
@click.option(
    "--confirm/--no-confirm",
    default=True,
    help="Run once more where something new fails: what is not seen again is flaky.",
)
@click.option(
    "--today",
    metavar="DAY",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day on which waivers must hold: look ahead.",
)
@click.option("--quiet", is_flag=True, help="Say only the verdict.")
def command(
    document: str | None,
    baseline: Path | None,
    update_baseline: bool,
    fail_on: str,
    confirm: bool,
    today: datetime.datetime | None,
    quiet: bool,
    history: str,
    compare_to: Path | None,
    **given: Any,
) -> int:
    """
    Evaluate a vendor, and stop a build only for what is new.

    What fails is compared with a baseline by fingerprint. Known and waived failures are shown and
    stop nothing; nor does what a second run does not show again. Exit codes: 0 passed, 1 new
    failures, 2 a file cannot be used, 3 less evidence than there was, 4 the vendor is unreachable.
    """
    from verifier import reporting  # start-up time
    from verifier.cli.orders import ordering
    from verifier.cli.telling import talk
    from verifier.jobs import passage  # start-up time
    from verifier.model import Severity

    order = ordering.assignment(document, given)
    with talk.progress(quiet=quiet) as watch:
        done = passage.gate(
            order,
            baseline=baseline,
            update=update_baseline,
            least=Severity[fail_on.upper()],
            confirm=confirm,
            today=today.date() if today else None,
            history=history,
            compare_to=compare_to,
            watch=watch,
        )
    text = reporting.gate_text(done.gate, order.where)
    click.echo(text.partition("\n")[0] if quiet else text)
    if done.updated:
        click.echo(f"What fails now is known in {done.baseline}", err=True)
    if not quiet:
        talk.files(done.evaluation, quiet=False)
    return done.exit_code
