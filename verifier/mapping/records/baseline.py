"""A record to start from: one that the contract maps, with every field filled in."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from verifier.errors import NotEnoughEvidence
from verifier.mapping.cel import CelFault, program
from verifier.mapping.executing import Execution, Executor, Outcome
from verifier.mapping.kinds.plain import number_writer
from verifier.mapping.nouns import Path, Rule, parse_path
from verifier.mapping.opening import OpenMapping
from verifier.mapping.placing import copied, exact, placed, placed_in
from verifier.mapping.records.plain import plain_value
from verifier.mapping.tables import translation
from verifier.mapping.trouble import Invalid
from verifier.sampling import Unsatisfiable, sampler

__all__ = ["Derivation", "baseline"]

TRIES = 24
UNAVOIDABLE = ("time of day", "dropped", "rounded")


class Derivation:
    """
    Keeps made-up records consistent: fields that follow from others are computed again.

    Args:
        mapping: Its ``verify.derive`` says which, and how.
    """

    def __init__(self, mapping: OpenMapping) -> None:
        self._mapping = mapping
        derive: Mapping[str, str] = mapping.contract.verify.derive
        self._derived = [
            (path, cel) for name, cel in derive.items() if (path := parse_path(name)) is not None
        ]

    @property
    def paths(self) -> frozenset[Path]:
        """The fields that are computed."""
        return frozenset(path for path, _ in self._derived)

    def applied(self, record: Any) -> Any:
        """A copy in which they are computed; those that cannot be are left as they are."""
        made = copied(record)
        for path, cel in self._derived:
            try:
                value = program(cel, ("source",)).value(source=made)
            except CelFault:
                continue
            placed_in(made, path, self._as_written(path, value))
        return made

    def _as_written(self, path: Path, value: Any) -> Any:
        if not isinstance(value, (int, Decimal)) or isinstance(value, bool):
            return value
        try:
            return number_writer(self._mapping.source.facts(path))(value)
        except Invalid:
            return value


def baseline(executor: Executor, *, seed: int = 0) -> dict[str, Any]:
    """
    A record that the contract maps, with as much in it as can be, losing as little as can be.

    Raises:
        NotEnoughEvidence: None was found; names what stands in the way.
    """
    mapping = executor.mapping
    rng = random.Random(seed)  # noqa: S311  (made-up records, no secret)
    best: tuple[tuple[int, int], dict[str, Any]] | None = None
    last: Execution | None = None
    for record in _candidates(mapping, rng):
        last = executor.map(record)
        if last.outcome is not Outcome.MAPPED:
            continue
        losses = sum(entry.reason not in UNAVOIDABLE for entry in last.ledger)
        rank = (-_filled(record), losses)
        if best is None or rank < best[0]:
            best = (rank, record)
    if best is None:
        raise _nothing(mapping, last)
    return best[1]


def _candidates(mapping: OpenMapping, rng: random.Random) -> Iterator[dict[str, Any]]:
    derivation = Derivation(mapping)
    source = sampler(mapping.source.schema, mapping.source.direction)
    for attempt in range(TRIES):
        try:
            record = source.full(rng) if attempt % 2 == 0 else source.typical(rng)
        except Unsatisfiable:
            continue
        if isinstance(record, dict):
            yield derivation.applied(_meant(mapping, exact(record)))


def _meant(mapping: OpenMapping, record: dict[str, Any]) -> dict[str, Any]:
    """The same with values that mean something, and statuses that lead somewhere."""
    currencies_first = sorted(
        mapping.source.meaning, key=lambda path: mapping.source.meaning[path].kind != "currency"
    )
    for path in currencies_first:
        value = plain_value(mapping.source, path, record)
        if value is not None:
            record = placed(record, path, value)
    for rule, _ in mapping.contract.rules():
        record = _with_row(mapping, rule, record)
    return record


def _with_row(mapping: OpenMapping, rule: Rule, record: dict[str, Any]) -> dict[str, Any]:
    """The same with the first values of a table that lead somewhere without loss."""
    if not rule.table:
        return record
    rows = translation(mapping.contract.tables[rule.table]).table.rows
    good = [row for row in rows if row.made is not None]
    good.sort(key=lambda row: row.relation.value != "equivalent")
    if good and not rule.via:
        given = good[0].given if isinstance(good[0].given, tuple) else (good[0].given,)
        for path, value in zip(rule.sources, given, strict=False):
            record = placed(record, path, value)
    return record


def _filled(value: Any) -> int:
    """How many values a record holds."""
    if isinstance(value, dict):
        return sum(map(_filled, value.values()))
    return sum(map(_filled, value)) if isinstance(value, list) else int(value is not None)


def _nothing(mapping: OpenMapping, last: Execution | None) -> NotEnoughEvidence:
    why = "; ".join(f"{f.path or 'the record'} {f.says}" for f in last.failures[:3]) if last else ""
    return NotEnoughEvidence(
        "no record could be made up that the contract maps"
        + (f": {why}" if why else ", since the source's schema allows none"),
        where=str(mapping.contract.place),
        mend="Declare what the fields mean, or name real records under verify: samples.",
    )
