"""What the command line says of faults and misbehaviours: lists, explanations, a reference."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from verifier.mocking import Fault
    from verifier.mocking.fault import Option

__all__ = ["as_json", "as_markdown", "explain", "listed", "names"]

INTRODUCTION = """\
# Faults and misbehaviours of the mock

Written by `verifier faults --markdown`; `verifier explain NAME` tells all about one.

A **fault** takes hold of chosen requests, for a while: `mock.fail("createInvoice", "latency")`, a
script in a file (`verifier mock DOC --script FILE`), or one that is sent to the control API.

A **misbehaviour** is a lasting defect of the vendor: `verifier mock DOC --misbehave NAME,...`, or
`verifier evaluate DOC --mock --misbehave NAME`.
"""


def names() -> tuple[str, ...]:
    """Of all faults and misbehaviours."""
    from verifier.mocking import known, known_faults

    return (*known_faults(), *known())


def explain(name: str) -> bool:
    """Tell all about a fault or a misbehaviour; False where there is none of that name."""
    from verifier.mocking import known, known_faults  # start-up time

    if name in known_faults():
        fault = known_faults()[name]
        click.echo(f"{_heading(f'{name} (a fault of the mock)')}\n{fault.doc}\n")
        for option in fault.described:
            click.echo(f"  {option.name:<16}{option.says} {_usual(option)}")
        given = ", ".join(['"createInvoice"', f'"{name}"', *_example(fault)])
        click.echo(f"\nIn Python  mock.fail({given})")
        return True
    if name in known():
        doc = inspect.cleandoc(known()[name].__doc__ or "")
        click.echo(f"{_heading(f'{name} (a misbehaviour of the mock)')}\n{doc}\n")
        click.echo(f"Show it    verifier mock DOC --misbehave {name}")
        for check in _catching(name):
            click.echo(f"Caught by  {check}")
        return True
    return False


def _heading(title: str) -> str:
    return f"{title}\n{'=' * len(title)}\n"


def listed() -> Iterator[str]:
    """A line each."""
    from verifier.mocking import known, known_faults

    yield "Faults take hold of chosen requests, for a while:"
    for name, fault in known_faults().items():
        yield f"  {name:<30}{fault.title}"
    yield "\nMisbehaviours are lasting defects of the vendor:"
    for name in sorted(known()):
        yield f"  {name:<30}{_title(name)}"
    yield "\n'verifier explain NAME' tells all about one."


def as_json() -> str:
    """Everything, for machines."""
    from verifier.mocking import known, known_faults

    faults = [
        {"name": name, "title": fault.title, "options": [_card(o) for o in fault.described]}
        for name, fault in known_faults().items()
    ]
    lasting = [{"name": n, "title": _title(n), "caught_by": _catching(n)} for n in sorted(known())]
    return json.dumps({"faults": faults, "misbehaviours": lasting}, indent=2)


def as_markdown() -> Iterator[str]:
    """The page of reference."""
    from verifier.mocking import known, known_faults

    yield INTRODUCTION
    yield "## Faults"
    for name, fault in known_faults().items():
        yield f"\n### {name}\n\n{fault.doc}"
        if fault.described:
            yield "\n| option | usually | meaning |\n| --- | --- | --- |"
        for option in fault.described:
            choices = f" One of {', '.join(map(str, option.choices))}." if option.choices else ""
            yield f"| `{option.name}` | `{option.default}` | {option.says}{choices} |"
    yield "\n## Misbehaviours\n\n| name | what it does |\n| --- | --- |"
    for name in sorted(known()):
        yield f"| `{name}` | {_title(name)} {_imitates(name)} |"


def _title(name: str) -> str:
    from verifier.mocking import known

    return (known()[name].__doc__ or "").strip().partition("\n")[0]


def _imitates(name: str) -> str:
    from verifier.mocking import known

    _, _, rest = inspect.cleandoc(known()[name].__doc__ or "").partition("\n")
    return " ".join(rest.split())


def _catching(name: str) -> list[str]:
    from verifier import discovery

    return [check.id for check in discovery.checks().values() if name in check.catches]


def _usual(option: Option) -> str:
    choices = f"one of {', '.join(map(str, option.choices))}; " if option.choices else ""
    return f"({choices}{option.default!r})"


def _example(fault: Fault) -> list[str]:
    return [f"{option.name}={option.default!r}" for option in fault.described[:1]]


def _card(option: Option) -> dict[str, Any]:
    return {
        "name": option.name,
        "default": option.default,
        "choices": list(option.choices),
        "says": option.says,
    }
