"""Items of lists in paired rows: laid side by side by position, where both have as many."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from verifier.mapping.drafting.side import Column, DraftSide, fields_below
from verifier.mapping.nouns import Path

__all__ = ["items_of", "whole"]

MOST_ITEMS = 8000
Lists = list[list[Any] | None]


def whole(path: Path) -> Path:
    """The member that holds a list, as a value of its own."""
    return Path((*path.parts[:-1], path.parts[-1]._replace(many=False)))


def items_of(
    source: DraftSide, target: DraftSide, mine: Mapping[Path, Column], theirs: Mapping[Path, Column]
) -> tuple[dict[Path, Column], dict[Path, Column]]:
    """
    The columns of what stands in lists, aligned item by item.

    Each list of the target's goes with that of the source's which most often has as many items in
    the same row; rows in which they do not are left out.

    Args:
        mine, theirs: List to its column, which holds JSON; of the same rows on both sides.
    """
    ours = {path: _lists(column) for path, column in mine.items()}
    found: tuple[dict[Path, Column], dict[Path, Column]] = ({}, {})
    for path, column in theirs.items():
        others = _lists(column)
        counted = [(_alike(lists, others), str(one), one) for one, lists in ours.items()]
        rows, _, partner = max(counted, default=(0, "", None))
        if partner is None or not rows:
            continue
        pairs = [
            (a, b)
            for a, b in zip(ours.pop(partner), others, strict=True)
            if a and b and len(a) == len(b)
        ]
        found[0].update(_columns(source, partner, (a for a, _ in pairs)))
        found[1].update(_columns(target, path, (b for _, b in pairs)))
    return found


def _alike(ours: Lists, others: Lists) -> int:
    return sum(
        bool(a and b) and len(a or ()) == len(b or ()) for a, b in zip(ours, others, strict=True)
    )


def _lists(column: Column) -> Lists:
    return [_list(text) if text else None for text in column.values]


def _list(text: str) -> list[Any] | None:
    try:
        found = json.loads(text, parse_float=str, parse_int=str)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, list) else None


def _columns(side: DraftSide, block: Path, lists: Iterable[list[Any]]) -> dict[Path, Column]:
    items = [item for each in lists for item in each][:MOST_ITEMS]
    return {
        one.path: Column(
            name=str(one.path),
            values=tuple(_text(item, one.path.below(block).names) for item in items),
        )
        for one in fields_below(side.fields, block)
    }


def _text(item: Any, names: tuple[str, ...]) -> str | None:
    """A value as an export has it; numbers as they were written."""
    for name in names:
        item = item.get(name) if isinstance(item, dict) else None
    if isinstance(item, bool):
        return str(item).lower()
    return item if isinstance(item, str) else None
