"""What a mock says on the command line: a table at its start, a line for each request."""

from __future__ import annotations

import shlex
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from verifier.errors import VerifierError
    from verifier.mocking import Entry, Mock
    from verifier.mocking.ledger import Step
    from verifier.mocking.told import Told
    from verifier.model import Principal
    from verifier.serving import Addresses

__all__ = ["Log", "farewell", "reloaded", "surveyed", "welcome"]

MOST_SCOPES = 4
MOST_GAPS = 5
UNLIMITED = 1_000_000
LEFT_OUT = frozenset({"", "first use"})


def welcome(mock: Mock, addresses: Addresses) -> None:
    """Where it is, who may ask and how, what it does, and what it does not."""
    contract = mock.contract
    click.echo(f"{click.style(contract.title, bold=True)} {contract.version} at {addresses.mock}")
    for name, says in (*_reach(addresses), *_about(mock), *_control(addresses)):
        click.echo(f"  {name:<14}{says}")
    click.echo("\n  Principals")
    for line in _principals(mock):
        click.echo(f"    {line}")
    click.echo("\n  Try it")
    click.echo(f"    {example(mock, addresses.mock)}\n")


def surveyed(gaps: Mapping[str, tuple[str, ...]]) -> None:
    """Name the operations of which something is let through; silence where there are none."""
    for key, says in list(gaps.items())[:MOST_GAPS]:
        click.echo(
            click.style("Not enforced", fg="yellow") + f"  {key}: {'; '.join(says)}", err=True
        )
    if len(gaps) > MOST_GAPS:
        click.echo(f"  ... and {len(gaps) - MOST_GAPS} more: --explain names all", err=True)


def _reach(addresses: Addresses) -> Iterator[tuple[str, str]]:
    if addresses.everywhere:
        yield "Listens", "on every address of this machine: whoever reaches it may ask"


def _about(mock: Mock) -> Iterator[tuple[str, str]]:
    contract, habits = mock.contract, mock.vendor.habits
    resources = (*contract.resources, *contract.calls)
    stateful = {key for resource in resources for key in resource.operations}
    total = len(contract.operations)
    number = len(resources)
    if stateful:
        keep = "keep" if len(stateful) > 1 else "keeps"
        kept = f"{keep} state in {number} resource{'s' if number > 1 else ''}"
        yield "Operations", f"{total}; {len(stateful)} {kept}"
    else:
        yield "Operations", f"{total}; none keeps state: its paths name no resources, only deeds"
    if habits.keys is not None:
        yield "Keys", f"{habits.keys.name} ({habits.why.get('keys', '')})"
    for rule in habits.limits:
        if rule.quota >= UNLIMITED:
            continue
        yield "Limit", f"{rule.quota} requests in {rule.window_seconds:g} s"
    if mock.vendor.endpoints.addresses:
        yield "OAuth 2", ", ".join(mock.vendor.endpoints.addresses)
    from verifier.mocking import known  # start-up time

    for name in mock.misbehaviours:
        title = (known()[name].__doc__ or "").strip().partition("\n")[0]
        yield "Misbehaves", f"{name}: {title}"


def _control(addresses: Addresses) -> Iterator[tuple[str, str]]:
    if addresses.control:
        yield (
            "Control",
            f"{addresses.control}/openapi.json (Authorization: Bearer {addresses.token})",
        )


def _principals(mock: Mock) -> Iterator[str]:
    for principal in mock.vendor.principals:
        parts = mock.secrets[principal.name]
        scopes = sorted(principal.scopes or ())
        held = "everything" if principal.scopes is None else f"{len(scopes)} scopes"
        if 0 < len(scopes) <= MOST_SCOPES:
            held = " ".join(scopes)
        tenant = f", tenant {principal.tenant}" if principal.tenant else ""
        name = click.style(f"{principal.name:<10}", bold=True)
        yield f"{name} {_shown(principal, parts)}  ({held}{tenant})"
        if "client_secret" in parts and principal is mock.vendor.principals[0]:
            pair = f"{parts['client_id']}, its secret {parts['client_secret']}"
            yield f"{'':<10} asks for tokens as the client {pair}"


def _shown(principal: Principal, parts: Mapping[str, str]) -> str:
    if principal.kind == "basic":
        return f"{parts['username']}:{parts['password']}"
    return parts["key"] if principal.kind == "api-key" else parts["token"]


def example(mock: Mock, url: str) -> str:
    """A first request for curl, as the first principal."""
    principal = mock.vendor.principals[0]
    address = f"{url}{_first_path(mock)}"
    if principal.kind == "api-key" and principal.location == "query":
        key = mock.secrets[principal.name]["key"]
        return f"curl {shlex.quote(f'{address}?{principal.parameter}={key}')}"
    if principal.kind == "basic":
        pair = _shown(principal, mock.secrets[principal.name])
        return f"curl -u {shlex.quote(pair)} {address}"
    carried = [f"-H {shlex.quote(f'{k}: {v}')}" for k, v in mock.headers().items()]
    return " ".join(("curl", *carried, address))


def _first_path(mock: Mock) -> str:
    """A list that takes no parameter, else any address that needs none."""
    plain = [o for o in mock.contract.operations if o.method == "GET" and "{" not in o.path]
    contract = mock.contract
    lists = {resource.list for resource in (*contract.resources, *contract.calls)}
    easy = [o for o in plain if not any(p.required for p in o.parameters)]
    chosen = next((o for o in easy if o.key in lists), next(iter(easy or plain), None))
    return chosen.path if chosen is not None else "/"


class Log:
    """A line for each request, when it is answered, and one for what became of an odd answer."""

    def __init__(self, told: Told) -> None:
        self._told = told

    def __call__(self, entry: Entry, step: Step) -> None:
        """Take note of a step."""
        if step.kind == "answered":
            click.echo(self._answered(entry), err=True)
        elif step.kind == "delivered":
            click.echo(f"{'':<10}{click.style(f'#{entry.serial} {step.says}', dim=True)}", err=True)

    def _answered(self, entry: Entry) -> str:
        clock = time.strftime("%H:%M:%S", time.localtime(entry.moment))
        status = click.style(str(entry.status), fg=_colour(entry.status), bold=True)
        who = entry.client or "-"
        what = f"{entry.method:<6} {self._told.text(entry.target)}"
        notes = [note for note in entry.said("decided") if note not in LEFT_OUT]
        why = "; ".join([*notes, *map(str, entry.effects)])
        name = entry.operation_id or entry.operation or "?"
        return f"{clock}  {status}  {what:<44} {name:<22} {who:<8} {self._told.text(why)}".rstrip()


def _colour(status: int) -> str:
    return "green" if status < 400 else "yellow" if status < 500 else "red"


def reloaded(paths: Sequence[Path], error: VerifierError | None) -> None:
    """What came of a file's change."""
    names = ", ".join(path.name for path in paths[:3]) + (" ..." if len(paths) > 3 else "")
    if error is None:
        click.echo(f"{names} changed: the mock is up to date, and kept its state", err=True)
    else:
        click.echo(
            f"{names} changed, and cannot be used; the mock is as before\n  {error}", err=True
        )


def farewell(mock: Mock) -> None:
    """What is to be said at the end."""
    count = mock.ledger.received
    click.echo(f"\n{count} request{'' if count == 1 else 's'} answered.", err=True)
    for script in mock.unconsumed:
        click.echo(f"never took hold as often as it was written for: {script}", err=True)
