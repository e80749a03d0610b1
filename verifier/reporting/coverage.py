"""What was tested where, what was not, and what would have to be supplied for it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from verifier.model import Operation, Outcome, Run, Status
from verifier.reporting.view import Group, Line, Matrix, Supply

__all__ = ["by_operation", "by_resource", "supplies"]

NOTHING = frozenset({"", Status.NOT_APPLICABLE.value})
FEWEST_TO_GROUP = 40


def by_operation(run: Run, outcomes: Sequence[Outcome]) -> Matrix:
    """Operations x checks, in the document's order, grouped where they are many."""
    operations = run.contract.operations
    group_of = _group if len(operations) > FEWEST_TO_GROUP else lambda operation: ""
    return _matrix(run, outcomes, {o.key: group_of(o) for o in operations})


def by_resource(run: Run, outcomes: Sequence[Outcome]) -> Matrix:
    """Resources x checks."""
    return _matrix(run, outcomes, {resource.name: "" for resource in run.contract.resources})


def supplies(run: Run, outcomes: Iterable[Outcome]) -> list[Supply]:
    """What was not tested, by what the user would have to give, the most useful first."""
    grouped: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.status is Status.NOT_TESTED:
            grouped[outcome.supply].append(outcome)
    found = [_supply(run, what, missing) for what, missing in grouped.items()]
    return sorted(found, key=lambda s: (not s.what, -len(s.checks), -s.count))


def _supply(run: Run, what: str, missing: Sequence[Outcome]) -> Supply:
    checks = tuple(dict.fromkeys(o.check for o in missing))
    return Supply(
        what=what,
        reasons=tuple(reason for reason, _ in Counter(o.reason for o in missing).most_common()),
        checks=checks,
        questions=tuple(dict.fromkeys(run.cards[id].question for id in checks if id in run.cards)),
        count=len(missing),
    )


def _group(operation: Operation) -> str:
    """The first tag, else the first fixed segment of the path."""
    if operation.tags:
        return operation.tags[0]
    fixed = (part for part in operation.path.split("/") if part and "{" not in part)
    return "/" + next(fixed, "")


def _matrix(run: Run, outcomes: Sequence[Outcome], group_of: dict[str, str]) -> Matrix:
    status: dict[tuple[str, str], str] = {}
    used = set()
    for outcome in outcomes:
        if outcome.subject in group_of:
            status[outcome.subject, outcome.check] = outcome.status.value
            used.add(outcome.check)
    columns = [card for card in run.cards.values() if card.id in used]
    ids = [card.id for card in columns]
    grouped: dict[str, list[Line]] = defaultdict(list)
    for name, group in group_of.items() if ids else ():
        cells = tuple([status.get((name, id), "") for id in ids])
        grouped[group].append(Line(name, cells))
    groups = tuple(_grouped(name, lines) for name, lines in grouped.items())
    return Matrix(tuple((card.id, card.title) for card in columns), groups)


def _grouped(name: str, lines: Sequence[Line]) -> Group:
    counts: Counter[str] = Counter()
    told = set()
    for line in lines:
        for index, cell in enumerate(line.cells):
            if cell not in NOTHING:
                counts[cell] += 1
                told.add(index)
    return Group(name, tuple(lines), tuple(sorted(told)), dict(counts))
