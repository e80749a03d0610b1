"""Which column of an export holds which field of a record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from verifier.errors import ConfigError
from verifier.loading.declaration import nearest
from verifier.mapping.nouns import Path
from verifier.mapping.reconciling.exports import Export

__all__ = ["columns_of"]


def columns_of(export: Export, fields: Iterable[Path], given: Mapping[str, str]) -> dict[Path, str]:
    """
    Field to column: by name, with dots, underscores and capitals not counted; or as said.

    Args:
        given: Field to column, as the user says.

    Raises:
        ConfigError: The user names a column that there is not.
    """
    plain: dict[str, list[str]] = {}
    for column in export.columns:
        plain.setdefault(_plain(column), []).append(column)
    found: dict[Path, str] = {}
    for field in fields:
        said = given.get(str(field))
        if said is not None:
            found[field] = _said(export, said)
            continue
        for spelling in (str(field), field.last):
            columns = plain.get(_plain(spelling), [])
            if len(columns) == 1:
                found[field] = columns[0]
                break
    return found


def _said(export: Export, column: str) -> str:
    if column not in export.columns:
        known = ", ".join(export.columns[:12])
        raise ConfigError(
            f"there is no column '{column}'",
            where=export.file,
            mend=nearest(column, export.columns) or f"It has: {known}.",
        )
    return column


def _plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
