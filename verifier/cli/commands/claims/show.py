"""Say how the questionnaire stands."""

from __future__ import annotations

import datetime

import click

from verifier.catalogue import LANGUAGES

__all__ = ["command"]


@click.command("show")
@click.argument("document", metavar="DOC")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
def command(document: str, language: str) -> None:
    """Say what the vendor of DOC answered, and what is open."""
    from verifier import judging, loading  # start-up time
    from verifier.model import Claims
    from verifier.runs import papers  # start-up time

    if "://" not in document:
        loading.standing(document)
    found = papers.beside(document, papers.CLAIMS)
    told = loading.read_claims(found) if found else Claims()
    today = datetime.datetime.now(datetime.UTC).date()
    stated = judging.stated((), told, today, language)
    for one in stated:
        answer = "open" if one.is_open else one.claim.answer if one.claim else ""
        word = "ran out" if one.over else answer
        click.echo(f"{word:<15}{one.enquiry.id:<28}{one.asks}")
    click.echo(f"\n{sum(not one.is_open for one in stated)} of {len(stated)} answered", err=True)
