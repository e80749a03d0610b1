"""Compare two editions of a vendor's document."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from verifier.model import Change, Comparison

__all__ = ["command"]

COULD_NOT_CHECK = 3


@click.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option(
    "--format",
    "format_",
    metavar="NAME",
    default="text",
    show_default=True,
    help="text, markdown, html, json, sarif, github.",
)
@click.option("--output", type=click.Path(path_type=Path), help="Write to this file instead.")
@click.option(
    "--fail-on",
    type=click.Choice(["breaking", "warning", "info", "never"]),
    default="breaking",
    show_default=True,
    help="The least severe change that gives exit code 1.",
)
@click.option(
    "--profile",
    default="wire",
    show_default=True,
    metavar="NAME",
    help="Who must survive: wire, client (typed), sdk (its source), docs.",
)
@click.option("--policy", default="", metavar="VENDOR", help="Put a vendor's own word beside ours.")
@click.option(
    "--used",
    multiple=True,
    metavar="RUN|OPERATION",
    help="A recorded run, or an operation such as 'GET /items': say what touches it. Repeatable.",
)
@click.option("--touching", is_flag=True, help="Fail only on what touches --used.")
@click.option(
    "--waivers",
    multiple=True,
    metavar="FILE",
    help="Changes that are accepted, each for a reason. Repeatable.",
)
@click.option("--accept", metavar="FILE", help="Write a waiver for all that would fail, exit 0.")
@click.option("--reason", default="accepted", metavar="TEXT", help="The reason for --accept.")
@click.option(
    "--no-witness", is_flag=True, help="Look for no values that show what breaks; saves time."
)
@click.option("--all", "everything", is_flag=True, help="Tell harmless changes one by one.")
def command(old: str, new: str, format_: str, output: Path | None, **given: Any) -> int:
    """
    Say what changed from OLD to NEW, and whom it breaks.

    Both are files, folders, addresses, or git:REVISION:path. Exit codes: 0 nothing at or above
    --fail-on, 1 something, 2 a document cannot be read, 3 could not check (an empty document, or
    one that lost most of its operations).
    """
    from verifier import diffing, loading  # start-up time
    from verifier.jobs import editions  # start-up time

    with loading.paused_collection(lasting=True):
        comparison = editions.compare(
            old,
            new,
            profile=given["profile"],
            policy=given["policy"],
            witnesses=not given["no_witness"],
            used=given["used"],
            waivers=given["waivers"],
        )
        written = diffing.render(comparison, format_, everything=given["everything"])
    if output is not None:
        output.write_bytes(written)
    else:
        sys.stdout.buffer.write(written)
    if not comparison.conclusive:
        return COULD_NOT_CHECK
    failing = _failing(comparison, given["fail_on"], touching=given["touching"])
    if failing and given["accept"]:
        path = Path(given["accept"])
        count = loading.write_waivers(path, failing, given["reason"])
        click.echo(f"{count} changes accepted in {path}", err=True)
        return 0
    return int(bool(failing))


def _failing(comparison: Comparison, gate: str, *, touching: bool) -> list[Change]:
    """What is at or above the gate, not accepted, and, if asked, touches what is used."""
    from verifier.model import Impact  # start-up time

    if gate == "never":
        return []
    return [
        change
        for change in comparison
        if change.severity.reaches(Impact(gate))
        and not change.waived
        and not (touching and change.touches is False)
    ]
