"""Explain anything that has a name: a check, a question, a fault, a rule, a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from verifier.model import Question

__all__ = ["command"]


@click.command("explain")
@click.argument("name")
def command(name: str) -> None:
    """
    Say of a check why it matters and what it cannot see.

    NAME may be a question, a fault or a misbehaviour of the mock, too, an episode or a property
    of a rehearsal, a rule of a comparison (properties.removed), a kind of news (drift), and
    whatever mapping contracts are made of: a meaning, an operation, a finding, an edge case
    (edge-71).
    """
    from verifier import discovery  # start-up time
    from verifier.cli.telling import changing, failings
    from verifier.errors import UsageError
    from verifier.model import Question

    name = name.removeprefix("integration.")  # as reports call the properties of a rehearsal
    if name.startswith("scenario."):
        mend = "Its description stands in its file: scenarios/VENDOR/*.arazzo.yaml."
        raise UsageError(f"'{name}' is a workflow of yours, not a check", mend=mend)
    if name in {q.value for q in Question}:
        _question(Question(name))
        return
    if name not in discovery.checks() and changing.explain(name):
        return
    others: tuple[str, ...] = changing.names()
    if "." not in name:
        from verifier.cli.telling import rehearsed
        from verifier.cli.telling.mapping import reference  # start-up time

        ways = (failings, reference, rehearsed)
        meant = [way for way in ways if name in way.names()]
        for place, way in enumerate(meant):
            click.echo("\n" * bool(place), nl=False)
            way.explain(name)
        if meant:
            return
        others = (*others, *(other for way in ways for other in way.names()))
    check = discovery.find_check(name, others=others)
    click.echo(f"{check.id}\n{'=' * len(check.id)}\n\n{check.doc}\n")
    click.echo(f"Question   {check.question.value}: {check.question.asks}")
    click.echo(f"Severity   {check.severity.name.lower()}")
    price = f"at most {check.price} requests a subject" if check.price else "no requests of its own"
    click.echo(f"Effect     {check.effect.value}, {price}")
    click.echo(f"Source     {check.source}")
    if check.catches:
        click.echo(f"Proof      verifier evaluate DOC --mock --misbehave {','.join(check.catches)}")


def _question(asked: Question) -> None:
    from verifier import discovery

    click.echo(f"{asked.value}: {asked.asks}\n")
    for check in discovery.checks().values():
        if check.question is asked:
            click.echo(f"  {check.id:<42} {check.title}")
