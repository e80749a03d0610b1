"""The words that a mock knows, for whoever reads what a user wrote."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from verifier.mocking import presets
from verifier.mocking.limits import telling

__all__ = ["profile_names"]


def profile_names() -> Mapping[str, Collection[str]]:
    """Member of mock.yaml to the names that it may hold."""
    return {"like": tuple(presets.known()), "limit_headers": tuple(telling.known())}
