"""Things that are there from the beginning: those that the API lets nobody make."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from verifier.mocking.asked import Asked
from verifier.mocking.kinds import Kind
from verifier.mocking.making import Making, Place
from verifier.mocking.state import EVERYBODY, State

__all__ = ["Seeds"]

USUAL_NUMBER = 3


@dataclass(slots=True)
class Seeds:
    """
    Grows rows where somebody looks for them, always the same ones.

    Args:
        given: Kind's name to the things that somebody wrote down; those are there whatever the
            API makes.
        number: How many are made up in each place.
    """

    state: State
    making: Making
    now: Callable[[], float]
    given: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    number: int = USUAL_NUMBER
    _grown: set[tuple[str, str, str]] = field(default_factory=set)

    def grow(self, kind: Kind, asked: Asked) -> None:
        """See to it that what is there from the beginning is there, where a request looks."""
        if not kind.made_up and kind.name not in self.given:
            return
        own = asked.practice.kind is kind
        told = asked.own_path if own else {k: v for k, v in asked.path.items() if k in kind.keys}
        path = {**asked.path, **told}
        path.pop(asked.practice.places.get(kind.own, "") if own else "", None)
        path.pop(kind.own, None)
        tenant = asked.caller.tenant if kind.single else EVERYBODY
        around = "/".join(path.get(key, "") for key in kind.around)
        mark = (kind.name, tenant, around)
        if mark in self._grown:
            return
        self._grown.add(mark)
        place = Place(tenant, path, asked.base, asked.handle)
        written = self.given.get(kind.name, ())
        for says in written:
            self._put(kind, says, place)
        if kind.made_up and not written:
            for _ in range(1 if kind.single else self.number):
                self._put(kind, {}, place)

    def _put(self, kind: Kind, says: Mapping[str, Any], place: Place) -> None:
        id = says.get(kind.resource.id_field) if kind.resource.id_field else None
        self.state.put(self.making.make(kind, says, place, self.now(), id))
