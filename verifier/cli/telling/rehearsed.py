"""Shows a rehearsal in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from verifier.model import Judgement, Profile, Severity, Standpoint

if TYPE_CHECKING:
    from verifier.rehearsing.performance import Performance

__all__ = ["exit_code", "explain", "names", "profile", "side_by_side", "took"]

SHAPES = {Standpoint.HELD: "✓", Standpoint.BROKEN: "✗", Standpoint.UNEXERCISED: "·"}


def took(episode: str, performance: Performance) -> None:
    """A line for a take that is over."""
    name = performance.take.name
    whole = episode if name == episode else f"{episode}: {name}"
    runs = "; ".join(str(run.ending) for run in performance.runs)
    said = performance.trouble or f"{len(performance.entries)} requests; {runs}"
    click.echo(f"  {whole:<28} {said}", err=True)


def profile(found: Profile) -> str:
    """The whole profile as text."""
    return "\n".join(_lines(found))


def exit_code(found: Profile) -> int:
    """0 nothing broke, 1 something did, 3 nothing could be shown."""
    baseline = found.standpoint("baseline")
    if any(one.severity > Severity.NOTE for one in found.broken):
        return 1
    return 0 if baseline is Standpoint.HELD else 3


def names() -> tuple[str, ...]:
    """Episodes and properties."""
    from verifier.rehearsing.repertoire import episodes, properties  # start-up time

    return (*episodes(), *properties())


def explain(name: str) -> bool:
    """Tell all about an episode or a property; False where there is none of that name."""
    from verifier.rehearsing.repertoire import episodes, properties  # start-up time

    known = episodes().get(name) or properties().get(name)
    if known is None:
        return False
    kind = "an episode" if name in episodes() else "a property"
    title = f"{name} ({kind} of a rehearsal)"
    click.echo(f"{title}\n{'=' * len(title)}\n\n{known.doc}\n")
    if name in episodes():
        click.echo(f"Shows      {', '.join(episodes()[name].properties)}")
        click.echo(f"Play it    verifier integration FILE --only {name}")
        return True
    shown = [each.id for each in episodes().values() if name in each.properties]
    click.echo(f"Severity   {properties()[name].severity.name.lower()}")
    click.echo(f"Source     {properties()[name].source}")
    click.echo(f"Shown by   {', '.join(shown)}")
    return True


def side_by_side(profiles: Sequence[Profile], *, markdown: bool = False) -> str:
    """Properties in rows, integrations in columns: held, broken, not exercised."""
    properties = dict.fromkeys(one.property for each in profiles for one in each.judgements)
    rows = [["property", *(each.integration for each in profiles)]]
    for name in properties:
        words = [each.standpoint(name) for each in profiles]
        rows.append([name, *(f"{SHAPES[word]} {word.value}" for word in words)])
    if markdown:
        rows.insert(1, ["---"] * len(rows[0]))
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _lines(found: Profile) -> Iterator[str]:
    yield f"{found.integration}, against a mock of {found.vendor}"
    yield ""
    episodes = dict.fromkeys(one.episode for one in found.judgements)
    for episode in episodes:
        own = [one for one in found.judgements if one.episode == episode]
        yield f"  {episode}"
        for one in own:
            yield from _judgement(one)
    yield ""
    counts = dict.fromkeys(Standpoint, 0)
    for one in found.judgements:
        counts[one.standpoint] += 1
    told = ", ".join(f"{number} {each.value}" for each, number in counts.items())
    yield f"{told}; {found.takes} takes, {found.requests} requests, {found.seconds:.0f} s."


def _judgement(one: Judgement) -> Iterator[str]:
    yield f"    {SHAPES[one.standpoint]} {one.property:<22} {one.standpoint.value}: {one.says}"
    if one.standpoint is Standpoint.BROKEN:
        yield f"      {'':<22} expected: {one.expected}"
        if one.picture is not None:
            for each in one.picture.attempts[:6]:
                yield f"      {'':<22} {each.at_seconds:6.2f} s  {each.lane}: {each.answer}"
