"""Test somebody's implementation of a mapping."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["command"]

PHASES = ("sweep", "pairwise", "random", "samples")


@click.command("test")
@click.argument("file", metavar="FILE")
@click.option("--callable", "function", metavar="MODULE:NAME", help="A Python function or class.")
@click.option("--command", "program", metavar="COMMAND", help="A program that answers JSON lines.")
@click.option("--http", "address", metavar="URL", help="An address that records are posted to.")
@click.option(
    "--phase", "phases", multiple=True, type=click.Choice(PHASES), help="Only this phase."
)
@click.option(
    "--edge", "edges", multiple=True, type=click.IntRange(1, 100), help="Only this edge case."
)
@click.option("--random", "count", type=click.IntRange(min=0), default=500, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True, help="Same seed, same records.")
@click.option(
    "--sample", "samples", multiple=True, type=click.Path(path_type=Path), help="Real records."
)
@click.option("--timeout", type=click.FloatRange(min=0.01), help="Seconds for one answer.")
@click.option("--records-only", is_flag=True, help="No pairs, laws, batches and environments.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--quiet", is_flag=True, help="Say nothing while it works.")
def command(
    file: str,
    phases: tuple[str, ...],
    edges: tuple[int, ...],
    count: int,
    seed: int,
    samples: tuple[Path, ...],
    records_only: bool,
    as_json: bool,
    quiet: bool,
    function: str | None,
    program: str | None,
    address: str | None,
    timeout: float | None,
) -> int:
    """
    Test somebody's code against a contract, in any language.

    What is tested stands in the contract (verify: implementation), or is named here. Exit code 1
    where it does otherwise than the contract, 3 where the test had to be given up.
    """
    import verifier  # start-up time
    from verifier.cli.telling.mapping import test as talk
    from verifier.mapping.testing import Options

    options = Options(seed=seed, random=count, phases=phases, edges=edges, rounds=not records_only)
    with talk.progress(quiet=quiet) as watch:
        report = verifier.examine_mapping(
            file,
            function,
            program=program or "",
            address=address or "",
            timeout_seconds=timeout,
            samples=samples,
            options=options,
            watch=watch,
        )
    (talk.as_json if as_json else talk.show)(report)
    return 3 if report.given_up and not report.found else int(not report.sound)
