"""A whole number in a contract, negative ones included."""

from __future__ import annotations

from verifier.loading.declaration import Number

__all__ = ["WHOLE"]

WHOLE = Number(least=-1_000_000, whole=True)
