"""One case of the catalogue: what goes wrong there, and the records that show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from verifier.mapping.edges.ground import Ground
from verifier.mapping.edges.shots import Hand, Shot

__all__ = ["ORACLES", "Edge"]

ORACLES: Mapping[str, str] = {
    "T": "it answers, and does not crash, hang or die",
    "V": "what it makes is what the target's schema takes",
    "D": "it makes what the contract makes",
    "R": "there and back, what was not changed is unchanged, and it settles",
    "P": "what is missing, unknown, invalid or too long follows the policy",
    "M": "changes that must not matter do not, and changes that must do",
    "X": "each value of a table becomes what its row says",
    "L": "nothing is lost that the contract does not lose",
    "C": "counts and sums are kept",
    "B": "records that are the same thing are found, and no others",
}


class Edge(Struct, frozen=True, kw_only=True, eq=False):
    """
    A case of the catalogue.

    Args:
        number: In the catalogue, from 1 to 100.
        wrong: How it goes wrong, in a sentence.
        oracles: Letters of ``ORACLES``.
        seen: Where it was met; empty where it is common knowledge.
        needs: What a contract must have for it to apply, in words.
        shots: Records for a contract; none where it does not apply.
        hands: Batches for a contract that says how records are matched.
    """

    number: int
    title: str
    wrong: str
    oracles: str
    needs: str
    seen: str = ""
    shots: Callable[[Ground], Iterator[Shot]] | None = None
    hands: Callable[[Ground], Iterator[Hand]] | None = None
