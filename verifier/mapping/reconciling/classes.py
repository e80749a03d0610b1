"""Every row in exactly one class, so that the totals add up."""

from __future__ import annotations

from verifier.mapping.reconciling.engine import Engine
from verifier.mapping.reconciling.keys import Key
from verifier.mapping.reconciling.report import KeyQuality

__all__ = ["classify", "counts", "quality", "rows_of"]

CLASS = """
CASE WHEN t.k IS NULL THEN 'key-missing'
     WHEN own.n = 1 AND other.n = 1 THEN 'linked'
     WHEN other.n IS NULL AND own.n = 1 THEN 'only-here'
     WHEN other.n IS NULL THEN 'duplicate'
     ELSE 'ambiguous' END
"""


def classify(db: Engine, key: Key) -> None:
    """
    Give each row its key, and link what is linked.

    Makes ``ka`` and ``kb`` (row, key), ``na`` and ``nb`` (key, how often), ``linked`` (row, row).
    """
    for table, alias, sql in (("ka", "a", key.source), ("kb", "b", key.target)):
        db.run(f"CREATE TABLE {table} AS SELECT {alias}.rowid AS r, {sql} AS k FROM {alias}")
    for table, keyed in (("na", "ka"), ("nb", "kb")):
        db.run(
            f"CREATE TABLE {table} AS SELECT k, count(*) AS n, any_value(r) AS r FROM {keyed}"
            " WHERE k IS NOT NULL GROUP BY k"
        )
    db.run(
        "CREATE TABLE linked AS SELECT na.r AS ra, nb.r AS rb FROM na JOIN nb ON na.k = nb.k"
        " WHERE na.n = 1 AND nb.n = 1"
    )


def counts(db: Engine, side: str, unreadable: int, different: int) -> dict[str, int]:
    """
    Class to rows of one side.

    Args:
        different: How many linked rows are not the same.
    """
    own, other = ("a", "b") if side == "source" else ("b", "a")
    found = dict(
        db.rows(
            f"SELECT {CLASS} AS class, count(*) FROM k{own} t LEFT JOIN n{own} own ON t.k = own.k"
            f" LEFT JOIN n{other} other ON t.k = other.k GROUP BY class"
        )
    )
    linked = found.pop("linked", 0)
    return {
        "linked-equal": linked - different,
        "linked-different": different,
        "only-here": found.get("only-here", 0),
        "key-missing": found.get("key-missing", 0),
        "ambiguous": found.get("ambiguous", 0),
        "duplicate": found.get("duplicate", 0),
        "unreadable": unreadable,
    }


def quality(db: Engine, side: str, key: Key) -> KeyQuality:
    """How good the key of a side is."""
    alias = "a" if side == "source" else "b"
    raw = key.raw_source if side == "source" else key.raw_target
    rows, missing = db.rows(f"SELECT count(*), count(*) - count(k) FROM k{alias}")[0]
    duplicated = db.one(f"SELECT count(*) FROM n{alias} WHERE n > 1")
    spelt = db.one(
        f"SELECT count(*) FROM (SELECT t.k FROM k{alias} t JOIN n{alias} n ON t.k = n.k AND n.n > 1"
        f" JOIN {alias} ON {alias}.rowid = t.r GROUP BY t.k HAVING count(DISTINCT {raw}) > 1)"
    )
    return KeyQuality(
        rows=int(rows),
        missing=int(missing),
        duplicated=int(duplicated or 0),
        spelt_twice=int(spelt or 0),
    )


def rows_of(side: str, wanted: str) -> str:
    """SQL of the row numbers of a class."""
    own, other = ("a", "b") if side == "source" else ("b", "a")
    return (
        f"SELECT t.r FROM k{own} t LEFT JOIN n{own} own ON t.k = own.k"
        f" LEFT JOIN n{other} other ON t.k = other.k WHERE {CLASS} = '{wanted}'"
    )
