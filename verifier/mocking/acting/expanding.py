"""References that are told as the things that they refer to, where that was asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from verifier.mocking.asked import Asked
from verifier.mocking.english import words
from verifier.mocking.kinds import Kinds
from verifier.mocking.kinds.kind import Kind
from verifier.mocking.kinds.schemas import members_of, types
from verifier.mocking.state import State
from verifier.mocking.telling import Teller

__all__ = ["Expanding"]

NAMES = frozenset(("expand", "expands", "include", "embed", "expandfields"))
MOST = 20


class Expanding:
    """Puts things in place of their ids, where the schema allows either."""

    def __init__(self, kinds: Kinds, state: State, teller: Teller) -> None:
        self._kinds = kinds
        self._state = state
        self._teller = teller

    def wanted(self, asked: Asked) -> list[str]:
        """The members that a request wants expanded, as far as it may."""
        if not any(map(_is_wish, asked.draft.query)) and not any(map(_is_wish, asked.body)):
            return []
        return list(_wanted(asked))[:MOST]

    def expanded(self, asked: Asked, kind: Kind, value: Any, wanted: Sequence[str]) -> Any:
        """A thing with what is wanted in place of its id."""
        if not isinstance(value, Mapping):
            return value
        made = dict(value)
        for name in wanted:
            other = self._thing(asked, kind, name, made.get(name))
            if other is not None:
                made[name] = other
        return made

    def _thing(self, asked: Asked, kind: Kind, name: str, id: Any) -> Any:
        member = members_of(kind.item).get(name)
        target = next(
            (r.resource for r in kind.resource.references if r.field.strip("/") == name), ""
        )
        other = self._kinds.named(target) if target else None
        if other is None or not isinstance(id, str) or "object" not in types(member):
            return None
        row = self._state.get(other.name, id, asked.caller.tenant)
        return self._teller.tell(other, row, other.item) if row is not None else None


@lru_cache(maxsize=1024)
def _is_wish(name: str) -> bool:
    return "".join(words(name)) in NAMES


def _wanted(asked: Asked) -> Iterator[str]:
    """The members that a request wants expanded; of ``data.customer`` the last."""
    said = (*asked.draft.query.items(), *asked.body.items())
    for name, told in said:
        if not _is_wish(name):
            continue
        for one in told if isinstance(told, list) else str(told).split(","):
            yield str(one).rpartition(".")[2].strip()
