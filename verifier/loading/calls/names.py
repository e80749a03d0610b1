"""What operations are called: ``/chat.postMessage``, ``/chat/post-message``, ``/postMessage``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from verifier.loading.resources.language import is_verb
from verifier.loading.view import word_set, words
from verifier.model import Operation

__all__ = [
    "CHANGING",
    "MAKING",
    "READING",
    "REMOVING",
    "REOPENING",
    "SEARCHING",
    "TELLING",
    "Name",
    "names_in",
]

MAKING = word_set("add create insert new post put register schedule send upload")
REOPENING = word_set("open start")
"""Verbs that make a thing, or tell the one that there is where it is named."""
READING = word_set("describe fetch find get info lookup read retrieve show view")
REMOVING = word_set("delete destroy remove")
CHANGING = word_set("change edit modify rename set update")
SEARCHING = word_set("search query find")
TELLING = MAKING | REOPENING | READING | CHANGING | SEARCHING | {"list", "history", "replies"}

DOTTED = re.compile(r"/(?P<noun>[A-Za-z]\w*(?:\.\w+)*)\.(?P<deed>[A-Za-z]\w*)")
FILES = word_set("json xml yaml yml html htm txt js css csv pdf png svg ico php aspx")
AROUND = re.compile(r"v\d+(?:\.\d+)?|api|rest|rpc|latest")
"""Segments of a path that are no part of what is called."""
SHARE, LEAST = 0.8, 4
"""How many of a document's operations, and how many at least, say that it is made of calls."""


class Name(NamedTuple):
    """
    What a call is called.

    Args:
        noun: What it is about: ``admin``, ``users``.
        deed: The words of what it does, the verb first.
        sure: Whether the whole document is made of calls, whatever else a path looks like.
    """

    noun: tuple[str, ...]
    deed: tuple[str, ...]
    sure: bool = False


def names_in(operations: Sequence[Operation]) -> list[tuple[Operation, Name]]:
    """The operations that are calls; of names without a dot only where nearly all are such."""
    dotted = [(o, name) for o in operations if (name := _dotted(o.path)) is not None]
    plain = [o for o in operations if "{" not in o.path]
    if dotted or len(plain) < max(LEAST, SHARE * len(operations)):
        return dotted
    spelled = [(o, name) for o in plain if (name := _spelled(o.path)) is not None]
    return spelled if len(spelled) >= max(LEAST, SHARE * len(operations)) else []


def _dotted(path: str) -> Name | None:
    if "." not in path or "{" in path:
        return None
    found = DOTTED.fullmatch(path[path.rfind("/") :])
    if found is None or found["deed"].lower() in FILES:
        return None
    return Name(tuple(found["noun"].split(".")), words(found["deed"]))


def _spelled(path: str) -> Name | None:
    """``/rooms/create`` and ``/createRoom``, whichever way words are joined."""
    whole = path.partition("?")[0].strip("/")
    *nouns, last = [s for s in whole.split("/") if not AROUND.fullmatch(s)] or [""]
    deed = words(last)
    if not deed or (deed[0] not in TELLING and not is_verb(last)):
        return None
    if nouns:
        return Name(tuple(nouns), deed, sure=True)
    return Name(("_".join(deed[1:]),), deed[:1], sure=True) if len(deed) > 1 else None
