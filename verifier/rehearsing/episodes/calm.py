"""
The vendor is well.

Without a fault the program must do its whole work; only then can be judged how it takes one. What
it asks for here is what the other episodes aim at.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.rehearsing.episode import episode
from verifier.rehearsing.known import Known
from verifier.rehearsing.take import Take
from verifier.rehearsing.theatre import Theatre

__all__ = ["calm"]


@episode("baseline", "effects-exact", "least-privilege", "token-private")
def calm(known: Known, theatre: Theatre) -> Iterator[Take]:
    """One take, which is known already."""
    yield Take(name="calm")
