"""Rehearse an integration: does our own side survive what a vendor does?"""

from __future__ import annotations

from pathlib import Path

import click

from verifier.cli.options import formats_of, names, report_options

__all__ = ["command"]


@click.command("integration")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--only", metavar="NAME,...", default="", help="Only these episodes or properties.")
@click.option("--seed", default=0, show_default=True, help="Same seed, same vendor.")
@click.option("--quiet", "-q", is_flag=True, help="Only the result; no line for each take.")
@click.option("--output", type=click.Path(path_type=Path), help="Folder of the report.")
@report_options
def command(
    file: Path,
    only: str,
    seed: int,
    quiet: bool,
    output: Path | None,
    formats: tuple[str, ...],
    pdf: bool,
    split: bool,
    language: str,
) -> int:
    """
    Play a vendor that fails in every way to our own program.

    FILE (*.integration.yaml) says how it is started. It is started against a mock of the vendor,
    again and again, and judged by what it sends and by what is left: retries, keys, waiting,
    alerts, nothing lost, nothing doubled.
    """
    import verifier  # start-up time
    from verifier.cli.telling import rehearsed

    watch = None if quiet else rehearsed.took
    done = verifier.rehearse(file, only=names(only), seed=seed, watch=watch)
    click.echo(rehearsed.profile(done.profile))
    wanted = formats_of(formats, pdf=pdf, split=split)
    kept = verifier.report_rehearsal(done, folder=output, formats=wanted, language=language)
    click.echo(f"Report: {kept.files.get('html', kept.folder)}")
    return rehearsed.exit_code(done.profile)
