"""Tables made ready: values of one side to values of the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from verifier.mapping.nouns import Relation, Row, Table
from verifier.mapping.trouble import Unknown

__all__ = ["NoCounterpart", "Translation", "key_of", "translation"]


class NoCounterpart(Exception):  # noqa: N818  (a verdict on a value, not an error of ours)
    """A row says that there is no counterpart, and what is done then."""

    def __init__(self, row: Row) -> None:
        super().__init__(row.because)
        self.row = row


def key_of(value: Any) -> Any:
    """A value as the key of a table: true is not 1, and 1 is 1.0."""
    if isinstance(value, (tuple, list)):
        return tuple(key_of(inner) for inner in value)
    return ("truth", value) if isinstance(value, bool) else value


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """
    A table, looked up by value.

    Args:
        rows: Key of the source's value to its row.
        back: Key of the target's value to the source's, where one is known.
        lossy: Whether two values of the source become one, or one becomes a broader one.
    """

    table: Table
    rows: Mapping[Any, Row] = field(repr=False)
    back: Mapping[Any, Any] = field(repr=False)
    lossy: bool

    @property
    def forward(self) -> Callable[[Any], Any]:
        """
        Value of the source to the target's.

        Raises (when called):
            Unknown: No row knows it.
            NoCounterpart: Its row says that there is none.
        """
        rows = self.rows

        def way(value: Any) -> Any:
            try:
                row = rows.get(key_of(value))
            except TypeError:
                row = None
            if row is None:
                raise Unknown(f"no row of table '{self.table.name}' knows it")
            if row.made is None:
                raise NoCounterpart(row)
            return row.made

        return way

    def broadens(self, value: Any, made: Any) -> bool:
        """Whether a row loses something: what it makes is broader than what it was given."""
        return self.rows[key_of(value)].relation is Relation.BROADER

    @property
    def backward(self) -> Callable[[Any], Any]:
        """Value of the target to the source's; Unknown where none, or several, lead to it."""
        back = self.back

        def way(value: Any) -> Any:
            try:
                found = back[key_of(value)]
            except (KeyError, TypeError):
                raise Unknown(f"table '{self.table.name}' has no way back for it") from None
            return found

        return way


def translation(table: Table) -> Translation:
    """The translation of a table."""
    rows = {key_of(row.given): row for row in table.rows}
    targets = Counter(key_of(row.made) for row in table.rows if row.made is not None)
    back = {
        key_of(row.made): row.given
        for row in table.rows
        if row.made is not None and targets[key_of(row.made)] == 1
    }
    back |= {key_of(_as_made(name, table)): value for name, value in table.back.items()}
    broader = any(row.relation is Relation.BROADER for row in table.rows)
    return Translation(
        table=table, rows=rows, back=back, lossy=broader or any(n > 1 for n in targets.values())
    )


def _as_made(name: str, table: Table) -> Any:
    """The target's value that a key of ``back`` means: keys of YAML are always texts."""
    return next((row.made for row in table.rows if _named(row.made) == name), name)


def _named(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
