"""
Take the given or the family name out of a full one: ``{name_part: family}``.

By rule, and not by knowledge: the last word is the family's, with the particles before it (van, de
la) and a suffix behind it (Jr.); a name of one word is the family's. Some names come out wrong.
"""

from __future__ import annotations

from verifier.loading.declaration import Choice
from verifier.mapping.naming import split_name
from verifier.mapping.operations.operation import Nature, Operation, Step
from verifier.mapping.trouble import Missing

__all__ = ["OPERATION"]


def _make(part: str) -> Step:
    def step(text: str) -> str:
        name = split_name(text, "given_family")
        found = name.given if part == "given" else name.family
        if not found:
            raise Missing(f"there is no {part} name in it")
        return found

    return step


OPERATION = Operation(
    nature=Nature.LOSSY,
    takes=("text",),
    gives="text",
    argument=Choice(("given", "family")),
    needs_argument=True,
    make=_make,
    reason="name taken apart",
)
