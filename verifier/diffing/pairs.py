"""Which operation of the later document is which of the earlier one."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct, field

from verifier.diffing.alignment import TEMPLATE, Relocation, relocation, shape_of_path
from verifier.diffing.rule import Rule
from verifier.diffing.sameness import Sameness
from verifier.diffing.shapes import Part, free_part
from verifier.diffing.shifts import Carrier, Descent, Label, Shift
from verifier.model import Contract, Operation, Pointer, Schema, Side, UnresolvedReference

__all__ = ["TEMPLATE", "ContractPair", "OperationPair", "pair_up", "shape_of_path"]

LIKENESS = 2 / 3


class OperationPair(Struct, frozen=True, kw_only=True):
    """
    One operation before and after.

    Args:
        asks: Who sends the request: of a webhook it is the vendor.
        today: The day on which they are compared.
        differs: The members of their definitions in which they differ; None where any may.
    """

    old: Operation
    new: Operation
    old_contract: Contract
    new_contract: Contract
    today: datetime.date
    asks: Side = Side.REQUEST
    differs: frozenset[str] | None = None

    @property
    def tells(self) -> Side:
        """Who sends the answer."""
        return self.asks.other

    def shift(
        self,
        rule: Rule,
        says: str,
        *,
        side: Side = Side.REQUEST,
        old: Pointer | None = None,
        new: Pointer | None = None,
        words: str = "",
    ) -> Shift:
        """One difference; ``side`` is as for an operation that the client asks for."""
        side = side if self.asks is Side.REQUEST else side.other
        return Shift(rule=rule, says=says, side=side, old=old, new=new, words=words)

    def descend(
        self,
        old: Schema | None,
        new: Schema | None,
        side: Side,
        root: str,
        *,
        at: tuple[Pointer, Pointer],
        carrier: Carrier = "json",
    ) -> Descent:
        """
        Compare two schemas, of which one may be missing: then anything goes.

        Args:
            side: As for an operation that the client asks for.
            at: Where those stand that have a schema or have none.
        """
        return Descent(
            old=(_part(old, at[0]),),
            new=(_part(new, at[1]),),
            side=side if self.asks is Side.REQUEST else side.other,
            label=Label(root),
            carrier=carrier,
        )


def _part(schema: Schema | None, at: Pointer) -> Part:
    return free_part(at) if schema is None else Part(schema.node, schema.at)


class ContractPair(Struct, frozen=True, kw_only=True):
    """
    Two editions of a contract.

    Args:
        kept: Operations that both have, those that moved among them.
        removed: Those of the earlier one that the later one has not.
        added: The reverse.
        moved: Those of ``kept`` that have another address now, each for itself.
        relocation: How all of them moved together.
        renamed: Later key to earlier one, where they differ.
        today: The day on which they are compared.
    """

    old: Contract
    new: Contract
    kept: tuple[OperationPair, ...]
    removed: tuple[Operation, ...]
    added: tuple[Operation, ...]
    moved: tuple[OperationPair, ...]
    relocation: Relocation | None
    today: datetime.date
    renamed: Mapping[str, str] = field(default_factory=dict)

    def earlier_key(self, key: str) -> str:
        """What an operation of the later document was called in the earlier one."""
        return self.renamed.get(key, key)


def pair_up(old: Contract, new: Contract, today: datetime.date, sameness: Sameness) -> ContractPair:
    """
    Match operations: by path, by the shape of their path, by where all went, by spelling, by id.

    Some documents hold two paths of one shape, which only their names keep apart.
    """
    matching = _Matching(old.operations, new.operations)
    matching.match(lambda o: o.key)
    matching.match(_shape)
    moved_together = relocation(old, new, matching.gone, matching.come)
    if moved_together is not None:
        matching.match(lambda o: (o.method, moved_together.moved(o.path)), _shape_and_method)
    settled = set(matching.found)
    matching.match(_respelled)
    matching.match(_unique_id(old), _unique_id(new), _likely)
    hooks = _Matching(old.webhooks, new.webhooks)
    hooks.match(lambda o: (o.kind, o.key))
    hooks.match(_shape)
    pairs = {
        before: OperationPair(
            old=before,
            new=after,
            old_contract=old,
            new_contract=new,
            today=today,
            asks=asks,
            differs=sameness.differing(before, after),
        )
        for found, asks in ((matching.found, Side.REQUEST), (hooks.found, Side.RESPONSE))
        for before, after in found.items()
    }
    return ContractPair(
        old=old,
        new=new,
        kept=tuple(pairs.values()),
        removed=(*matching.gone, *hooks.gone),
        added=(*matching.come, *hooks.come),
        moved=tuple(pairs[o] for o in matching.found if o not in settled),
        relocation=moved_together,
        today=today,
        renamed={p.new.key: p.old.key for p in pairs.values() if p.new.key != p.old.key},
    )


class _Matching:
    """Pairs found so far, and what is left of both sides."""

    def __init__(self, old: Iterable[Operation], new: Iterable[Operation]) -> None:
        self.gone = list(old)
        self.come = list(new)
        self.found: dict[Operation, Operation] = {}

    def match(
        self,
        key: Callable[[Operation], Any],
        new_key: Callable[[Operation], Any] | None = None,
        fits: Callable[[Operation, Operation], bool] = lambda old, new: True,
    ) -> None:
        """Pair what has the same key and fits, first come first served; None is no key."""
        if not self.gone or not self.come:
            return
        waiting: dict[Any, list[Operation]] = {}
        for operation in self.come:
            waiting.setdefault((new_key or key)(operation), []).append(operation)
        for operation in self.gone:
            wanted = key(operation)
            if wanted is None or not waiting.get(wanted):
                continue
            if fits(operation, waiting[wanted][0]):
                self.found[operation] = waiting[wanted].pop(0)
        taken = set(self.found.values())
        self.gone = [o for o in self.gone if o not in self.found]
        self.come = [o for o in self.come if o not in taken]


def _shape(operation: Operation) -> tuple[str, str, str]:
    return operation.kind, operation.method, shape_of_path(operation.path)


def _shape_and_method(operation: Operation) -> tuple[str, str]:
    return operation.method, shape_of_path(operation.path)


def _respelled(operation: Operation) -> tuple[str, str]:
    """Without what many routers forgive: letter case, and a slash at the end."""
    return operation.method, shape_of_path(operation.path).rstrip("/").lower()


def _likely(old: Operation, new: Operation) -> bool:
    """Whether two operations of one id answer with most of the same members."""
    before, after = _members(old), _members(new)
    return not before or not after or len(before & after) >= LIKENESS * len(before)


def _members(operation: Operation) -> set[str]:
    """Members of what it answers with, or of each item of it."""
    for spec in operation.responses:
        for media in spec.media if spec.status.startswith("2") else ():
            if media.schema is None:
                continue
            try:
                node, at = media.schema.resolved()
            except UnresolvedReference:
                return set()
            if isinstance(node, Mapping) and isinstance(node.get("items"), Mapping):
                node, at = node["items"], at / "items"
            return set(Schema(document=media.schema.document, node=node, at=at).members())
    return set()


def _unique_id(contract: Contract) -> Callable[[Operation], tuple[str, str] | None]:
    """Method and id, where one operation alone has the id."""
    counts = Counter(operation.id for operation in contract.operations)

    def key(operation: Operation) -> tuple[str, str] | None:
        known = operation.id and counts[operation.id] == 1
        return (operation.method, operation.id) if known else None

    return key
