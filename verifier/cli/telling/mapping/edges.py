"""The edge cases as text and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import click
import orjson

from verifier.mapping.edges import Applied, Ground, apply, catalogue, family_of
from verifier.mapping.executing import Executor
from verifier.mapping.opening import open_mapping

__all__ = ["applied_to", "as_json", "show"]

NONE = -1


def applied_to(file: str | None) -> list[tuple[Applied, int]]:
    """Every edge case, and how many records and batches it makes; -1 where there is no contract."""
    if file is None:
        return [(Applied(edge, (), ()), NONE) for edge in catalogue()]
    ground = Ground(Executor(open_mapping(file)))
    return [(one, len(one.shots) + len(one.hands)) for one in apply(ground)]


def show(applied: Sequence[tuple[Applied, int]]) -> None:
    """Print them family by family."""
    for family, members in groupby(applied, key=lambda pair: family_of(pair[0].edge.number)):
        click.echo(f"\n{family}")
        for one, count in members:
            edge = one.edge
            click.echo(f"  {edge.number:>3}  {edge.title}  [{edge.oracles}]{_state(count)}")
            click.echo(f"       {edge.wrong}{f' ({edge.seen})' if edge.seen else ''}")
            if count == 0:
                click.echo(f"       It needs {edge.needs}.")
    known = [count for _, count in applied if count != NONE]
    if known:
        total = f"{sum(known)} records and batches"
        click.echo(f"\n{sum(count > 0 for count in known)} of {len(known)} apply: {total}")


def _state(count: int) -> str:
    if count == NONE:
        return ""
    return f"  {count} records" if count else "  not applicable"


def as_json(applied: Sequence[tuple[Applied, int]]) -> None:
    """Print them as JSON."""
    data = [
        {
            "number": one.edge.number,
            "family": family_of(one.edge.number),
            "title": one.edge.title,
            "wrong": one.edge.wrong,
            "oracles": list(one.edge.oracles),
            "seen": one.edge.seen,
            "needs": one.edge.needs,
            **({"asked": count} if count != NONE else {}),
        }
        for one, count in applied
    ]
    click.echo(orjson.dumps(data, option=orjson.OPT_INDENT_2).decode())
