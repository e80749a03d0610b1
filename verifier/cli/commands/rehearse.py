"""Rehearse several integrations, and put their profiles side by side."""

from __future__ import annotations

from pathlib import Path

import click

from verifier.cli.options import OneOf, names

__all__ = ["command"]


@click.command("rehearse")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=click.Path(path_type=Path),
)
@click.option("--matrix", is_flag=True, help="Side by side: a row for each property.")
@click.option("--markdown", is_flag=True, help="With --matrix: a table to be published.")
@click.option("--only", metavar="NAME,...", default="", help="Only these episodes or properties.")
@click.option("--seed", default=0, show_default=True, help="Same seed, same vendor.")
@click.option(
    "--fail-on",
    type=OneOf(["broken", "nothing"]),
    default="broken",
    help="Whether a broken property is a failure (exit code 1).",
)
def command(
    files: tuple[Path, ...], matrix: bool, markdown: bool, only: str, seed: int, fail_on: str
) -> int:
    """
    Play the same failures to several programs, side by side.

    Several programs, or several ways to write the same one; with --matrix their profiles are one
    table.
    """
    from verifier import rehearsing  # start-up time
    from verifier.cli.telling import rehearsed

    found = []
    for file in files:
        integration = rehearsing.read_integration(file)
        click.echo(f"{integration.name} ...", err=True)
        done = rehearsing.rehearse(integration, only=names(only), seed=seed)
        found.append(done.profile)
        if not matrix:
            click.echo(rehearsed.profile(done.profile))
    if matrix:
        click.echo(rehearsed.side_by_side(found, markdown=markdown))
    codes = [rehearsed.exit_code(profile) for profile in found]
    return 0 if fail_on == "nothing" else max(codes, key=(0, 3, 1).index)
