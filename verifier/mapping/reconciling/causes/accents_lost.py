"""Accents are lost."""

from __future__ import annotations

from verifier.mapping.reconciling.cause import Cause

__all__ = ["CAUSE"]


def _sql(e: str, x: str) -> str:
    return f"strip_accents({e}) = strip_accents({x})"


CAUSE = Cause(
    rank=42,
    says="accents are lost",
    ask="Somebody writes ASCII only.",
    sql=_sql,
)
