"""A contract as pictures: the fields of both systems and what leads where, losses, edge cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from verifier.errors import VerifierError
from verifier.mapping.analysis import Analysis, Weight
from verifier.mapping.analysis.finding import Finding
from verifier.mapping.analysis.scene import Scene, Sited, covers
from verifier.mapping.edges import Ground, apply
from verifier.mapping.executing import Executor
from verifier.mapping.nouns import Path, Reason, Relation, Row
from verifier.mapping.opening import OpenMapping
from verifier.mapping.shapes import Field
from verifier.mapping.testing import EdgeState
from verifier.model import (
    Correspondence,
    EdgeCase,
    EdgeCases,
    FieldState,
    Link,
    LinkState,
    Loss,
    Losses,
    MappedField,
)

__all__ = ["correspondence", "edge_cases", "losses"]

MOST_FIELDS = 400
UNTESTED = "no implementation was tested"


def correspondence(mapping: OpenMapping, analysis: Analysis) -> Correspondence:
    """The fields of both sides, and the rules between them with how it stands with each."""
    scene = Scene(mapping)
    contract = mapping.contract
    return Correspondence(
        systems=(mapping.source.title, mapping.target.title),
        two_way=contract.two_way,
        source=tuple(_fields(scene.source_fields, scene.is_read, contract.dropped)),
        target=tuple(_fields(scene.target_fields, scene.is_written, contract.left_unset)),
        links=tuple(_link(mapping, sited, analysis) for sited in scene.rules)[:MOST_FIELDS],
        open_policies=analysis.effort.open_policies,
    )


def _fields(
    fields: Iterable[Field], used: Callable[[Path], bool], reasons: Iterable[Reason]
) -> Iterator[MappedField]:
    named = [reason.path for reason in reasons]
    for field in list(fields)[:MOST_FIELDS]:
        if field.facts.types and field.facts.types <= {"object", "array"}:
            continue
        state = FieldState.OPEN
        if used(field.path):
            state = FieldState.USED
        elif covers(named, field.path) or field.facts.read_only:
            state = FieldState.LEFT
        yield MappedField(path=str(field.path), state=state, required=field.required)


def _link(mapping: OpenMapping, sited: Sited, analysis: Analysis) -> Link:
    rule = sited.rule
    places = (rule.place, *rule.places.values())
    found = [f for f in analysis.findings if f.path == sited.name or f.at in places]
    worst = max(found, key=lambda finding: finding.weight, default=None)
    return Link(
        target=sited.name,
        sources=tuple(map(str, rule.sources)),
        state=_state(sited, worst),
        how=_how(sited),
        says=rule.undecided or (worst.says if worst is not None else ""),
        place=_beside(mapping, str(rule.place)),
    )


def _state(sited: Sited, worst: Finding | None) -> LinkState:
    if worst is not None and worst.weight is Weight.ERROR:
        return LinkState.WRONG
    if sited.rule.undecided or (worst is not None and worst.weight is Weight.WARNING):
        return LinkState.OPEN
    stages = sited.chain.stages if sited.chain is not None else ()
    lossy = any(stage.lost is not None for stage in stages)
    return LinkState.LOSSY if lossy else LinkState.SOUND


def _how(sited: Sited) -> str:
    rule = sited.rule
    if rule.cel:
        return rule.cel
    if rule.constant:
        return f"always {rule.constant[0]!r}"
    names = [stage.name for stage in sited.chain.stages] if sited.chain is not None else []
    return ", ".join([*([rule.combine.name] if rule.combine else []), *names])


def _beside(mapping: OpenMapping, place: str) -> str:
    """A place in the contract's folder, without the way to it: reports travel."""
    return place.removeprefix(f"{mapping.folder}/")


def losses(mapping: OpenMapping) -> Losses:
    """Rows that lose something by design, and rules that do."""
    rows = [
        Loss(
            field=f"table {table.name}",
            says=_says(row),
            because=row.because,
            signed=row.signed,
            needs_signature=row.relation is Relation.BROADER,
            place=_beside(mapping, str(row.place)),
        )
        for table in mapping.contract.tables.values()
        for row in table.rows
        if row.lossy
    ]
    return Losses(rows=(*rows, *_lossy_rules(mapping)))


def _says(row: Row) -> str:
    given = " and ".join(map(str, row.given)) if isinstance(row.given, tuple) else str(row.given)
    if row.made is None:
        return f"{given} has no counterpart: {row.act.value if row.act else ''}"
    return f"{given} becomes {row.made}, which means more"


def _lossy_rules(mapping: OpenMapping) -> Iterator[Loss]:
    for sited in Scene(mapping).rules:
        stages = sited.chain.stages if sited.chain is not None else ()
        lossy = [s for s in stages if s.lost is not None and s.reason != "broader"]
        names = [f"{s.name} ({s.reason})" if s.reason else s.name for s in lossy]
        if names:
            yield Loss(
                field=sited.name,
                says=f"loses something by {', '.join(names)}",
                needs_signature=False,
                place=_beside(mapping, str(sited.rule.place)),
            )


def edge_cases(mapping: OpenMapping, tested: Iterable[EdgeState] = ()) -> EdgeCases | None:
    """
    How it stands with each case of the catalogue; None where no record can be made up.

    Args:
        tested: What a test of an implementation says; without it, which of them apply.
    """
    states = tuple(tested) or _applying(mapping)
    if states is None:
        return None
    return EdgeCases(
        cases=tuple(
            EdgeCase(
                number=state.number,
                title=state.title,
                state=state.state,
                because=state.because,
                asked=state.asked,
            )
            for state in states
        )
    )


def _applying(mapping: OpenMapping) -> tuple[EdgeState, ...] | None:
    try:
        return tuple(
            EdgeState(
                number=one.edge.number,
                title=one.edge.title,
                state="not exercised" if one.applies else "not applicable",
                because=UNTESTED if one.applies else f"it needs {one.edge.needs}",
                asked=len(one.shots) + len(one.hands),
            )
            for one in apply(Ground(Executor(mapping)))
        )
    except VerifierError:
        return None
