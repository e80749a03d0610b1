"""What rows are linked by, on either side, in a form in which they can be compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from verifier.errors import ConfigError
from verifier.mapping.chains import value_at
from verifier.mapping.nouns import KeyPart, Path, Step
from verifier.mapping.opening import OpenMapping, OpenSide
from verifier.mapping.operations import operations
from verifier.mapping.phones import read_phone
from verifier.mapping.reconciling.dictionary import translated
from verifier.mapping.reconciling.engine import Engine, name, text
from verifier.mapping.reconciling.expected import comparison
from verifier.mapping.reconciling.translations import (
    OPERATIONS,
    none_if_blank,
    supports,
    trimmed,
)
from verifier.mapping.trouble import Trouble

__all__ = ["Key", "key_of_rows", "tier_sql"]

Columns = Mapping[Path, str]


class Key(Struct, frozen=True, kw_only=True):
    """
    The key of both sides.

    Args:
        says: In words.
        source, target: SQL over the tables ``a`` and ``b``; NULL where a row has none.
        raw_source, raw_target: The same before it is normalised.
    """

    says: str
    source: str
    target: str
    raw_source: str
    raw_target: str


def key_of_rows(
    db: Engine, mapping: OpenMapping, source: Columns, target: Columns, links: str
) -> Key:
    """
    The key: established links first, then the field that holds them, then the best key.

    Args:
        links: A table of links (``source``, ``target``); empty where there is none.

    Raises:
        ConfigError: The contract names no key that both exports have.
    """
    match = mapping.contract.match
    if match is None:
        raise _none(mapping, "the contract says nothing about how rows are linked")
    link = match.link
    if link is not None and match.store and links:
        _needed(mapping, source, link.source)
        _needed(mapping, target, link.target)
        mine = f"l.source = a.{name(source[link.source])}"
        own = f"(SELECT any_value(l.target) FROM {links} l WHERE {mine})"
        there = f"b.{name(target[link.target])}"
        return Key(says="the links", source=own, target=there, raw_source=own, raw_target=there)
    if link is not None and not match.store and link.source in source and link.target in target:
        found = _linked(mapping, link, source, target)
        if found is not None:
            return found
    for tier in match.keys:
        if all(part.source in source and part.target in target for part in tier):
            return _tier(db, mapping, tier, source, target)
    raise _none(mapping, "no key of the contract has its columns in both exports")


def _linked(mapping: OpenMapping, link: KeyPart, source: Columns, target: Columns) -> Key | None:
    """The target's field that holds what becomes of the source's id."""
    rule = next((r for r, _ in mapping.contract.rules() if r.target == link.target), None)
    compared = comparison(mapping, rule, source, target) if rule is not None else ""
    if isinstance(compared, str) or not compared.sql:
        return None
    there = none_if_blank(f"b.{name(compared.column)}")
    return Key(
        says=f"'{link.target}', which holds '{link.source}'",
        source=compared.sql,
        target=there,
        raw_source=f"a.{name(source[link.source])}",
        raw_target=f"b.{name(compared.column)}",
    )


def _tier(
    db: Engine,
    mapping: OpenMapping,
    tier: tuple[KeyPart, ...],
    source: Columns,
    target: Columns,
) -> Key:
    mine, theirs = tier_sql(db, mapping, tier, source, target)
    raw = [f"a.{name(source[part.source])}" for part in tier]
    other = [f"b.{name(target[part.target])}" for part in tier]
    words = " and ".join(f"'{part.source}' and '{part.target}'" for part in tier)
    return Key(
        says=words,
        source=mine,
        target=theirs,
        raw_source=_joined(raw),
        raw_target=_joined(other),
    )


def tier_sql(
    db: Engine,
    mapping: OpenMapping,
    tier: tuple[KeyPart, ...],
    source: Columns,
    target: Columns,
) -> tuple[str, str]:
    """A key of several parts on both sides; NULL as soon as one of them is missing."""
    mine = [
        _part(db, mapping.source, part.source, source[part.source], "a", part.norm) for part in tier
    ]
    theirs = [
        _part(db, mapping.target, part.target, target[part.target], "b", part.norm) for part in tier
    ]
    return _joined(mine), _joined(theirs)


def _joined(parts: list[str]) -> str:
    """Several parts as one text; ``||`` is NULL where one of them is."""
    return " || chr(31) || ".join(f"({part})" for part in parts)


def _part(
    db: Engine, side: OpenSide, path: Path, column: str, alias: str, norm: tuple[Step, ...]
) -> str:
    value = value_at(side, path)
    cell = f"{alias}.{name(column)}"
    nothing = value.meaning.placeholders if value.meaning else ()
    sql = none_if_blank(cell)
    if nothing:
        listed = ", ".join(text(one) for one in nothing)
        sql = f"CASE WHEN {trimmed(cell)} IN ({listed}) THEN NULL ELSE {sql} END"
    phone = value.meaning is not None and value.meaning.kind == "phone"
    steps = [step for step in norm if not (phone and step.name == "e164")]
    if phone or not all(supports(step.name, step.argument) for step in steps):
        region = str(value.meaning.given.get("region", "")) if value.meaning else ""
        return translated(db, side.name, column, alias, _in_python(steps, phone, region))
    for step in steps:
        sql = OPERATIONS[step.name](sql, step.argument)
    return f"nullif({sql}, '')"


def _in_python(steps: list[Step], phone: bool, region: str) -> Callable[[str], str | None]:
    made = [operations()[step.name].make(step.argument) for step in steps]

    def normal(value: str) -> str | None:
        try:
            found = read_phone(value, region).e164 if phone else value
            for step in made:
                found = step(found)
        except Trouble:
            return None
        return str(found) or None

    return normal


def _needed(mapping: OpenMapping, columns: Columns, path: Path) -> None:
    if path not in columns:
        raise _none(mapping, f"an export has no column for '{path}', which links hold")


def _none(mapping: OpenMapping, says: str) -> ConfigError:
    match = mapping.contract.match
    return ConfigError(
        says,
        where=str(match.place if match else mapping.contract.place),
        mend="Add a key under match, or name the columns: --column source.PATH=COLUMN.",
    )
