"""The second round: pairs of records whose results must stand in a relation."""

from __future__ import annotations

from verifier.mapping.testing.asking import How
from verifier.mapping.testing.case import Case
from verifier.mapping.testing.examination import Examination
from verifier.mapping.testing.relation import Pair, Relation
from verifier.mapping.testing.relations import relations
from verifier.mapping.testing.violation import Violation

__all__ = ["ask_about_pairs"]


def ask_about_pairs(exam: Examination) -> None:
    """Ask about the pairs of every relation."""
    for name, relation in relations().items():
        holds = relation.holds(exam.ground)
        for pair in relation.pairs(exam.ground):
            ours = [exam.court.executor.map(record).target for record in pair[:2]]
            if ours[0] is None or ours[1] is None or holds(*ours):
                continue
            _ask(exam, name, relation, pair)


def _ask(exam: Examination, name: str, relation: Relation, pair: Pair) -> None:
    answers = [exam.map(record, "relations") for record in pair[:2]]
    if any(answer.how is not How.MAPPED for answer in answers):
        return
    wrong = relation.holds(exam.ground)(answers[0].value, answers[1].value)
    if wrong is not None:
        violation = Violation(
            oracle="M",
            path=wrong.path,
            kind=f"relation: {name}",
            says=f"{relation.says}: {wrong.says}",
            expected=relation.says,
            actual=wrong.says,
        )
        case = Case(record=pair.second, phase="relations", says=pair.says)
        exam.note([violation], case, relation=name, before=pair.first)
