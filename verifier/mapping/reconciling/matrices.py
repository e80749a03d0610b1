"""Which values stand for which, as the data have it: the status table that is really used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.mapping.nouns import Path, Rule
from verifier.mapping.opening import OpenMapping
from verifier.mapping.reconciling.engine import Engine, name
from verifier.mapping.reconciling.report import Pair

__all__ = ["pairs_of_tables"]

MOST_PAIRS = 200


def pairs_of_tables(
    db: Engine, mapping: OpenMapping, source: Mapping[Path, str], target: Mapping[Path, str]
) -> dict[str, tuple[Pair, ...]]:
    """Field with a table to the pairs that linked rows have, the most frequent first."""
    found = {}
    for rule, block in mapping.contract.rules():
        known = all(path in source for path in rule.sources) and rule.target in target
        if rule.table and known and block is None:
            columns = [source[path] for path in rule.sources]
            found[str(rule.target)] = _pairs(db, mapping, rule, columns, target[rule.target])
    return found


def _pairs(
    db: Engine, mapping: OpenMapping, rule: Rule, columns: list[str], column: str
) -> tuple[Pair, ...]:
    given = ", ".join(f"a.{name(one)}" for one in columns)
    rows = db.rows(
        f"SELECT {given}, b.{name(column)}, count(*) AS n FROM linked l"
        " JOIN a ON a.rowid = l.ra JOIN b ON b.rowid = l.rb"
        f" GROUP BY ALL ORDER BY ALL LIMIT {MOST_PAIRS}"
    )
    pairs = (_pair(mapping, rule, row) for row in rows)
    return tuple(sorted(pairs, key=lambda pair: -pair.count))


def _pair(mapping: OpenMapping, rule: Rule, row: tuple[Any, ...]) -> Pair:
    *given, made, count = row
    table = mapping.contract.tables[rule.table]
    agreed = None
    for one in table.rows:
        values = one.given if isinstance(one.given, tuple) else (one.given,)
        if [_plain(value) for value in values] == [_folded(value) for value in given]:
            agreed = one.made is not None and _plain(one.made) == made
    shown = " and ".join("" if value is None else str(value) for value in given)
    return Pair(source=shown, target=made, count=int(count), agreed=agreed)


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _folded(value: Any) -> Any:
    return value.lower() if isinstance(value, str) and value.lower() in ("true", "false") else value
