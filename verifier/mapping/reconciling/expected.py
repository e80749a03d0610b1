"""What the target's field should be, as an expression of SQL over the source's columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from verifier.mapping.chains import Chain, Value, chain_of
from verifier.mapping.currencies import CURRENCIES
from verifier.mapping.kinds.percent import FORMS
from verifier.mapping.nouns import Act, Path, Rule, parse_path
from verifier.mapping.opening import OpenMapping
from verifier.mapping.reconciling.engine import name, text
from verifier.mapping.reconciling.translations import (
    OPERATIONS,
    VALID,
    none_if_blank,
    supports,
)

__all__ = ["Compared", "comparison", "value_sql"]

DECIMAL = "DECIMAL(38, 12)"
TEXTS = ("plain", "text", "identifier", "reference", "person_name", "postcode", "address_line",
         "email", "country", "currency")  # fmt: skip


class Untranslatable(Exception):  # noqa: N818  (a reason to do it in Python, not an error of ours)
    """SQL would not do the same."""


class Compared(Struct, frozen=True, kw_only=True):
    """
    How one field is compared.

    Args:
        sql: What it should be, over the source's columns; empty where Python works it out.
        kind: ``text``, ``number`` or ``truth``: what counts as the same.
        sources: The source's columns that it comes from.
        column: The target's column.
        note: What was left out of account.
    """

    rule: Rule
    sql: str
    kind: str
    sources: tuple[str, ...]
    column: str
    note: str = ""


def comparison(
    mapping: OpenMapping,
    rule: Rule,
    source: Mapping[Path, str],
    target: Mapping[Path, str],
) -> Compared | str:
    """How a rule's field is compared; or why it cannot be, in words."""
    if rule.target.many or any(path.many for path in rule.sources):
        return "it stands in a list"
    if rule.cel or rule.constant or not rule.sources:
        return "it is computed, fixed or undecided"
    if rule.target not in target:
        return "the target's export has no such column"
    gone = [str(path) for path in rule.sources if path not in source]
    alternatives = len(rule.sources) > 1 and not rule.combine and not rule.table
    if gone and (not alternatives or len(gone) == len(rule.sources)):
        return f"the source's export has no column for '{gone[0]}'"
    rule = replace(rule, sources=tuple(path for path in rule.sources if path in source))
    chain = chain_of(mapping, rule)
    try:
        sql = _Translator(mapping, chain, source).sql()
    except Untranslatable:
        sql = ""
    money = chain.target.meaning is not None and chain.target.meaning.kind == "money"
    if not sql and money:
        return "an amount in this form is not worked out from an export"
    facts = mapping.target.facts(rule.target)
    kind = "number" if facts.only in ("number", "integer") else "text"
    return Compared(
        rule=rule,
        sql=sql,
        kind="truth" if facts.only == "boolean" else kind,
        sources=tuple(source[path] for path in rule.sources),
        column=target[rule.target],
        note=f"without {', '.join(gone)}, which the export does not have" if gone else "",
    )


def value_sql(value: Value, column: str) -> str:
    """A source's column as text; NULL where it counts as nothing."""
    sql = none_if_blank(f"a.{name(column)}")
    nothing = value.meaning.placeholders if value.meaning else ()
    if nothing:
        listed = ", ".join(text(one) for one in nothing)
        sql = f"CASE WHEN a.{name(column)} IN ({listed}) THEN NULL ELSE {sql} END"
    return sql


