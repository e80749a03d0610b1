"""Begin with a vendor."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from verifier.cli.options import OneOf

__all__ = ["command"]

KINDS = ["bearer", "api-key", "basic", "none"]
SERVERS = ["github", "gitlab", "none"]


@click.command("init")
@click.argument("document", metavar="[DOC]", default="")
@click.option("--name", default="", help="Of the vendor: its folder under specs/.")
@click.option("--base-url", metavar="URL", default="", help="Where its sandbox answers.")
@click.option("--auth", "kind", type=OneOf(KINDS), default=None, help="How we show who we are.")
@click.option(
    "--secret", metavar="VARIABLE", default="", help="Environment variable of the secret."
)
@click.option("--production", is_flag=True, help="The address is production: it is only read.")
@click.option("--allow-writes", is_flag=True, help="Things may be created there.")
@click.option("--ci", type=OneOf(SERVERS), default=None, help="Write a job for this CI, too.")
@click.option("--no-input", is_flag=True, help="Ask nothing: take what is given, and the usual.")
def command(no_input: bool, **given: Any) -> int:
    """
    Write a workspace for a vendor, and try it on a mock.

    DOC is its OpenAPI document, a file or an address; without one it begins with the sample vendor.
    What is not given is asked, on a terminal. Nothing is ever written over a file, and a secret is
    never typed: only its variable's name.
    """
    from verifier import pipeline, starting  # start-up time
    from verifier.runs.assignment import Assignment
    from verifier.starting import Wish

    if not no_input and sys.stdin.isatty():
        given = _asked(given)
    wish = Wish(
        **{
            **given,
            "name": given["name"] or ("vendor" if given["document"] else "sample"),
            "kind": given["kind"] or "none",
            "ci": given["ci"] or "none",
        }
    )
    for path in starting.begin(wish, Path()):
        click.echo(f"  {path}")
    click.echo("\nTrying it on a mock that is made from the document ...", err=True)
    home = f"specs/{wish.name}"
    done = pipeline.evaluate(Assignment(where=home, mock=True))
    click.echo(f"\nA vendor that keeps to its document would be: {done.verdict.ruling.value}")
    click.echo(f"  {done.files['html']}")
    click.echo("\nNext:")
    ask = f"verifier evaluate {home} --dry-run" if wish.base_url else f"verifier mock {home}"
    about = "what would be asked of the API itself" if wish.base_url else "a vendor to code against"
    for line, says in (
        (ask, about),
        (f"verifier letter {home} --mail", "the mail that asks the vendor what no test can"),
        (f"verifier gate {home} --mock --update-baseline", "the first step of a gate in CI"),
    ):
        click.echo(f"  {line:<52}# {says}")
    return 0


def _asked(given: dict[str, Any]) -> dict[str, Any]:
    """What is not given yet, asked one by one."""
    made = dict(given)
    made["document"] = made["document"] or click.prompt(
        "OpenAPI document (file or address; empty for a sample)", default="", show_default=False
    )
    made["name"] = made["name"] or click.prompt(
        "Name of the vendor", default="vendor" if made["document"] else "sample"
    )
    made["base_url"] = made["base_url"] or click.prompt(
        "Where does its sandbox answer (empty if you do not know)", default="", show_default=False
    )
    if made["base_url"]:
        made["kind"] = made["kind"] or click.prompt(
            "How do we show who we are", type=click.Choice(KINDS), default="bearer"
        )
        if made["kind"] != "none" and not made["secret"]:
            usual = made["name"].upper().replace("-", "_").replace(".", "_") + "_TOKEN"
            made["secret"] = click.prompt("Environment variable of the secret", default=usual)
        made["allow_writes"] = made["allow_writes"] or click.confirm(
            "May we create things there (they are removed at the end)", default=False
        )
    made["ci"] = made["ci"] or click.prompt(
        "A job for which CI", type=click.Choice(SERVERS), default="none"
    )
    return made
