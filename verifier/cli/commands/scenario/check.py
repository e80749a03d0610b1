"""Read scenarios strictly, and send nothing."""

from __future__ import annotations

import click

__all__ = ["command"]


@click.command("check")
@click.argument("files", nargs=-1, metavar="FILE...", required=True)
@click.option("--vendor", metavar="DOC", default="", help="The vendor; else the first source's.")
@click.option(
    "--source", "sources", multiple=True, metavar="NAME=FILE", help="A file for a source."
)
@click.option("--overlay", "overlays", multiple=True, metavar="FILE", help="Apply it first.")
@click.option("--lenient", is_flag=True, help="Let pass what a scenario says in vain.")
def command(
    files: tuple[str, ...],
    vendor: str,
    sources: tuple[str, ...],
    overlays: tuple[str, ...],
    lenient: bool,
) -> int:
    """
    Hold Arazzo FILEs against the standard and their documents.

    Tells every flaw with its line and the mend, and what is worth a thought. Exit code 1 where a
    run would refuse a file.
    """
    from verifier.cli.orders import casting
    from verifier.cli.telling import scenes
    from verifier.runs import playbill  # start-up time
    from verifier.runs.assignment import Assignment
    from verifier.runs.stage import stage

    refused = 0
    for group in casting.groups(files, vendor, sources):
        assignment = Assignment(
            where=group.where,
            scenarios=group.files,
            sources=group.sources,
            apis=group.apis,
            overlays=overlays,
        )
        with stage(assignment) as scene:
            scripts, flaws = playbill.bound(assignment, scene.vendor)
        refused += scenes.show_flaws([script.description for script in scripts], flaws, lenient)
    return int(refused > 0)
