"""Draft scenarios."""

from __future__ import annotations

from pathlib import Path

import click

from verifier.errors import UsageError

__all__ = ["command"]

NAME = "drafts.arazzo.yaml"


@click.command("draft")
@click.argument("document", metavar="DOC")
@click.option("--resource", "resources", multiple=True, metavar="NAME", help="Only of these.")
@click.option(
    "--recording", metavar="FILE", default="", help="Draft from an HTTP Archive (HAR) instead."
)
@click.option("--overlay", "overlays", multiple=True, metavar="FILE", help="Apply it first.")
@click.option("--output", type=click.Path(path_type=Path), help="Write it there, not here.")
@click.option("--unproved", is_flag=True, help="Keep what does not hold against the mock.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def command(
    document: str,
    resources: tuple[str, ...],
    recording: str,
    overlays: tuple[str, ...],
    output: Path | None,
    unproved: bool,
    force: bool,
) -> int:
    """
    Draft workflows of a vendor, from DOC or a recording.

    The life of each thing that it keeps, and a payment that is taken back; or what was recorded in
    a browser. Each is run against the vendor's mock before it is written; what does not hold there
    is left out, and told.
    """
    from verifier.cli.telling import scenes
    from verifier.jobs import drafts  # start-up time

    if output is not None and output.exists() and not force:
        raise UsageError("there is a file already", where=str(output), mend="Add --force.")
    found = drafts.draft(
        document,
        output=output or Path(NAME),
        resources=resources,
        archive=recording,
        overlays=overlays,
        unproved=unproved,
    )
    if found.text and output is None:
        click.echo(found.text, nl=False)
    elif found.text and output is not None:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(found.text, encoding="utf-8")
    scenes.show_drafts(found, output)
    return 0 if found.text else 1
