"""Somebody whom the mock knows."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Caller"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Somebody whom the mock knows, or nobody where the name is empty; None scopes hold all."""

    name: str
    tenant: str = ""
    scopes: frozenset[str] | None = None
