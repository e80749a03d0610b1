"""Say which scopes a need takes."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["command"]


@click.command("scopes")
@click.argument("where", metavar="VENDOR")
@click.option(
    "--need", "needs", multiple=True, metavar="OPERATION", help="'METHOD /path', or its id."
)
@click.option(
    "--usage",
    "runs",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of a recorded run: what it used is needed.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(where: str, needs: tuple[str, ...], runs: tuple[Path, ...], as_json: bool) -> None:
    """Name the smallest set of scopes for a stated need."""
    import orjson  # start-up time

    from verifier import loading, recording
    from verifier.cli.telling.privileges import comparison, lines, needed
    from verifier.model import smallest_privilege

    vendor = loading.load_vendor(where)
    wanted = needed(vendor.contract, needs, [recording.RunUsage(run).usage() for run in runs])
    privilege = smallest_privilege(vendor.contract, wanted)
    if as_json:
        told = {
            "operations": privilege.operations,
            "scopes": sorted(privilege.scopes),
            "beyond": privilege.beyond,
            "unscoped": privilege.unscoped,
            "principals": comparison(privilege, vendor.principals),
        }
        click.echo(orjson.dumps(told, option=orjson.OPT_INDENT_2).decode())
        return
    for line in lines(privilege, vendor.principals):
        click.echo(line)
