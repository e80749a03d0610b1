"""As much English as it takes to see that ``invoices``, ``invoice.paid`` and ``payment`` belong."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["alike", "one_of", "singular", "word_set", "words"]

PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
ENDINGS = ("ments", "ment", "ations", "ation", "ings", "ing", "ions", "ion", "als", "al", "led")
IRREGULAR = {"paid": "pay", "sent": "send", "held": "hold", "lost": "lose", "won": "win"}
SHORTEST_STEM = 3
SYNONYMS = (
    frozenset(("created", "opened", "added", "new", "received", "inserted", "registered")),
    frozenset(("updated", "edited", "changed", "modified")),
    frozenset(("deleted", "removed", "destroyed")),
)


def word_set(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


@lru_cache(maxsize=8192)
def words(name: str) -> tuple[str, ...]:
    """The words of a name, however they are joined, in lower case."""
    return tuple(part.lower() for part in PARTS.findall(name))


def one_of(name: str) -> str:
    """What one thing of a resource is called: of ``v1.sticker-packs`` a ``sticker-pack``."""
    return singular(name.rpartition(".")[2])


@lru_cache(maxsize=8192)
def singular(word: str) -> str:
    """``invoices`` is ``invoice``, ``addresses`` is ``address``, ``companies`` is ``company``."""
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=8192)
def alike(first: str, second: str) -> bool:
    """Whether two words say the same thing done: ``pay`` and ``paid``, ``void`` and ``VOIDED``."""
    one, two = first.lower(), second.lower()
    if one == two or any(one in group and two in group for group in SYNONYMS):
        return True
    one, two = _stem(one), _stem(two)
    return one == two and len(one) >= SHORTEST_STEM


def _stem(word: str) -> str:
    """What is left of a word without its endings."""
    word = IRREGULAR.get(word, word)
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            word = word[: -len(ending)]
            break
    else:
        if word.endswith("ed") and len(word) - 2 >= SHORTEST_STEM:
            word = word[:-2]
            if word[-1] == word[-2] and word[-1] not in "ls":
                # stopped, shipped, submitted; but not processed
                word = word[:-1]
    return word.rstrip("e").rstrip("l") if len(word) > SHORTEST_STEM else word
