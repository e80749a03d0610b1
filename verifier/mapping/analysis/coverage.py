"""How much of both sides a contract speaks of, and what of it is still open: facts, no estimate."""

from __future__ import annotations

from msgspec import Struct

from verifier.mapping.analysis.scene import Scene, covers
from verifier.mapping.nouns import Relation

__all__ = ["Effort", "effort_of"]


class Effort(Struct, frozen=True, kw_only=True):
    """
    What is decided and what is not.

    Args:
        target_fields, source_fields: How many there are, objects and lists not counted.
        written, unset, undecided_target: Target fields with a rule, left out on purpose, open.
        read, dropped, undecided_source: Likewise of the source.
        undecided_rules: Rules that say what is still to be asked.
        lossy: Rules and rows that lose something, by design.
        unsigned: Rows that lose something and that nobody has signed.
        open_policies: Troubles that can come up, and are left to the defaults.
    """

    target_fields: int
    written: int
    unset: int
    undecided_target: int
    source_fields: int
    read: int
    dropped: int
    undecided_source: int
    undecided_rules: int
    lossy: int
    unsigned: int
    open_policies: int


def effort_of(scene: Scene, open_policies: int) -> Effort:
    """The facts of a contract."""
    target = [field for field in scene.target_fields if _leaf(field.facts.types)]
    target = [field for field in target if not field.facts.read_only]
    source = [field for field in scene.source_fields if _leaf(field.facts.types)]
    unset = [reason.path for reason in scene.contract.left_unset]
    dropped = [reason.path for reason in scene.contract.dropped]
    written = [f for f in target if scene.is_written(f.path)]
    left = [f for f in target if f not in written and covers(unset, f.path)]
    read = [f for f in source if scene.is_read(f.path)]
    gone = [f for f in source if f not in read and covers(dropped, f.path)]
    rules = [rule for rule, _ in scene.contract.rules()]
    rows = [row for table in scene.contract.tables.values() for row in table.rows]
    return Effort(
        target_fields=len(target),
        written=len(written),
        unset=len(left),
        undecided_target=len(target) - len(written) - len(left),
        source_fields=len(source),
        read=len(read),
        dropped=len(gone),
        undecided_source=len(source) - len(read) - len(gone),
        undecided_rules=sum(bool(rule.undecided) for rule in rules),
        lossy=sum(row.lossy for row in rows) + _lossy_rules(scene),
        unsigned=sum(r.relation is Relation.BROADER and not r.signed for r in rows),
        open_policies=open_policies,
    )


def _leaf(types: frozenset[str]) -> bool:
    return not types or not types <= {"object", "array"}


def _lossy_rules(scene: Scene) -> int:
    count = 0
    for entry in scene.rules:
        stages = entry.chain.stages if entry.chain else ()
        count += any(stage.lost is not None and stage.reason != "broader" for stage in stages)
    return count
