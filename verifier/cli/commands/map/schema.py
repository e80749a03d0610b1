"""Print the JSON Schema of mapping contracts."""

from __future__ import annotations

import click

__all__ = ["command"]


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of *.mapping.yaml, for editors."""
    import orjson  # start-up time

    from verifier.mapping.contract import mapping_schema

    click.echo(orjson.dumps(mapping_schema(), option=orjson.OPT_INDENT_2).decode())
