"""Two exports laid side by side: the column that joins them is found, and their rows are paired."""

# ruff: noqa: S608  (names are quoted in one place)
from __future__ import annotations

from itertools import product
from pathlib import Path as FilePath

from msgspec import Struct, field
from msgspec.structs import replace

from verifier.mapping.drafting.items import items_of, whole
from verifier.mapping.drafting.side import Column, DraftSide, leaf, lists_of
from verifier.mapping.drafting.words import words_of
from verifier.mapping.nouns import Path
from verifier.mapping.reconciling.columns import columns_of
from verifier.mapping.reconciling.engine import Engine, engine, name
from verifier.mapping.reconciling.exports import Export, read_export

__all__ = ["Joined", "laid_side_by_side"]

MOST_ROWS = 4000
UNIQUE = 0.9
LEAST_SHARE = 0.2
LEAST_ROWS = 3
PLAIN = "nullif(lower(trim({0})), '')"
NUMBER = "nullif(ltrim(regexp_extract({0}, '[0-9]+$'), '0'), '')"
# Postal codes of a few hundred customers tell them apart, too, but by chance.
IDS = 1.2
FORMS = {"their text": PLAIN, "the number at their end": NUMBER}


class Joined(Struct, frozen=True, kw_only=True):
    """
    What two exports have in common.

    Args:
        rows: How many rows were paired; 0 where no column joins them.
        key: The fields that join them, in words.
    """

    source: DraftSide
    target: DraftSide
    rows: int = 0
    key: str = ""
    sizes: tuple[int, int] = field(default=(0, 0))


def laid_side_by_side(
    source: DraftSide, target: DraftSide, files: tuple[FilePath, FilePath]
) -> Joined:
    """
    Read two exports of the same records, and pair their rows by the columns that agree most.

    Raises:
        ConfigError: A file cannot be read.
        UsageError: DuckDB is not installed.
    """
    with engine() as db:
        exports = [
            read_export(db, file, table, (*_paths(side), *map(whole, lists_of(side))))
            for file, table, side in zip(files, ("a", "b"), (source, target), strict=True)
        ]
        sizes = (exports[0].rows, exports[1].rows)
        mine, theirs = (
            columns_of(export, _paths(side), {})
            for export, side in zip(exports, (source, target), strict=True)
        )
        found = _key(db, mine, theirs, exports)
        if found is None:
            return Joined(source=source, target=target, sizes=sizes)
        form, one, other = found
        lists = [
            columns_of(export, map(whole, lists_of(side)), {})
            for export, side in zip(exports, (source, target), strict=True)
        ]
        ours, others = _paired(db, form, mine | lists[0], theirs | lists[1], one, other)
        rows = len(next(iter(ours.values())).values) if ours else 0
        items = items_of(source, target, _taken(source, ours), _taken(target, others))
        return Joined(
            source=replace(source, columns=ours | items[0]),
            target=replace(target, columns=others | items[1]),
            rows=rows,
            key=f"'{one}' and '{other}', by {form}",
            sizes=sizes,
        )


def _taken(side: DraftSide, columns: dict[Path, Column]) -> dict[Path, Column]:
    """The columns of a side's lists, which are no values of their own."""
    found = {path: columns.pop(whole(path), None) for path in lists_of(side)}
    return {path: column for path, column in found.items() if column is not None}


def _paths(side: DraftSide) -> tuple[Path, ...]:
    return tuple(one.path for one in side.fields if leaf(one) and not one.path.many)


def _key(
    db: Engine, mine: dict[Path, str], theirs: dict[Path, str], exports: list[Export]
) -> tuple[str, Path, Path] | None:
    """The form and the fields by which most rows find exactly one partner; ids, if they can."""
    best: tuple[float, str, Path, Path] | None = None
    for form, sql in FORMS.items():
        ours = _telling(db, "a", mine, sql, exports[0].rows)
        others = _telling(db, "b", theirs, sql, exports[1].rows)
        for one, other in product(ours, others):
            ours_once = _once(sql, "a", mine[one])
            count = db.one(
                f"SELECT count(*) FROM {ours_once} x JOIN {_once(sql, 'b', theirs[other])} y"
                " ON x.k = y.k"
            )
            weight = count * (IDS if _is_id(one) and _is_id(other) else 1.0)
            if best is None or weight > best[0]:
                best = (weight, form, one, other)
    fewest = min(export.rows for export in exports)
    if best is None or best[0] < max(LEAST_ROWS, fewest * LEAST_SHARE):
        return None
    return best[1:]


def _telling(db: Engine, table: str, columns: dict[Path, str], sql: str, rows: int) -> list[Path]:
    """The fields that tell nearly every row from the others."""
    found = []
    for path, column in columns.items():
        count = db.one(f"SELECT count(DISTINCT {_of(sql, table, column)}) FROM {table}")
        if rows and count >= rows * UNIQUE:
            found.append(path)
    return found


def _is_id(path: Path) -> bool:
    return "id" in words_of(path)[0]


def _once(sql: str, table: str, column: str) -> str:
    """The values of a column that stand in exactly one row."""
    return f"(SELECT {_of(sql, table, column)} AS k FROM {table} GROUP BY k HAVING count(*) = 1)"


def _of(sql: str, table: str, column: str) -> str:
    return sql.format(f"{table}.{name(column)}")


def _paired(
    db: Engine, form: str, mine: dict[Path, str], theirs: dict[Path, str], one: Path, other: Path
) -> tuple[dict[Path, Column], dict[Path, Column]]:
    sql = FORMS[form]
    wanted = [*(f"a.{name(c)}" for c in mine.values()), *(f"b.{name(c)}" for c in theirs.values())]
    rows = db.rows(
        f"SELECT {', '.join(wanted)} FROM a JOIN b ON {_of(sql, 'a', mine[one])}"
        f" = {_of(sql, 'b', theirs[other])} LIMIT {MOST_ROWS}"
    )
    columns = [
        Column(name=name, values=tuple(row[n] for row in rows)) for n, name in enumerate(wanted)
    ]
    return (
        dict(zip(mine, columns, strict=False)),
        dict(zip(theirs, columns[len(mine) :], strict=True)),
    )
