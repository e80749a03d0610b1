"""What the command line says of scenarios: each in a line, and where one failed, why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from verifier.jobs.drafts import Drafts
    from verifier.model import Outcome, Run
    from verifier.scenarios import Description, Flaw

__all__ = ["exit_code", "show", "show_drafts", "show_flaws"]

PASSED = ("pass", "warning")


def show(run: Run) -> None:
    """Every scenario with its word, as their files have them; the steps of what did not pass."""
    order = list(run.cards)
    outcomes = [o for o in run.outcomes if o.of_scenario]
    outcomes.sort(key=lambda o: order.index(o.check) if o.check in order else len(order))
    for outcome in outcomes:
        card = run.cards.get(outcome.check)
        row = f" ({outcome.story.row})" if outcome.story and outcome.story.row else ""
        click.echo(f"{outcome.status.value:<14} {card.title if card else outcome.check}{row}")
        if outcome.status.value not in PASSED:
            _explain(outcome)
    counts = Counter(outcome.status.value for outcome in outcomes)
    words = ", ".join(f"{count} {word}" for word, count in counts.items())
    click.echo(f"\n{len(outcomes)} scenarios: {words}; {len(run.exchange_ids)} requests sent.")


def _explain(outcome: Outcome) -> None:
    for finding in outcome.findings:
        detail = finding.detail
        click.echo(f"  step '{detail.get('step', '')}' {detail.get('call', '')}")
        click.echo(f"    expected  {finding.expected}")
        click.echo(f"    seen      {finding.seen}")
        click.echo(f"    at        {detail.get('place', '')}")
    if outcome.reason:
        click.echo(f"  {outcome.reason}" + (f"; give {outcome.supply}" if outcome.supply else ""))
    for beat in outcome.story.beats if outcome.story else ():
        indent = "  " * (beat.depth + 2)
        mark = {True: "ok", False: "no", None: "  "}[beat.held]
        answer = f" -> {beat.answer}" if beat.answer else ""
        click.echo(f"{indent}{mark} {beat.step or '-'}: {beat.says}{answer}")


def exit_code(outcomes: Iterable[Outcome]) -> int:
    """0 all passed, 1 one failed, 3 one could not be judged."""
    words = {o.status.value for o in outcomes if o.of_scenario}
    if "fail" in words:
        return 1
    return 0 if words and words <= set(PASSED) else 3


def show_flaws(descriptions: Sequence[Description], flaws: Sequence[Flaw], lenient: bool) -> int:
    """Every flaw, and every file in a line; how many flaws would be refused."""
    from verifier.scenarios import Grade  # start-up time

    least = Grade.WRONG if lenient else Grade.DOUBTFUL
    refused = [flaw for flaw in flaws if flaw.grade >= least]
    for flaw in flaws:
        click.echo(f"{'flaw' if flaw in refused else 'note'}  {flaw}")
    for description in descriptions:
        own = [f for f in refused if f.place.file == description.location]
        steps = sum(len(workflow.steps) for workflow in description.workflows)
        count = f"{_some(len(description.workflows), 'workflow')}, {_some(steps, 'step')}"
        word = _some(len(own), "flaw") if own else "sound"
        click.echo(f"{description.location}: {count}: {word}")
    return len(refused)


def _some(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def show_drafts(drafts: Drafts, output: Path | None) -> None:
    """What was drafted and what not, beside the text itself."""
    for left in drafts.left_out:
        click.echo(f"left out  {left.what}: {left.reason}", err=True)
    count = len(drafts.workflows)
    where = f" in {output}" if output is not None and drafts.text else ""
    click.echo(f"{_some(count, 'workflow')} drafted{where}", err=True)
    if not count and not drafts.left_out:
        click.echo("No thing to create or list was recognised: see 'verifier inspect'.", err=True)
    if output is not None and drafts.text:
        click.echo(f"Run them: verifier run {output} --mock", err=True)
