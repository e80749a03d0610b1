"""Show what was understood of a document."""

from __future__ import annotations

import click

__all__ = ["command"]


@click.command("inspect")
@click.argument("document", metavar="DOC")
@click.option("--json", "as_json", is_flag=True, help="Print JSON (see 'verifier schema inspect').")
@click.option("--overlay", "overlays", multiple=True, metavar="FILE", help="Apply overlays first.")
def command(document: str, as_json: bool, overlays: tuple[str, ...]) -> None:
    """
    Show what is understood of DOC, and its problems.

    Resources, conventions, security, lifecycle. DOC is a file, a folder or an address.
    """
    import orjson  # start-up time

    from verifier import loading
    from verifier.cli.telling.inspection import show

    found = loading.inspect(loading.load(document, overlays=overlays))
    if as_json:
        click.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2).decode())
    else:
        show(found)
