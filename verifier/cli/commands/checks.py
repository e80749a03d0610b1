"""List the checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from verifier.model import Check

__all__ = ["command"]


@click.command("checks")
@click.option("--question", metavar="ID", help="Only the checks of one question.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(question: str | None, as_json: bool) -> None:
    """List every check, by question."""
    from verifier import discovery  # start-up time
    from verifier.cli.options import question_of

    wanted = question_of(question) if question else None
    chosen = [c for c in discovery.checks().values() if wanted in (None, c.question)]
    if as_json:
        import json

        click.echo(json.dumps([_card(check) for check in chosen], indent=2))
        return
    shown = None
    for check in chosen:
        if check.question is not shown:
            shown = check.question
            click.echo(f"\n{shown.value}: {shown.asks}")
        click.echo(f"  {check.id:<42} {check.severity.name.lower():<8} {check.title}")
    click.echo("\n'verifier explain ID' tells all about one.")


def _card(check: Check) -> dict[str, object]:
    return {
        "id": check.id,
        "title": check.title,
        "question": check.question.value,
        "severity": check.severity.name.lower(),
        "effect": check.effect.value,
        "source": check.source,
        "catches": list(check.catches),
    }
