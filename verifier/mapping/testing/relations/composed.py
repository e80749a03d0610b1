"""An accent in one letter or in two makes no difference, where the contract levels it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from verifier.mapping.edges import Ground
from verifier.mapping.testing.relation import Pair, Relation, alike

__all__ = ["RELATION"]

TEXTS = ("Zoë Ångström", "Café", "Nguyễn Văn A")


def _pairs(ground: Ground) -> Iterator[Pair]:
    for site in ground.texts:
        for text in TEXTS:
            one, two = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
            first, second = (ground.with_values((site.path, t)) for t in (one, two))
            yield Pair(first, second, f"{site.path} is {text!r}, composed and decomposed")


RELATION = Relation(
    says="an accent in one letter or in two makes no difference", pairs=_pairs, holds=alike
)