class _Translator:
    """Translates one chain, or gives up."""

    def __init__(self, mapping: OpenMapping, chain: Chain, source: Mapping[Path, str]) -> None:
        self.mapping = mapping
        self.chain = chain
        self.source = source

    def sql(self) -> str:
        """The whole expression."""
        chain = self.chain
        values = [self._parsed(value) for value in chain.sources]
        if chain.combine is not None:
            sql = self._combined(values)
        elif chain.table is not None and len(values) > 1:
            return self._row(values)
        else:
            sql = values[0] if len(values) == 1 else f"coalesce({', '.join(values)})"
        for step in chain.rule.via:
            if not supports(step.name, step.argument):
                raise Untranslatable
            sql = OPERATIONS[step.name](sql, step.argument)
        if chain.table is not None:
            return self._settled(self._row([sql]))
        return self._settled(self._valid(self._written(sql)))

    def _parsed(self, value: Value) -> str:
        sql = value_sql(value, self.source[value.path])
        kind = value.meaning.kind if value.meaning else "plain"
        given: Mapping[str, Any] = value.meaning.given if value.meaning else {}
        if value.typed == "number" or kind == "percent":
            return self._number(sql, kind, given)
        if kind in ("date", "datetime"):
            return self._time(sql, kind, given)
        if value.typed == "boolean" and kind == "plain":
            return f"TRY_CAST({sql} AS BOOLEAN)"
        if kind in TEXTS:
            return sql
        raise Untranslatable

    def _number(self, sql: str, kind: str, given: Mapping[str, Any]) -> str:
        if "group" in given:
            sql = f"replace({sql}, {text(given['group'])}, '')"
        if given.get("decimal", ".") != ".":
            sql = f"replace({sql}, {text(given['decimal'])}, '.')"
        number = f"TRY_CAST({sql} AS {DECIMAL})"
        if kind == "money" and given["unit"] == "minor":
            raise Untranslatable
        if kind == "percent":
            return f"({number} / {FORMS[given['form']]})"
        return number

    def _time(self, sql: str, kind: str, given: Mapping[str, Any]) -> str:
        if "serial" in given or "epoch" in given or "pivot" in given:
            raise Untranslatable
        form = given.get("format", "%Y-%m-%d" if kind == "date" else "")
        if not form or "%z" in form or "%f" in form or "%y" in form:
            raise Untranslatable
        time = f"try_strptime({sql}, {text(form)})"
        return f"{time}::DATE" if kind == "date" else time

    def _combined(self, values: list[str]) -> str:
        combine = self.chain.rule.combine
        if combine is not None and combine.name in ("person_name", "words"):
            order = combine.argument or "given_family"
            parts = values if order != "family_given" else list(reversed(values))
            glue = combine.argument if combine.name == "words" and combine.argument else " "
            return f"nullif(concat_ws({text(glue)}, {', '.join(parts)}), '')"
        if combine is not None and combine.name in ("product", "total"):
            return "(" + (" * " if combine.name == "product" else " + ").join(values) + ")"
        raise Untranslatable

    def _row(self, values: list[str]) -> str:
        """A table as a CASE; what no row knows follows its policy, and cannot be expected."""
        assert self.chain.table is not None  # noqa: S101  (for the type checker)
        whens = []
        for row in self.chain.table.table.rows:
            given = row.given if isinstance(row.given, tuple) else (row.given,)
            tests = [
                f"({sql})::VARCHAR = {text(_plain(one))}"
                for sql, one in zip(values, given, strict=False)
            ]
            whens.append(f"WHEN {' AND '.join(tests)} THEN {text(_plain(row.made))}")
        return f"CASE {' '.join(whens)} ELSE NULL END"

    def _written(self, sql: str) -> str:
        target = self.chain.target
        kind = target.meaning.kind if target.meaning else "plain"
        given: Mapping[str, Any] = target.meaning.given if target.meaning else {}
        if kind == "money":
            return self._money(sql, given)
        if kind == "percent":
            return f"(({sql}) * {FORMS[given['form']]})"
        if kind in ("date", "datetime"):
            return self._day(sql, kind, given)
        if kind == "phone":
            raise Untranslatable
        return sql

    def _valid(self, sql: str) -> str:
        """What is invalid is left out, or replaced; not where the whole record is withheld."""
        policy = self.chain.rule.policies["on_invalid"]
        values = (*self.chain.sources, self.chain.target)
        kinds = dict.fromkeys(value.meaning.kind for value in values if value.meaning)
        tests = [VALID[kind](sql, None) for kind in kinds if kind in VALID]
        if not tests or policy.act.withholds:
            return sql
        other = text(_plain(policy.value)) if policy.act is Act.DEFAULT else "NULL"
        return f"CASE WHEN {' AND '.join(tests)} THEN {sql} ELSE {other} END"

    def _money(self, sql: str, given: Mapping[str, Any]) -> str:
        if given.get("rounding", "half_up") != "half_up":
            raise Untranslatable
        digits = self._digits(str(given["currency"]))
        rounded = f"round(({sql}) * pow(10, {digits})::{DECIMAL})"
        return rounded if given["unit"] == "minor" else f"({rounded} / pow(10, {digits}))"

    def _digits(self, named: str) -> str:
        if named in CURRENCIES:
            return str(CURRENCIES[named])
        path = parse_path(named)
        rule = next((r for r, _ in self.mapping.contract.rules() if r.target == path), None)
        if rule is None or len(rule.sources) != 1 or rule.sources[0] not in self.source:
            raise Untranslatable
        code = f"a.{name(self.source[rule.sources[0]])}"
        odd = [(c, n) for c, n in CURRENCIES.items() if n != 2]
        return f"CASE {' '.join(f'WHEN {code} = {text(c)} THEN {n}' for c, n in odd)} ELSE 2 END"

    def _day(self, sql: str, kind: str, given: Mapping[str, Any]) -> str:
        source = self.chain.sources[0]
        if "serial" in given or "epoch" in given or kind == "datetime":
            raise Untranslatable
        if source.typed == "datetime":
            zone = (source.meaning.given if source.meaning else {}).get("zone")
            if zone != given.get("zone"):
                raise Untranslatable
        return f"strftime({sql}, {text(given.get('format', '%Y-%m-%d'))})"

    def _settled(self, sql: str) -> str:
        """With the default for what is missing, and cut where it is too long."""
        rule = self.chain.rule
        facts = self.mapping.target.facts(rule.target)
        long = rule.policies["on_too_long"]
        if facts.longest is not None and facts.only == "string":
            if long.act is Act.TRUNCATE:
                sql = f"left(({sql})::VARCHAR, {facts.longest})"
            elif long.act is Act.OMIT:
                sql = (
                    f"CASE WHEN length(({sql})::VARCHAR) > {facts.longest} THEN NULL ELSE {sql} END"
                )
        missing = rule.policies["on_missing"]
        if missing.act is Act.DEFAULT:
            return f"coalesce(({sql})::VARCHAR, {text(_plain(missing.value))})"
        return f"({sql})::VARCHAR"


def _plain(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value
