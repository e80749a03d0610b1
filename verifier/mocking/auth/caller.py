"""Somebody whom the mock knows."""

from __future__ import annotations

from msgspec import Struct

__all__ = ["Caller"]


class Caller(Struct, frozen=True, kw_only=True):
    """Somebody whom the mock knows, or nobody where the name is empty; None scopes hold all."""

    name: str
    tenant: str = ""
    scopes: frozenset[str] | None = None
