"""Rows that only one side knows, and that may be the same: proposed to a person, with a score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from verifier.mapping.nouns import Match, Path
from verifier.mapping.opening import OpenMapping, OpenSide
from verifier.mapping.reconciling.classes import rows_of
from verifier.mapping.reconciling.engine import Engine, name
from verifier.mapping.reconciling.keys import tier_sql
from verifier.mapping.reconciling.report import Proposal
from verifier.mapping.reconciling.translations import trimmed

__all__ = ["propose"]

Columns = Mapping[Path, str]
MOST = 1000
MOST_IN_A_BLOCK = 50
LEAST = 0.85
KEY_SCORE = 0.95


def propose(
    db: Engine, mapping: OpenMapping, source: Columns, target: Columns, ids: tuple[str, str]
) -> tuple[Proposal, ...]:
    """
    Pairs that another key, or a similar name beside an equal email domain or phone, suggests.

    Args:
        ids: SQL of what rows are called by, of both sides.
    """
    for table, side in (("oa", "source"), ("ob", "target")):
        db.run(f"CREATE TABLE {table} AS {rows_of(side, 'only-here')}")
    found: dict[tuple[str, str], tuple[float, str]] = {}
    match = mapping.contract.match
    for mine, theirs, score, because in _all(db, mapping, source, target, ids, match):
        known = found.get((mine, theirs))
        if known is None or known[0] < score:
            found[mine, theirs] = (score, because)
    left = Counter(mine for mine, _ in found)
    right = Counter(theirs for _, theirs in found)
    ranked = sorted(found.items(), key=lambda pair: (-pair[1][0], pair[0]))
    return tuple(
        Proposal(
            source=mine,
            target=theirs,
            score=round(score, 3),
            because=because,
            contested=left[mine] > 1 or right[theirs] > 1,
        )
        for (mine, theirs), (score, because) in ranked[:MOST]
    )


Row = tuple[str, str, float, str]


def _all(
    db: Engine,
    mapping: OpenMapping,
    source: Columns,
    target: Columns,
    ids: tuple[str, str],
    match: Match | None,
) -> Iterator[Row]:
    for tier in match.keys if match else ():
        if all(part.source in source and part.target in target for part in tier):
            mine, theirs = tier_sql(db, mapping, tier, source, target)
            words = " and ".join(f"'{part.source}'" for part in tier)
            yield from _joined(db, ids, mine, theirs, str(KEY_SCORE), f"the same {words}")
    names = _of_kind(mapping.source, "person_name"), _of_kind(mapping.target, "person_name")
    mine_name, their_name = (_text(columns, paths, alias) for columns, paths, alias in (
        (source, names[0], "a"), (target, names[1], "b")))  # fmt: skip
    if not mine_name or not their_name:
        return
    score = f"jaro_winkler_similarity(lower({mine_name}), lower({their_name}))"
    for kind, block, words in BLOCKS:
        pair = [
            _first(columns, _of_kind(side, kind), alias)
            for columns, side, alias in (
                (source, mapping.source, "a"),
                (target, mapping.target, "b"),
            )
        ]
        if pair[0] and pair[1]:
            yield from _joined(
                db, ids, block(pair[0]), block(pair[1]), score, f"{words}, and a similar name"
            )


def _domain(sql: str) -> str:
    return f"nullif(split_part(lower({trimmed(sql)}), '@', 2), '')"


def _end_of_number(sql: str) -> str:
    return f"nullif(right(regexp_replace({sql}, '[^0-9]', '', 'g'), 7), '')"


def _code(sql: str) -> str:
    return f"nullif({trimmed(sql)}, '')"


BLOCKS: tuple[tuple[str, Callable[[str], str], str], ...] = (
    ("email", _domain, "the same domain"),
    ("phone", _end_of_number, "the same end of the telephone number"),
    ("postcode", _code, "the same postal code"),
)


def _joined(
    db: Engine, ids: tuple[str, str], mine: str, theirs: str, score: str, because: str
) -> Iterator[Row]:
    """Pairs of lonely rows in small blocks; a block that holds half the world tells nothing."""
    rows = db.rows(
        "WITH xa AS (SELECT rowid AS r, {0} AS id, {2} AS k, * FROM a WHERE rowid IN (FROM oa)),"
        " xb AS (SELECT rowid AS r, {1} AS id, {3} AS k, * FROM b WHERE rowid IN (FROM ob)),"
        " small AS (SELECT xa.k FROM xa JOIN xb ON xa.k = xb.k GROUP BY xa.k"
        f" HAVING count(*) <= {MOST_IN_A_BLOCK})"
        " SELECT * FROM (SELECT a.id AS mine, b.id AS theirs, {4} AS score FROM xa a"
        " JOIN small ON a.k = small.k JOIN xb b ON a.k = b.k)"
        f" WHERE score >= {LEAST} ORDER BY score DESC, mine, theirs LIMIT {MOST}".format(
            *ids, mine, theirs, score
        )
    )
    for one, other, value in rows:
        yield str(one), str(other), float(value), because


def _of_kind(side: OpenSide, kind: str) -> list[Path]:
    return [path for path, meaning in side.meaning.items() if meaning.kind == kind]


def _first(columns: Columns, paths: list[Path], alias: str) -> str:
    return next((f"{alias}.{name(columns[path])}" for path in paths if path in columns), "")


def _text(columns: Columns, paths: list[Path], alias: str) -> str:
    found = [f"{alias}.{name(columns[path])}" for path in paths if path in columns]
    return f"concat_ws(' ', {', '.join(found)})" if found else ""
