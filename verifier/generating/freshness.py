"""Members that must not be the same twice, told apart by a number."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from typing import Any

from verifier.model import escape
from verifier.sampling.names import words
from verifier.sampling.places import placed

__all__ = ["STAMP", "Freshness", "stamped"]

Mark = Callable[[int], str]

# In a fixture: replaced by a number that no other request of the run has.
STAMP = "{fresh}"
UNIQUE = frozenset(
    ("name", "email", "mail", "title", "slug", "code", "reference", "login", "username", "handle")
) | frozenset(
    ("number", "domain", "label", "subject", "sku", "key", "identifier", "nickname", "alias")
)
# Last words of a name that are unique only after one of these: ``external_id``, ``client_id``.
OUR_IDS = frozenset(("external", "client", "custom", "own", "correlation", "idempotency"))
DEEPEST = 2
# As short and as long as serials are.
MEASURES = (1, 999_999)
MOST_MEMBERS = 40
UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
PERSON = frozenset(("first", "last", "given", "family", "country", "currency", "zip", "postal"))


def stamped(value: Any, serial: int) -> Any:
    """A fixture with ``{fresh}`` replaced; everything else stays as the user wrote it."""
    if isinstance(value, str):
        return value.replace(STAMP, str(serial))
    if isinstance(value, list):
        return [stamped(item, serial) for item in value]
    if isinstance(value, dict):
        return {name: stamped(member, serial) for name, member in value.items()}
    return value


class Freshness:
    """
    One body whose names, addresses and codes carry a number, where it stays valid with it.

    Args:
        allows: Whether a changed body is still valid.
        spared: What stays as it is: pointers.
    """

    def __init__(
        self, body: Any, allows: Callable[[Any], bool], *, spared: Collection[str]
    ) -> None:
        self.body = body
        self._marks: list[tuple[str, Mark]] = []
        for pointer, held in list(_unique(body, "", 0))[:MOST_MEMBERS]:
            if pointer in spared:
                continue
            for mark in _marks(held):
                if all(allows(placed(body, pointer, mark(serial))) for serial in MEASURES):
                    self._marks.append((pointer, mark))
                    break
        if not allows(self.of(MEASURES[-1])):
            self._marks.clear()

    def of(self, serial: int) -> Any:
        """The body that no other serial has."""
        body = self.body
        for pointer, mark in self._marks:
            body = placed(body, pointer, mark(serial))
        return body


def _unique(value: Any, pointer: str, depth: int) -> Iterator[tuple[str, Any]]:
    if not isinstance(value, dict) or depth > DEEPEST:
        return
    for name, member in value.items():
        inner = f"{pointer}/{escape(str(name))}"
        if isinstance(member, dict):
            yield from _unique(member, inner, depth + 1)
        elif isinstance(member, str) and (_is_unique(str(name)) or UUID.fullmatch(member)):
            yield inner, member


def _is_unique(name: str) -> bool:
    parts = words(name)
    if not parts or PERSON & set(parts):
        return False
    return parts[-1] in UNIQUE or (parts[-1] == "id" and bool(OUR_IDS & set(parts)))


def _marks(text: str) -> Iterator[Mark]:
    """Ways of putting a number into a text, the most readable first."""
    if UUID.fullmatch(text):
        yield lambda serial: f"{text[:24]}{serial:012x}"
        return
    if "@" in text:
        user, _, host = text.partition("@")
        yield lambda serial: f"{user}{serial}@{host}"
        return
    yield lambda serial: f"{text} {serial}" if " " in text else f"{text}-{serial}"
    yield lambda serial: f"{text}{serial}"
    yield lambda serial: f"{text[: -len(str(serial))]}{serial}"
