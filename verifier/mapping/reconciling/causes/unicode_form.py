"""Only the spelling of accents differs (Unicode NFC or NFD)."""

from __future__ import annotations

from verifier.mapping.reconciling.cause import Cause

__all__ = ["CAUSE"]


def _sql(e: str, x: str) -> str:
    return f"nfc_normalize({e}) = nfc_normalize({x})"


CAUSE = Cause(
    rank=12,
    says="only the Unicode form differs",
    ask="Add nfc to the rule.",
    sql=_sql,
)
