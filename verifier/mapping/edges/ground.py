"""Where edge cases are put: a plain record, and the fields of the source that matter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from msgspec import Struct

from verifier.mapping.chains import Value, value_at
from verifier.mapping.edges.shots import Shot
from verifier.mapping.executing import Executor, Outcome
from verifier.mapping.nouns import Block, Path, Rule, parse_path
from verifier.mapping.opening import OpenMapping
from verifier.mapping.placing import placed
from verifier.mapping.records import Derivation, baseline
from verifier.mapping.shapes import Facts, find, walk

__all__ = ["Ground", "Site"]


class Site(Struct, frozen=True, kw_only=True, eq=False):
    """
    A field of the source that some rule reads.

    Args:
        rules: The rules that read it.
        required: Whether its parent asks for it.
    """

    path: Path
    value: Value
    facts: Facts
    rules: tuple[Rule, ...]
    required: bool

    @property
    def kind(self) -> str:
        """What it means; ``plain`` where nobody has said."""
        return self.value.meaning.kind if self.value.meaning else "plain"

    @property
    def given(self) -> Any:
        """What is said of its meaning."""
        return self.value.meaning.given if self.value.meaning else {}

    @property
    def text(self) -> bool:
        """Whether it holds text for people or systems, and not a date or a number in a text."""
        free = self.value.typed in ("text", "phone", "markup")
        return free and self.facts.allows("string") and self.facts.enum is None

    @property
    def number(self) -> bool:
        """Whether it holds a JSON number."""
        return self.facts.only in ("number", "integer")

    @property
    def truth(self) -> bool:
        """Whether it holds a truth value."""
        return self.facts.only == "boolean"


class Ground:
    """
    Everything that generators of edge cases need to know.

    Args:
        executor: The reference.
        seed: Same seed, same records.
        base: A record to start from; one is made up if left out.
    """

    def __init__(
        self, executor: Executor, *, seed: int = 0, base: dict[str, Any] | None = None
    ) -> None:
        self.executor = executor
        self.seed = seed
        self._derivation = Derivation(executor.mapping)
        self.base = base if base is not None else baseline(executor, seed=seed)

    @property
    def mapping(self) -> OpenMapping:
        """The contract and its documents."""
        return self.executor.mapping

    @property
    def derived(self) -> frozenset[Path]:
        """The fields that follow from others."""
        return self._derivation.paths

    @cached_property
    def sites(self) -> tuple[Site, ...]:
        """Every field that a rule reads, or that names a currency, in the author's order."""
        read: dict[Path, list[Rule]] = {}
        for rule, _ in self.mapping.contract.rules():
            for path in rule.sources:
                read.setdefault(path, []).append(rule)
        for meaning in self.mapping.source.meaning.values():
            currency = parse_path(str(meaning.given.get("currency", "")))
            if currency is not None and find(self.mapping.source.shape, currency):
                read.setdefault(currency, [])
        return tuple(self._site(path, tuple(rules)) for path, rules in read.items())

    def _site(self, path: Path, rules: tuple[Rule, ...]) -> Site:
        found = find(self.mapping.source.shape, path)
        return Site(
            path=path,
            value=value_at(self.mapping.source, path),
            facts=self.mapping.source.facts(path),
            rules=rules,
            required=found.required if found else False,
        )

    @cached_property
    def unused(self) -> tuple[Path, ...]:
        """Fields of the source that nothing reads."""
        read = [site.path for site in self.sites]
        return tuple(
            field.path
            for field in walk(self.mapping.source.shape)
            if not any(p.inside(field.path) or field.path.inside(p) for p in read)
            and not any(block.each.names == field.path.names for block in self.blocks)
        )

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Every list that is made item by item."""
        entries = self.mapping.contract.fields
        return tuple(entry for entry in entries if isinstance(entry, Block))

    def of_kind(self, *kinds: str) -> Iterator[Site]:
        """The fields that mean one of these."""
        return (site for site in self.sites if site.kind in kinds)

    @property
    def texts(self) -> Iterator[Site]:
        """The fields that hold texts."""
        return (site for site in self.sites if site.text)

    @property
    def numbers(self) -> Iterator[Site]:
        """The fields that hold JSON numbers."""
        return (site for site in self.sites if site.number)

    @property
    def truths(self) -> Iterator[Site]:
        """The fields that hold truth values."""
        return (site for site in self.sites if site.truth)

    def with_values(self, *pairs: tuple[Path, Any]) -> dict[str, Any]:
        """The plain record with some values changed, and what follows from them computed again."""
        record = self.base
        for path, value in pairs:
            record = placed(record, path, value)
        given = {path for path, _ in pairs}
        if given & self._derivation.paths:
            return record
        return self.consistent(record)

    def consistent(self, record: Any) -> dict[str, Any]:
        """A record in which what follows from other fields is computed again."""
        made: dict[str, Any] = self._derivation.applied(record)
        return made

    def each(self, sites: Iterable[Site], values: Iterable[Any], says: str = "") -> Iterator[Shot]:
        """One shot for each field and value."""
        listed = tuple(values)
        for site in sites:
            for value in listed:
                yield self.shot(site.path, value, says)

    def shot(self, path: Path, value: Any, says: str = "") -> Shot:
        """The plain record with one value changed."""
        words = says or f"{path} is {value!r}"
        return Shot(self.with_values((path, value)), words, path)

    def maps(self, record: Any) -> bool:
        """Whether the contract maps a record."""
        return self.executor.map(record).outcome is Outcome.MAPPED
