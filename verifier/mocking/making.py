"""New things: their path, their id, and their representation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.mocking.asked import Asked
from verifier.mocking.bodies import Bodies
from verifier.mocking.ids import Ids
from verifier.mocking.kinds import Kind
from verifier.mocking.links import full_names, item_path, links_of
from verifier.mocking.molds import Mold
from verifier.mocking.practice import Practices
from verifier.mocking.state import Row

__all__ = ["Making", "Place"]

NAMES = ("login", "name", "slug", "id", "key", "username", "handle", "uuid")


class Place:
    """
    Where a thing is made, and for whom.

    Args:
        tenant: Whose it will be.
        path: Variables of the path at which it is made, with their values.
        base: Address of the mock, for links.
        handle: What the caller is called where a path asks for an owner.
    """

    __slots__ = ("base", "handle", "path", "tenant")

    def __init__(self, tenant: str, path: Mapping[str, str], base: str, handle: str) -> None:
        self.tenant = tenant
        self.path = path
        self.base = base
        self.handle = handle

    @classmethod
    def of(cls, asked: Asked, kind: Kind) -> Place:
        """Where a request makes a thing of a kind."""
        path: dict[str, str] = {}
        if asked.path:
            path = {**asked.path, **asked.own_path}
            variable = asked.practice.places.get(kind.own, "")
            if variable not in kind.aliases:
                path.pop(variable, None)
            path.pop(kind.own, None)
        return cls(asked.caller.tenant, path, asked.base, asked.handle)


class Making:
    """Makes things."""

    def __init__(self, bodies: Bodies, ids: Ids, practices: Practices) -> None:
        self._bodies = bodies
        self._ids = ids
        self._practices = practices
        self._molds: dict[str, Mold] = {}

    def make(
        self,
        kind: Kind,
        says: Mapping[str, Any],
        place: Place,
        now: float,
        id: Any = None,
    ) -> Row:
        """
        A new row, which nobody keeps yet.

        Args:
            says: What was given.
            id: Its id; None takes a new one.
        """
        if id is None and (kind.own or (not kind.keys and kind.id_path)):
            id = self._ids.new(kind)
        told = dict(says) if id is None else kind.with_id(says, id)
        mold = self.mold(kind)
        if mold is not None and place.path:
            around = place.path
            if kind.resource.calls:
                around = {**{f"{name}_id": value for name, value in around.items()}, **around}
            told |= {k: v for k, v in mold.renamed(around).items() if k not in told}
        value, sound = mold.fill(told, now) if mold is not None else (told, False)
        shown = kind.id_in(value)
        shown = id if shown is None else shown
        path = self._path(kind, value, place, "" if shown is None else str(shown))
        if mold is not None:
            linked = self._linked(mold, kind, value, says, place, path)
            sound, value = sound or linked is not value, linked
        return Row(
            resource=kind.name,
            id=path.get(kind.own, "") if kind.own else _plain_id(kind, shown),
            tenant=place.tenant,
            path=path,
            value=value,
            place="/".join([path[key] for key in kind.around]) if kind.around else "",
            proved=value if sound else None,
        )

    def like(self, kind: Kind) -> Any:
        """An id as things of a kind have it, which nothing is given."""
        return self._ids.like(kind)

    def addresses(self, kind: Kind, candidate: Any) -> bool:
        """Whether an id may stand in the path of its thing."""
        return self._ids.addresses(kind, candidate)

    def mold(self, kind: Kind) -> Mold | None:
        """The form of things of a kind; None where the document has no schema for them."""
        if kind.item is None:
            return None
        known = self._molds.get(kind.name)
        if known is None:
            given = self._practices.given(kind)
            known = self._molds[kind.name] = Mold(
                kind.item, kind.resource, given, self._bodies, kind.shown
            )
        return known

    def _path(self, kind: Kind, value: Mapping[str, Any], place: Place, id: str) -> dict[str, str]:
        """The values of its own path's variables, and of those where it was made."""
        path = dict(place.path)
        if kind.own:
            path[kind.own] = id
        for key in kind.around:
            if key not in path:
                spare = [v for k, v in place.path.items() if k not in kind.keys]
                path[key] = _named(value.get(key)) or (spare[0] if spare else place.handle)
        return path

    def _linked(
        self,
        mold: Mold,
        kind: Kind,
        value: dict[str, Any],
        says: Mapping[str, Any],
        place: Place,
        path: Mapping[str, str],
    ) -> dict[str, Any]:
        if kind.resource.calls or (not mold.links and len(kind.keys) < 2):
            return value
        links = links_of(mold.links, says, place.base, item_path(kind, path))
        links |= full_names(kind, value, says, path)
        linked = {**value, **links}
        return linked if links and mold.accepts(linked) else value


def _plain_id(kind: Kind, shown: Any) -> str:
    if kind.single:
        return kind.name
    return "" if shown is None else str(shown)


def _named(value: Any) -> str:
    """How a nested thing is called in a path: ``octocat`` of ``{"login": "octocat"}``."""
    if isinstance(value, Mapping):
        return next((str(value[n]) for n in NAMES if isinstance(value.get(n), (str, int))), "")
    return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
