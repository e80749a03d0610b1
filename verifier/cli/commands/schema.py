"""Print the JSON Schema of one of our files."""

from __future__ import annotations

import click

from verifier.cli.options import OneOf

__all__ = ["command"]


KINDS = [
    "vendor",
    "mock",
    "inspect",
    "results",
    "changes",
    "waivers",
    "baseline",
    "claims",
    "watch",
    "integration",
]


@click.command("schema")
@click.argument("kind", type=OneOf(KINDS))
def command(kind: str) -> None:
    """Print the JSON Schema of a file that we read or write."""
    import orjson  # start-up time

    from verifier import diffing, loading, rehearsing, reporting, watching

    made = {
        "vendor": loading.vendor_schema,
        "mock": loading.mock_schema,
        "inspect": lambda: loading.INSPECTION_SCHEMA,
        "results": reporting.results_schema,
        "changes": diffing.changes_schema,
        "waivers": loading.waivers_schema,
        "baseline": loading.baseline_schema,
        "claims": loading.claims_schema,
        "watch": watching.watch_schema,
        "integration": rehearsing.integration_schema,
    }[kind]()
    click.echo(orjson.dumps(made, option=orjson.OPT_INDENT_2).decode())
