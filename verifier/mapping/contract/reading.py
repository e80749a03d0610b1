"""From a ``*.mapping.yaml`` to a contract, strictly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath
from typing import Any

from verifier.errors import ConfigError, nearest
from verifier.loading.setting import open_settings
from verifier.mapping.contract.declaration import MISSING, TROUBLES, mapping_record
from verifier.mapping.contract.matching import read_match
from verifier.mapping.contract.written import Placed
from verifier.mapping.nouns import (
    Act,
    Block,
    Direction,
    Invariant,
    Law,
    MappingContract,
    Meaning,
    Owner,
    Path,
    Policy,
    Reason,
    Relation,
    Row,
    Rule,
    Side,
    Table,
    Verify,
    Write,
    parse_path,
)
from verifier.model import Place

__all__ = ["read_contract"]

GENERAL = ("kind", "placeholder", "length_unit")
WAYS = ("from", "cel", "value", "undecided")


def read_contract(path: FilePath) -> MappingContract:
    """
    The contract of a file.

    Raises:
        ConfigError: Something in it cannot be used as written; names the line and the mend.
    """
    top = open_settings(path, beginning='mapping: "0.1"')
    given = mapping_record().read(top)
    whole = Place(file=str(path), line=1)
    defaults = _defaults(given.get("defaults"), whole)
    missing = _missing(given.get("defaults"))
    tables = {name: _table(name, table) for name, table in given.get("tables", {}).items()}
    meaning = given.get("meaning", {})
    return MappingContract(
        id=given["id"],
        title=given.get("title", ""),
        direction=Direction(given["direction"]),
        source=_side(given["source"]),
        target=_side(given["target"]),
        defaults=defaults,
        source_meaning=_meanings(meaning.get("source", {})),
        target_meaning=_meanings(meaning.get("target", {})),
        tables=tables,
        fields=tuple(_Fields(defaults, missing, tables).read(given["fields"])),
        dropped=_reasons(given.get("dropped", {})),
        left_unset=_reasons(given.get("left_unset", {})),
        match=read_match(given["match"]) if "match" in given else None,
        invariants=tuple(_invariant(one) for one in given.get("invariants", ())),
        write=Write(**given.get("write", {})),
        verify=_verify(given.get("verify")),
        place=whole,
    )


def _side(given: Placed) -> Side:
    return Side(spec=given.value["spec"], pointer=given.value["schema"][1:], place=given.place)


def _defaults(given: Placed | None, whole: Place) -> dict[str, Policy]:
    fallback = {"on_missing": Act.REJECT, "on_unknown": Act.ESCALATE}
    stated = given.value if given is not None else {}
    found = {}
    for name in TROUBLES:
        if name in stated:
            found[name] = _inherited(stated[name].value)
        else:
            act = fallback.get(name, Act.QUARANTINE)
            found[name] = Policy(act=act, stated=False, place=given.place if given else whole)
    return found


def _inherited(policy: Policy) -> Policy:
    return Policy(
        act=policy.act,
        value=policy.value,
        unit=policy.unit,
        because=policy.because,
        stated=False,
        place=policy.place,
    )


def _missing(given: Placed | None) -> frozenset[str]:
    stated = given.value.get("missing") if given is not None else None
    return frozenset(stated.value if stated is not None else MISSING)


def _meanings(given: Mapping[Path, Placed]) -> dict[Path, Meaning]:
    found = {}
    for path, placed in given.items():
        values = {name: one.value for name, one in placed.value.items()}
        found[path] = Meaning(
            path=path,
            kind=values["kind"],
            given={name: value for name, value in values.items() if name not in GENERAL},
            placeholders=values.get("placeholder", ()),
            length_unit=values.get("length_unit", "code_points"),
            place=placed.place,
        )
    return found


def _table(name: str, given: Placed) -> Table:
    values = {member: one.value for member, one in given.value.items()}
    return Table(
        name=name,
        rows=tuple(_row(row) for row in values["rows"]),
        back=values.get("back", {}),
        lossy_ok=values.get("lossy_ok", ()),
        unreached_ok=values.get("unreached_ok", ()),
        order=values.get("order", ()),
        on_backward=_backward(values.get("on_backward")),
        place=given.place,
    )


def _backward(word: str | None) -> Act | None:
    return None if word in (None, "keep") else Act(word)


def _row(given: Placed) -> Row:
    values = {name: one.value for name, one in given.value.items()}
    if "from" not in values:
        raise ConfigError(
            "the row does not say 'from'", where=str(given.place), mend="Name the source's value."
        )
    made = values.get("to")
    return Row(
        given=tuple(values["from"]) if isinstance(values["from"], list) else values["from"],
        made=made,
        relation=Relation(values["relation"]),
        act=Act(values["do"]) if "do" in values else None,
        because=values.get("because", ""),
        back=values.get("back", ""),
        signed=values.get("signed", ""),
        place=given.place,
    )


def _reasons(given: Mapping[Path, Placed]) -> tuple[Reason, ...]:
    return tuple(
        Reason(path=path, because=placed.value, place=placed.place)
        for path, placed in given.items()
    )


def _invariant(given: Placed) -> Invariant:
    values = {name: one.value for name, one in given.value.items()}
    act = Act(values.pop("on_broken", "quarantine"))
    return Invariant(**values, act=act, place=given.value["cel"].place)


def _verify(given: Placed | None) -> Verify:
    if given is None:
        return Verify()
    values = {name: one.value for name, one in given.value.items()}
    outcomes = {name: tuple(names or ()) for name, names in values.get("outcomes", {}).items()}
    return Verify(
        implementation=values.get("implementation", {}),
        outcomes=outcomes,
        derive=values.get("derive", {}),
        samples=values.get("samples", ()),
        strict_json=values.get("strict_json", False),
        places={name: one.place for name, one in given.value.items()},
    )


class _Fields:
    """Reads rules and blocks, with the defaults that they inherit."""

    def __init__(
        self, defaults: Mapping[str, Policy], missing: frozenset[str], tables: Mapping[str, Table]
    ) -> None:
        self.defaults = defaults
        self.missing = missing
        self.tables = tables

    def read(self, given: Mapping[Path, Placed]) -> Iterator[Rule | Block]:
        """Every field, in the file's order."""
        for path, placed in given.items():
            if "each" in placed.value:
                yield self._block(path, placed)
            else:
                yield self._rule(path, placed)

    def _block(self, path: Path, given: Placed) -> Block:
        values = {name: one.value for name, one in given.value.items()}
        each = values["each"].value
        if not path.parts[-1].many or not each.parts[-1].many or len(_lists(path)) > 1:
            raise ConfigError(
                f"'{path}' with each '{each}' does not name two lists",
                where=str(given.place),
                mend="Write both with [] at the end, such as LineItems[] and each: lines[].",
            )
        inner = values.get("fields", {})
        rules = [
            self._rule(path + _path(name, rule), rule, scope=each) for name, rule in inner.items()
        ]
        if "item" in values:
            plain = Placed({"from": Placed((), given.place), **values["item"].value}, given.place)
            rules.append(self._rule(path, plain, scope=each, sources=(each,)))
        return Block(
            target=path,
            each=each,
            rules=tuple(rules),
            on_empty=values.get("on_empty", self.defaults["on_missing"]),
            on_missing=values.get("on_missing", self.defaults["on_missing"]),
            place=given.place,
            places={name: one.place for name, one in given.value.items()},
        )

    def _rule(
        self,
        path: Path,
        given: Placed,
        *,
        scope: Path = Path(()),  # noqa: B008  (frozen)
        sources: tuple[Path, ...] = (),
    ) -> Rule:
        values = {name: one.value for name, one in given.value.items()}
        self._check(path, values, given)
        found = sources or tuple(_scoped(one.value, scope) for one in values.get("from", ()))
        return Rule(
            target=path,
            sources=found,
            via=values.get("via", ()),
            table=values.get("table", ""),
            combine=values.get("combine"),
            cel=values.get("cel", ""),
            constant=(values["value"],) if "value" in values else (),
            policies={name: values.get(name, self.defaults[name]) for name in TROUBLES},
            missing=frozenset(values["missing"]) if "missing" in values else self.missing,
            law=Law(values["law"]) if "law" in values else None,
            owner=Owner(values["owner"]) if "owner" in values else None,
            restrictive=values.get("restrictive"),
            back_via=values["back"]["via"] if "back" in values else None,
            undecided=values.get("undecided", ""),
            place=given.place,
            places={name: one.place for name, one in given.value.items()},
        )

    def _check(self, path: Path, values: Mapping[str, Any], given: Placed) -> None:
        ways = [name for name in WAYS if name in values]
        if len([name for name in ways if name != "undecided"]) > 1 or not ways:
            said = " and ".join(f"'{name}'" for name in ways) or "nothing"
            raise ConfigError(
                f"'{path}' says {said} of where its value comes from",
                where=str(given.place),
                mend="Write exactly one of from, cel and value, or undecided: what is to be asked.",
            )
        table = values.get("table")
        if table and table not in self.tables:
            near = nearest(table, self.tables)
            known = ", ".join(self.tables) or "none"
            raise ConfigError(
                f"there is no table '{table}'",
                where=str(given.value["table"].place),
                mend=near or f"Tables of this file: {known}.",
            )


def _lists(path: Path) -> list[Any]:
    return [part for part in path.parts if part.many]


def _path(name: str, rule: Placed) -> Path:
    path = parse_path(name)
    if path is None:
        raise ConfigError(
            f"'{name}' is no path", where=str(rule.place), mend="Such as ItemCode or Price.Amount."
        )
    return path


def _scoped(path: Path, scope: Path) -> Path:
    """A path inside of a list starts at the item; ``$.`` starts at the record."""
    if path.parts and path.parts[0].name == "$":
        return Path(path.parts[1:])
    return scope + path
