"""What a workspace begins with, asked on a terminal: no answer is taken that leads nowhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from verifier.errors import VerifierError
from verifier.starting import JOBS, KINDS, Wish, fitted, opened

__all__ = ["interview"]


def interview(given: Mapping[str, Any], root: Path) -> Wish:
    """
    Ask for what is not given.

    Args:
        given: What stands on the command line, by name; it is never asked for.
        root: Where the workspace is to be.

    Raises:
        VerifierError: Something that is given cannot be.
    """
    wish = _judged(given["document"], _document, _opened)
    wish = replace(wish, production=given["production"])
    for ask in (_name, _address, _credential, _permission, _job):
        wish = ask(wish, given, root)
    return wish


def _judged(given: str, ask: Callable[[], str], judge: Callable[[str], Wish]) -> Wish:
    """The wish with what is given; else with the first answer that can be gone on with."""
    if given:
        return judge(given)
    while True:
        try:
            return judge(ask())
        except VerifierError as error:
            click.echo(f"verifier: {error}\n", err=True)


def _document() -> str:
    asked = "OpenAPI document (file or address; empty for a sample)"
    return str(click.prompt(asked, default="", show_default=False)).strip()


def _opened(document: str) -> Wish:
    wish = opened(document)
    count = len(wish.contract.operations)
    click.echo(f"  {wish.contract.title}: {count} operation{'' if count == 1 else 's'}", err=True)
    return wish


def _name(wish: Wish, given: Mapping[str, Any], root: Path) -> Wish:
    ask = partial(click.prompt, "Name of the vendor", default=wish.name)
    return _judged(given["name"], ask, lambda name: fitted(replace(wish, name=name), root))


def _address(wish: Wish, given: Mapping[str, Any], root: Path) -> Wish:
    asked = "Where does its sandbox answer (empty if you do not know)"
    ask = partial(click.prompt, asked, default="", show_default=False)
    return _judged(given["base_url"], ask, lambda url: fitted(replace(wish, base_url=url), root))


def _credential(wish: Wish, given: Mapping[str, Any], root: Path) -> Wish:
    kind = given["kind"] or (_kind() if wish.base_url else "none")
    if kind == "none":
        return wish
    usual = wish.name.upper().replace("-", "_").replace(".", "_")
    if kind == "basic":
        asked = "Environment variables of the secret begin with (_USERNAME and _PASSWORD follow)"
    else:
        asked, usual = "Environment variable of the secret", f"{usual}_TOKEN"
    ask = partial(click.prompt, asked, default=usual)
    return _judged(
        given["secret"], ask, lambda name: fitted(replace(wish, kind=kind, secret=name), root)
    )


def _kind() -> str:
    choice = click.Choice(list(KINDS))
    return str(click.prompt("How do we show who we are", type=choice, default="bearer"))


def _permission(wish: Wish, given: Mapping[str, Any], root: Path) -> Wish:
    asked = "May we create things there (they are removed at the end)"
    asks = wish.base_url and not wish.production and not given["allow_writes"]
    allowed = click.confirm(asked, default=False) if asks else given["allow_writes"]
    return replace(wish, allow_writes=allowed)


def _job(wish: Wish, given: Mapping[str, Any], root: Path) -> Wish:
    choice = click.Choice(list(JOBS))
    ask = partial(click.prompt, "A job for which CI", type=choice, default="none")
    return _judged(given["ci"], ask, lambda ci: fitted(replace(wish, ci=ci), root))
