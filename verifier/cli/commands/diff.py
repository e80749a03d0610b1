"""Compare two editions of a vendor's document."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

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
    from verifier import diffing, editions  # start-up time
    from verifier.model import Impact

    comparison = editions.compare(
        old,
        new,
        profile=given["profile"],
        policy=given["policy"],
        witnesses=not given["no_witness"],
    )
    written = diffing.render(comparison, format_, everything=given["everything"])
    if output is not None:
        output.write_bytes(written)
    else:
        sys.stdout.buffer.write(written)
    if not comparison.conclusive:
        return COULD_NOT_CHECK
    if given["fail_on"] == "never":
        return 0
    gate = Impact(given["fail_on"])
    return int(any(c.severity.reaches(gate) and not c.waived for c in comparison))
