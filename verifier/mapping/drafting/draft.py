"""A draft from beginning to end: two documents in, a contract's text and its effort out."""

from __future__ import annotations

import tempfile
from pathlib import Path as FilePath

from msgspec import Struct

from verifier.loading import Allowance
from verifier.mapping.analysis import Analysis, analyse
from verifier.mapping.drafting.choosing import chosen
from verifier.mapping.drafting.drafting import propose
from verifier.mapping.drafting.exports import laid_side_by_side
from verifier.mapping.drafting.proposal import Proposal
from verifier.mapping.drafting.side import DraftSide
from verifier.mapping.drafting.writing import written
from verifier.mapping.opening import open_mapping

__all__ = ["Draft", "draft"]


class Draft(Struct, frozen=True, kw_only=True):
    """
    A contract that somebody has still to finish.

    Args:
        text: The ``*.mapping.yaml``.
        analysis: What the analysis says of it: its effort, and what cannot be right yet.
        paired: How many rows of exports were paired; None without exports.
    """

    text: str
    source: DraftSide
    target: DraftSide
    proposal: Proposal
    analysis: Analysis
    paired: int | None = None


def draft(
    one: str,
    other: str,
    *,
    beside: FilePath,
    exports: tuple[FilePath, FilePath] | None = None,
    two_way: bool = False,
    allow: Allowance = Allowance(),  # noqa: B008  (frozen)
) -> Draft:
    """
    Propose a contract.

    Args:
        one, other: Documents, with or without the schema: ``shop.yaml#Order``.
        beside: The folder in which the contract will lie; paths in it start there.
        exports: Records of both, of the same time; rows that are the same thing are paired.

    Raises:
        DocumentError, ConfigError: A file cannot be read, or has no such schema.
        UsageError: Exports are given, and DuckDB is not installed.
    """
    source, target = chosen(one, other, beside=beside, allow=allow)
    paired, key = None, ""
    if exports is not None:
        joined = laid_side_by_side(source, target, exports)
        source, target, paired, key = joined.source, joined.target, joined.rows, joined.key
    found = propose(source, target, key=key)
    text = written(found, source, target, two_way=two_way)
    return Draft(
        text=text,
        source=source,
        target=target,
        proposal=found,
        analysis=_analysed(text, beside, allow),
        paired=paired,
    )


def _analysed(text: str, beside: FilePath, allow: Allowance) -> Analysis:
    """What the analysis says, before the contract lies where it will."""
    with tempfile.NamedTemporaryFile(
        "w", dir=beside, prefix=".draft-", suffix=".mapping.yaml", encoding="utf-8"
    ) as file:
        file.write(text)
        file.flush()
        return analyse(open_mapping(file.name, allow=allow))
