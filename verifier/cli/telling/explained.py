"""What a mock will do, for a person or as JSON, before it serves anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from verifier.mocking import Mock
    from verifier.mocking.explaining import Explanation

__all__ = ["run"]


def run(mock: Mock, *, as_json: bool) -> None:
    """Print it."""
    import orjson  # start-up time

    from verifier.mocking.explaining import explain

    found = tuple(explain(mock.vendor))
    if as_json:
        click.echo(orjson.dumps(_told(mock, found), option=orjson.OPT_INDENT_2).decode())
        return
    for line in _lines(mock, found):
        click.echo(line)


def _told(mock: Mock, found: Sequence[Explanation]) -> dict[str, Any]:
    contract, habits = mock.contract, mock.vendor.habits
    return {
        "title": contract.title,
        "version": contract.version,
        "operations": [one.told() for one in found],
        "stateful": sum(one.state for one in found),
        "habits": {name: why for name, why in habits.why.items() if why},
        "misbehaviours": list(mock.misbehaviours),
    }


def _lines(mock: Mock, found: Sequence[Explanation]) -> Iterator[str]:
    contract, stateful = mock.contract, sum(one.state for one in found)
    yield f"{click.style(contract.title, bold=True)} {contract.version}".rstrip()
    plural = "" if len(found) == 1 else "s"
    says = "keeps or tells" if stateful == 1 else "keep or tell"
    yield f"{len(found)} operation{plural}; {stateful} {says} state\n"
    by_kind: dict[str, list[Explanation]] = {}
    for one in found:
        by_kind.setdefault(one.resource if one.state else "", []).append(one)
    examples = by_kind.pop("", [])
    for kind, ones in by_kind.items():
        usual = Counter(one.why for one in ones).most_common(1)[0][0]
        yield f"{click.style(kind, bold=True)}  {click.style(usual, dim=True)}"
        for one in ones:
            yield from _operation(one, why="" if one.why == usual else one.why)
    if examples:
        yield click.style("Without state", bold=True)
        for one in examples:
            yield from _operation(one, why=one.why)
    yield from _gaps(found)
    yield from _habits(mock)


def _operation(one: Explanation, *, why: str) -> Iterator[str]:
    yield f"  {one.operation.method:<6} {one.operation.path}"
    yield f"         {one.does}"
    for remark in one.remarks:
        yield f"         {remark}"
    if why:
        yield click.style(f"         because: {why}", dim=True)


def _gaps(found: Sequence[Explanation]) -> Iterator[str]:
    gaps = [one for one in found if one.unenforced]
    if not gaps:
        yield "\nEverything that the document asks of requests is enforced."
        return
    plural = "" if len(gaps) == 1 else "s"
    yield f"\nNot enforced, and named in X-Verifier-Unenforced: in {len(gaps)} operation{plural}"
    for says, count in Counter(says for one in gaps for says in one.unenforced).most_common():
        yield f"  {count:>4}  {says}"


def _habits(mock: Mock) -> Iterator[str]:
    habits = mock.vendor.habits
    yield "\nHabits"
    if habits.like:
        yield f"  like '{habits.like}': {habits.why['like']}"
    for name in ("keys", "limits"):
        yield f"  {name}: {habits.why.get(name, '')}"
    for name in mock.misbehaviours:
        yield f"  misbehaves: {name}"
