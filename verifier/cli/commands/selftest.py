"""Prove every check, on this machine."""

from __future__ import annotations

import click

from verifier.cli.options import Whole, names

__all__ = ["command"]

OUR_FAULT = 5


@click.command("selftest")
@click.option(
    "--only", metavar="NAME,...", multiple=True, help="Misbehaviours, 'sound', or ids of checks."
)
@click.option("--seed", type=int, default=0, show_default=True, help="Same seed, same requests.")
@click.option("--workers", type=Whole(min=1), help="Processes; else one a processor.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--markdown", is_flag=True, help="Print the reviewed table, and prove nothing.")
def command(
    only: tuple[str, ...], seed: int, workers: int | None, as_json: bool, markdown: bool
) -> int:
    """
    Prove every check on this machine, both ways.

    All checks are run on the mock of the sample vendor, sound and with each of its misbehaviours,
    and what they say is held against a table that people reviewed. It ends with 0 where every cell
    is as reviewed, else with 5.
    """
    from verifier import proving  # start-up time
    from verifier.cli.telling import selftested, talk

    if markdown:
        click.echo(selftested.as_markdown(), nl=False)
        return 0
    wanted = proving.rows_of([name for given in only for name in names(given)])
    with talk.progress(quiet=as_json, of="vendors", every=20) as watch:
        told = selftested.counted(watch, len(wanted))
        proof = proving.prove(wanted, seed=seed, workers=workers or 0, watch=told)
    if as_json:
        click.echo(selftested.as_json(proof))
    else:
        selftested.show(proof)
    return 0 if proof.right else OUR_FAULT
