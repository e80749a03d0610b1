"""
A truth value in words or numbers: ``{kind: boolean, "true": [yes], "false": [no]}``.

Any other word is invalid: a text is not true because it is not empty. Null is neither.
"""

from __future__ import annotations

from typing import Any

from verifier.loading.declaration import Anything, Items, Member
from verifier.mapping.kinds.kind import Peer, ValueKind, Way, json_types
from verifier.mapping.nouns import Meaning
from verifier.mapping.shapes import Facts
from verifier.mapping.trouble import Invalid

__all__ = ["KIND"]


def _parse(meaning: Meaning, facts: Facts, peer: Peer) -> Way:
    words = [
        (type(word), word, truth)
        for truth, name in ((True, "true"), (False, "false"))
        for word in meaning.given.get(name, (truth,))
    ]

    def way(value: Any, run: Any) -> bool:
        for kind, word, truth in words:
            if type(value) is kind and value == word:
                return truth
        raise Invalid("is neither of the words for true and false")

    return way


def _write(meaning: Meaning, facts: Facts, peer: Peer) -> Way:
    true = meaning.given.get("true", (True,))[0]
    false = meaning.given.get("false", (False,))[0]
    return lambda value, run: true if value else false


WORDS = Items(Anything())
KIND = ValueKind(
    typed="boolean",
    members={
        "true": Member(kind=WORDS, says="What stands for true; the first is written."),
        "false": Member(kind=WORDS, says="What stands for false; the first is written."),
    },
    parse=_parse,
    write=_write,
    types=json_types("boolean", "string", "integer", "number"),
)
