"""What every act works with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from msgspec import Struct, field

from verifier.mocking.asked import Asked
from verifier.mocking.english import one_of
from verifier.mocking.hooks import Hooks
from verifier.mocking.kinds import Kind
from verifier.mocking.making import Making
from verifier.mocking.practice import Practices
from verifier.mocking.refusal import Refusal
from verifier.mocking.seeds import Seeds
from verifier.mocking.state import Row, State
from verifier.model import Contract, Draft

__all__ = ["Chosen", "Shop"]


class Chosen(NamedTuple):
    """
    What a list was made of.

    Args:
        draft: The very request; whoever asks the same again gives the same (``Decoder.read``).
        version: Of the state at that time.
    """

    draft: Draft
    tenant: str
    version: int
    rows: list[Row]


class Shop(Struct, frozen=True, kw_only=True):
    """
    The vendor behind the counter.

    Args:
        making: Makes new things.
        seeds: Things that are there from the beginning.
        now: The clock: seconds since the epoch.
        listings, ruled: Operation to how it lists, and to what the vendor says whatever is given;
            worked out when it is first asked.
        chosen: Operation to what it last listed.
    """

    contract: Contract
    state: State
    practices: Practices
    making: Making
    seeds: Seeds
    hooks: Hooks
    now: Callable[[], float]
    listings: dict[str, Any] = field(default_factory=dict)
    ruled: dict[str, frozenset[str]] = field(default_factory=dict)
    chosen: dict[str, Chosen] = field(default_factory=dict)

    def find(self, asked: Asked, kind: Kind) -> Row | None:
        """The thing that the path names, where the caller may know of it."""
        self.seeds.grow(kind, asked)
        path = asked.own_path
        if all(key in path for key in kind.keys):
            return self._at(kind, path, asked.caller.tenant)
        if asked.practice.call is not None and not asked.path and kind.made_up:
            # A call that names none means that of whoever asks.
            return next(iter(self.state.all(kind.name, asked.caller.tenant, {})), None)
        return self._by_last(asked, kind)

    def parent_missing(self, asked: Asked) -> Kind | None:
        """
        The kind of the container that the path names and that is not there; None if all is.

        Where the document offers no way to say so, containers are taken as they come.
        """
        parent = asked.practice.parent
        if parent is None or not parent.creatable or not parent.keys:
            return None
        if asked.operation.response(404) is None:
            return None
        path = asked.parent_path
        if not all(key in path for key in parent.keys):
            return None
        self.seeds.grow(parent, asked)
        return None if self._at(parent, path, asked.caller.tenant) else parent

    def gone(self, kind: Kind) -> Refusal:
        """There is no such thing, or it is none of the caller's business."""
        says = f"There is no {one_of(kind.name)} of this id."
        about = f"{kind.own} {kind.resource.envelope}" if kind.resource.calls else ""
        return Refusal(status=404, code="not_found", says=says, about=about)

    def _at(self, kind: Kind, path: Mapping[str, str], tenant: str) -> Row | None:
        place = "/".join(path[key] for key in kind.around)
        id = path[kind.own] if kind.own else kind.name
        found = self.state.get(kind.name, id, tenant, place)
        if found is not None or not kind.aliases:
            return found
        beside = self.state.all(kind.name, tenant, {key: path[key] for key in kind.around})
        named = (row for row in beside for name in kind.aliases if str(row.value.get(name)) == id)
        return next(named, None)

    def _by_last(self, asked: Asked, kind: Kind) -> Row | None:
        """A thing by the last variable of a path that is not its usual one."""
        if not asked.practice.variables:
            return None
        last = asked.practice.variables[-1]
        wanted = asked.path.get(last, "")
        rows = self.state.all(kind.name, asked.caller.tenant, {})
        if asked.practice.call is not None:
            return next((row for row in rows if wanted and _tells(row.value, last, wanted)), None)
        named = (row for row in rows if wanted in (row.id, str(row.value.get(last, ""))))
        return next(named, None)


def _tells(value: Mapping[str, Any], name: str, wanted: str) -> bool:
    """Whether a thing, or an object in it, has a member of this name and value."""
    if value.get(name) == wanted:
        return True
    return any(inner.get(name) == wanted for inner in value.values() if isinstance(inner, Mapping))
