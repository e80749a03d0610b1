"""Names of people: made of their parts, and taken apart again as well as that can be done."""

from __future__ import annotations

from typing import NamedTuple

from verifier.loading.view import word_set
from verifier.mapping.blanks import SPACES

__all__ = ["PersonName", "full_name", "split_name"]

PARTICLES = word_set(
    "af al av bin da de del della den der di dos du el ibn la le ten ter van von zu zur"
)
SUFFIXES = word_set("jr jr. sr sr. ii iii iv phd ph.d. md m.d. esq esq.")


class PersonName(NamedTuple):
    """What a person is called by friends, and by the family; either may be empty."""

    given: str
    family: str


def full_name(name: PersonName, order: str) -> str:
    """The parts as one text, in the order ``given_family`` or ``family_given``."""
    parts = name if order == "given_family" else reversed(name)
    return " ".join(part for part in parts if part)


def split_name(text: str, order: str) -> PersonName:
    """
    The parts of a full name, by rule and not by knowledge.

    The last word is the family's, with the small particles before it (``van``, ``de la``) and the
    suffix behind it (``Jr.``). A name of one word is the family's: most systems require that one.
    Two family names (García Márquez) cannot be told from a second given name.
    """
    words = SPACES.sub(" ", text).strip().split(" ")
    if order == "family_given":
        return PersonName(" ".join(words[1:]), words[0])
    end = len(words)
    while end > 1 and words[end - 1].lower() in SUFFIXES:
        end -= 1
    start = end - 1
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    return PersonName(" ".join(words[:start]), " ".join(words[start:]))
