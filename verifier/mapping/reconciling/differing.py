"""Linked rows compared field by field, and each difference put to a cause."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from verifier.mapping.exact_json import loads
from verifier.mapping.executing.rules import plan_rule
from verifier.mapping.executing.run import Run
from verifier.mapping.masking import masked_value
from verifier.mapping.nouns import Path
from verifier.mapping.opening import OpenMapping
from verifier.mapping.placing import placed_in, taken
from verifier.mapping.reconciling.causes import causes
from verifier.mapping.reconciling.dictionary import tabulated
from verifier.mapping.reconciling.engine import Engine, name
from verifier.mapping.reconciling.expected import Compared
from verifier.mapping.reconciling.report import Difference, FieldResult
from verifier.mapping.reconciling.translations import none_if_blank, number

__all__ = ["compare"]

EXAMPLES = 3
TOP = Path(())


def compare(
    db: Engine, mapping: OpenMapping, fields: Sequence[Compared], key: str
) -> tuple[int, tuple[FieldResult, ...]]:
    """
    Compare all linked rows.

    Args:
        key: SQL of what a row is called by in examples.

    Returns:
        How many linked rows are not the same, and each field's result.
    """
    linked = int(db.one("SELECT count(*) FROM linked"))
    if not fields:
        return 0, ()
    _different(db, mapping, fields, key)
    different = int(db.one("SELECT count(*) FROM different"))
    results = tuple(
        _result(db, mapping, field, index, linked) for index, field in enumerate(fields)
    )
    return different, results


def _different(db: Engine, mapping: OpenMapping, fields: Sequence[Compared], key: str) -> None:
    """The linked rows that differ somewhere, with what each field should be and what it is."""
    joins, cells, tests = "", [], []
    for index, field in enumerate(fields):
        sql = field.sql
        if not sql:
            made = _in_python(db, mapping, field)
            on = " AND ".join(
                f"d{index}.k{place} IS NOT DISTINCT FROM a.{name(column)}"
                for place, column in enumerate(field.sources)
            )
            joins += f" LEFT JOIN {made} d{index} ON {on}"
            sql = f"d{index}.made"
        actual = none_if_blank(f"b.{name(field.column)}")
        cells.append(f"{sql} AS e{index}, {actual} AS x{index}")
        tests.append(_unequal(f"e{index}", f"x{index}", field.kind))
    db.run(
        f"CREATE TABLE different AS SELECT * FROM (SELECT {key} AS id, {', '.join(cells)}"
        f" FROM linked l JOIN a ON a.rowid = l.ra JOIN b ON b.rowid = l.rb{joins})"
        f" WHERE {' OR '.join(tests)}"
    )


def _unequal(e: str, x: str, kind: str) -> str:
    """Whether two texts do not say the same; two that are no numbers are compared as texts."""
    if kind == "number":
        same = f"({e} = {x} OR {number(e)} = {number(x)})"
    elif kind == "truth":
        same = f"(lower({e}) = lower({x}) OR TRY_CAST({e} AS BOOLEAN) = TRY_CAST({x} AS BOOLEAN))"
    else:
        same = f"{e} = {x}"
    return f"(NOT coalesce({same}, {e} IS NULL AND {x} IS NULL))"


def _in_python(db: Engine, mapping: OpenMapping, field: Compared) -> str:
    """A table of the rule carried out on each different value of the linked rows."""
    columns = ", ".join(f"a.{name(column)}" for column in field.sources)
    query = f"SELECT DISTINCT {columns} FROM linked l JOIN a ON a.rowid = l.ra"
    return tabulated(db, query, len(field.sources), _carried_out(mapping, field))


def _carried_out(mapping: OpenMapping, field: Compared) -> Callable[[Sequence[Any]], str | None]:
    plan = plan_rule(mapping, field.rule, TOP, TOP)
    paths = field.rule.sources

    def made(cells: Sequence[Any]) -> str | None:
        record: dict[str, Any] = {}
        for path, cell in zip(paths, cells, strict=True):
            if cell is not None:
                placed_in(record, path, _typed(mapping, path, cell))
        run = Run(record, {})
        plan.carry_out(run, record, run.made)
        value = next(taken(run.made, field.rule.target), None)
        return None if value is None else _written(value)

    return made


def _typed(mapping: OpenMapping, path: Path, cell: str) -> Any:
    """A cell as the JSON that its schema names: exports hold texts only."""
    facts = mapping.source.facts(path)
    if facts.allows("string"):
        return cell
    try:
        return loads(cell.strip().lower())
    except ValueError:
        return cell


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _result(
    db: Engine, mapping: OpenMapping, field: Compared, index: int, linked: int
) -> FieldResult:
    e, x = f"e{index}", f"x{index}"
    whens = " ".join(f"WHEN {cause.sql(e, x)} THEN '{title}'" for title, cause in causes().items())
    rows = db.rows(
        f"SELECT cause, count(*) AS n, min_by(struct_pack(id, e := {e}, x := {x}), id, {EXAMPLES})"
        f" FROM (SELECT id, {e}, {x}, CASE {whens} END AS cause FROM different"
        f" WHERE {_unequal(e, x, field.kind)}) GROUP BY cause ORDER BY n DESC, cause"
    )
    found = tuple(_difference(mapping, field, *row) for row in rows)
    unequal = sum(difference.count for difference in found)
    return FieldResult(
        field=str(field.rule.target),
        rule=field.rule.place,
        compared=linked,
        equal=linked - unequal,
        differences=found,
        by="sql" if field.sql else "python",
        note=field.note,
    )


def _difference(
    mapping: OpenMapping, field: Compared, title: str, count: int, examples: Any
) -> Difference:
    cause = causes()[title]
    path = field.rule.target
    shown = tuple(
        (
            one["id"],
            masked_value(mapping.target, path, one["e"]),
            masked_value(mapping.target, path, one["x"]),
        )
        for one in (examples or ())
    )
    return Difference(cause=title, says=cause.says, ask=cause.ask, count=count, examples=shown)
