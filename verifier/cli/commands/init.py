"""Begin with a vendor."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from verifier.cli.options import OneOf

if TYPE_CHECKING:
    from verifier.starting import Wish

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
    from verifier.cli.orders.interview import interview
    from verifier.cli.telling import talk
    from verifier.runs.assignment import Assignment

    asks = not no_input and sys.stdin.isatty()
    wish = interview(given, Path()) if asks else _given(given)
    for path in starting.begin(wish, Path()):
        click.echo(f"  {path}")
    click.echo("\nTrying it on a mock that is made from the document ...", err=True)
    home = f"specs/{wish.name}"
    with talk.progress(quiet=False) as watch:
        done = pipeline.evaluate(Assignment(where=home, mock=True), watch=watch)
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


def _given(given: dict[str, Any]) -> Wish:
    """What is given, and the usual for the rest."""
    from verifier import starting  # start-up time

    wish = starting.opened(given["document"])
    rest = {name: value for name, value in given.items() if value and name != "document"}
    return replace(wish, **rest)
