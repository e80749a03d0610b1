"""What every analysis rule looks at: the contract, its chains, and the fields of both sides."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from msgspec import Struct

from verifier.mapping.analysis.trying import Trials
from verifier.mapping.cel import references
from verifier.mapping.chains import Chain, chain_of
from verifier.mapping.nouns import Block, MappingContract, Path, Rule, parse_path
from verifier.mapping.opening import OpenMapping, OpenSide
from verifier.mapping.shapes import Field, find, walk
from verifier.model import Place

__all__ = ["Scene", "Sited", "covers"]


class Sited(Struct, frozen=True, kw_only=True, eq=False):
    """A rule with its block and, where both of its ends exist, its chain."""

    rule: Rule
    block: Block | None
    chain: Chain | None
    target: Field | None

    @property
    def name(self) -> str:
        """What messages call the field."""
        return str(self.rule.target)


@dataclasses.dataclass(eq=False)
class Scene:
    """A contract as the rules of analysis see it; worked out once for all of them."""

    mapping: OpenMapping = dataclasses.field(repr=False)

    @property
    def contract(self) -> MappingContract:
        """The contract."""
        return self.mapping.contract

    @property
    def source(self) -> OpenSide:
        """The side that is read."""
        return self.mapping.source

    @property
    def target(self) -> OpenSide:
        """The side that is written."""
        return self.mapping.target

    @cached_property
    def trials(self) -> Trials:
        """Tries single values out."""
        return Trials(self.mapping)

    @cached_property
    def source_fields(self) -> tuple[Field, ...]:
        """Every field of the source, outer before inner."""
        return tuple(walk(self.source.shape))

    @cached_property
    def target_fields(self) -> tuple[Field, ...]:
        """Every field of the target, likewise."""
        return tuple(walk(self.target.shape))

    @cached_property
    def rules(self) -> tuple[Sited, ...]:
        """Every rule with what belongs to it."""
        return tuple(self._sited(rule, block) for rule, block in self.contract.rules())

    def _sited(self, rule: Rule, block: Block | None) -> Sited:
        target = find(self.target.shape, rule.target)
        known = target is not None and all(self.source_field(path) for path in rule.sources)
        chain = chain_of(self.mapping, rule) if known and rule.sources else None
        return Sited(rule=rule, block=block, chain=chain, target=target)

    @property
    def chained(self) -> Iterator[tuple[Sited, Chain, Field]]:
        """The rules whose ends both exist."""
        for sited in self.rules:
            if sited.chain is not None and sited.target is not None:
                yield sited, sited.chain, sited.target

    def source_field(self, path: Path) -> Field | None:
        """A field of the source; None where its schema knows none."""
        return find(self.source.shape, path)

    @cached_property
    def read(self) -> dict[Path, Place]:
        """Every source field that something reads, with the first line that does."""
        found: dict[Path, Place] = {}
        for path, place in self._reads():
            found.setdefault(path, place)
        return found

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Every list that is made item by item."""
        return tuple(entry for entry in self.contract.fields if isinstance(entry, Block))

    def is_read(self, path: Path) -> bool:
        """Whether something reads a field of the source, or something above or in it."""
        return covers(self.read, path) or any(_leads(b.each, path) for b in self.blocks)

    def is_written(self, path: Path) -> bool:
        """Whether a rule writes a field of the target, or something above or in it."""
        return covers(self.written, path) or any(_leads(b.target, path) for b in self.blocks)

    def _reads(self) -> Iterator[tuple[Path, Place]]:
        for rule, block in self.contract.rules():
            yield from ((path, rule.at("from")) for path in rule.sources)
            yield from self._computed(rule, block)
        for meaning in self.contract.source_meaning.values():
            currency = parse_path(str(meaning.given.get("currency", "")))
            if currency is not None and find(self.source.shape, currency):
                yield currency, meaning.place
        match = self.contract.match
        if match is not None:
            parts = [*(part for tier in match.keys for part in tier)]
            parts += [match.link] if match.link else []
            yield from ((part.source, part.place) for part in parts)

    def _computed(self, rule: Rule, block: Block | None) -> Iterator[tuple[Path, Place]]:
        for variable, path in references(rule.cel):
            if variable == "source":
                yield path, rule.at("cel")
            elif variable == "item" and block is not None:
                yield block.each + path, rule.at("cel")

    @cached_property
    def written(self) -> dict[Path, Place]:
        """Every target field that a rule writes, with its line."""
        return {rule.target: rule.place for rule, _ in self.contract.rules()}

    def place_in_source(self, path: Path) -> Place:
        """The line of a field in the source's document."""
        return self.source.place(path)

    def place_in_target(self, path: Path) -> Place:
        """The line of a field in the target's document."""
        return self.target.place(path)


def _leads(outer: Path, path: Path) -> bool:
    """Whether a list is the field, or stands in it."""
    return outer.names[: len(path.names)] == path.names


def covers(paths: Any, path: Path) -> bool:
    """Whether a field, or one above or below it, is among some paths."""
    names = path.names
    for one in paths:
        shorter, longer = sorted((one.names, names), key=len)
        if longer[: len(shorter)] == shorter:
            return True
    return False
