"""Rehearse an integration: does our own side survive what a vendor does?"""

from __future__ import annotations

from pathlib import Path

import click

from verifier.cli.options import names

__all__ = ["command"]


@click.command("integration")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--only", metavar="EPISODE,...", default="", help="Only these episodes.")
@click.option("--seed", default=0, show_default=True, help="Same seed, same vendor.")
@click.option("--quiet", "-q", is_flag=True, help="Only the result; no line for each take.")
def command(file: Path, only: str, seed: int, quiet: bool) -> int:
    """
    Play a vendor that fails in every way to the integration of FILE (*.integration.yaml).

    It is started against a mock of the vendor, again and again, and judged by what it sends and
    by what is left: retries, keys, waiting, alerts, nothing lost, nothing doubled.
    """
    from verifier import rehearsing  # start-up time
    from verifier.cli import rehearsed

    integration = rehearsing.read_integration(file)
    watch = rehearsed.silent if quiet else rehearsed.took
    done = rehearsing.rehearse(integration, only=names(only), seed=seed, watch=watch)
    click.echo(rehearsed.profile(done.profile))
    return rehearsed.exit_code(done.profile)
