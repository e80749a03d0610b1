"""What the command line says of a self-test: a table, JSON, the page of reference."""

from __future__ import annotations

import inspect
import json
import shlex
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from verifier.cli.telling.talk import Watch
    from verifier.proving import Proof, Reviewed, Row

__all__ = ["as_json", "as_markdown", "counted", "show"]

VERSION = 1
MOST_WRONG = 20
HEADS = ("the mock", "who speaks", "")
INTRODUCTION = """\
# Which check speaks about what

Written by `verifier selftest --markdown` from the table that `verifier selftest` holds every check
against. `verifier explain NAME` tells all about a misbehaviour or a check.

About the sound mock no check speaks. About each misbehaviour those speak that name it as theirs to
catch, and those further ones that a person found to be right, for the reason that stands there;
about everything else they are silent.

| misbehaviour | what is wrong | caught by | rightly said by others, too |
| --- | --- | --- | --- |
"""


def counted(watch: Watch, total: int) -> Callable[[Row], None]:
    """Tells of rows as of the items of a run."""
    from verifier.probing import Progress  # start-up time

    done = sent = 0

    def told(row: Row) -> None:
        nonlocal done, sent
        done, sent = done + 1, sent + row.requests
        name = row.reviewed.misbehaviour
        watch(Progress(kind="settled", check=name, done=done, total=total, sent=sent))

    return told


def show(proof: Proof) -> None:
    """The table, what is wrong in it, and what to do about that."""
    if sys.stdout.isatty():
        _table(proof)
    else:
        for row in proof.rows:
            click.echo(f"{row.reviewed.misbehaviour:<28} {_right(row):<12} {_speakers(row)}")
    click.echo("\n".join(_ending(proof)))


def as_json(proof: Proof) -> str:
    """Everything, for machines."""
    data = {
        "version": VERSION,
        "right": proof.right,
        "seed": proof.seed,
        "cells": proof.cells,
        "wrong": proof.wrong,
        "seconds": round(proof.seconds, 1),
        "rows": [_card(row) for row in proof.rows],
    }
    return json.dumps(data, indent=2)


def as_markdown() -> str:
    """The page of reference: the reviewed table."""
    from verifier.proving import reviewed, rows_of  # start-up time

    _sound, *names = rows_of()
    return INTRODUCTION + "".join(f"{_line(reviewed(name))}\n" for name in names)


def _table(proof: Proof) -> None:
    from rich.console import Console  # start-up time
    from rich.table import Table

    table = Table(*HEADS, box=None, pad_edge=False)
    for row in proof.rows:
        style = "" if row.right else "bold red"
        table.add_row(row.reviewed.misbehaviour, _speakers(row), _right(row), style=style)
    Console(highlight=False).print(table)


def _speakers(row: Row) -> str:
    """Those that catch it first, then the others."""
    named = [id for id in row.reviewed.named if id in row.spoke]
    return ", ".join([*named, *sorted(row.spoke.difference(named))]) or "nobody"


def _right(row: Row) -> str:
    return "as reviewed" if row.right else "WRONG"


def _ending(proof: Proof) -> Iterator[str]:
    requests = sum(row.requests for row in proof.rows)
    spent = f"{proof.seconds:.0f} s, {requests:,} requests, seed {proof.seed}"
    yield ""
    if proof.right:
        yield f"All of {proof.cells:,} cells are as the reviewed table says. {spent}."
        return
    yield f"{proof.wrong} of {proof.cells:,} cells are not as the reviewed table says. {spent}."
    wrong = [(row, says) for row in proof.rows for says in _wrongs(row)]
    yield from (f"  {row.reviewed.misbehaviour:<28} {says}" for row, says in wrong[:MOST_WRONG])
    if len(wrong) > MOST_WRONG:
        yield f"  and {len(wrong) - MOST_WRONG} more: verifier selftest --json"
    yield from _advice(wrong[0][0], proof.seed)


def _wrongs(row: Row) -> Iterator[str]:
    for id, instead in row.silent.items():
        yield f"{id} had to speak, and did not: {instead}"
    for id in sorted(row.unexpected):
        yield f"{id} spoke, and had no reason to"
    for id, reason in row.errored.items():
        yield f"{id} failed itself: {reason}"
    for id, instead in row.untried.items():
        yield f"{id} could not be tried: {instead}"


def _advice(row: Row, seed: int) -> Iterator[str]:
    """What to do: again, alone; then the evidence; then to us."""
    from verifier.runs.samples import vendor  # start-up time

    name = row.reviewed.misbehaviour
    check = min({*row.silent, *row.unexpected, *row.errored, *row.untried})
    misbehave = "" if not row.reviewed.must else f" --misbehave {name}"
    sample = shlex.quote(str(vendor()))
    yield ""
    yield f"Again, alone    verifier selftest --only {name} --seed {seed}"
    yield f"Its evidence    verifier evaluate {sample} --mock{misbehave} --check {check}"
    yield "Believe that check nothing before this is mended: report it, with what"
    yield "'verifier selftest --json' prints. A check that you added yourself is yours to mend."


def _card(row: Row) -> dict[str, Any]:
    expected = row.reviewed
    return {
        "misbehaviour": expected.misbehaviour,
        "right": row.right,
        "named": list(expected.named),
        "also": dict(expected.also),
        "sometimes": dict(expected.sometimes),
        "spoke": sorted(row.spoke),
        "silent": dict(row.silent),
        "unexpected": sorted(row.unexpected),
        "errored": dict(row.errored),
        "untried": dict(row.untried),
        "requests": row.requests,
        "seconds": round(row.seconds, 2),
    }


def _line(row: Reviewed) -> str:
    from verifier.mocking import known  # start-up time

    doc = inspect.cleandoc(known()[row.misbehaviour].__doc__ or "").partition("\n")[0]
    others = [f"`{id}`: {why}" for id, why in row.also.items()]
    others += [f"`{id}`, sometimes: {why}" for id, why in row.sometimes.items()]
    named = "<br>".join(f"`{id}`" for id in row.named)
    return f"| `{row.misbehaviour}` | {doc} | {named} | {'<br>'.join(others)} |"
