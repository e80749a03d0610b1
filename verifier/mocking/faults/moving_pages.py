"""While somebody pages, things come and go.

Imitates other people's work. Before a page is cut, the first thing of the list is removed, or one
more is made; whoever counts rows loses a thing or sees one twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from verifier.mocking.fault import Play
from verifier.mocking.making import Place

__all__ = ["Options", "before"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """
    What happens.

    Args:
        act: One thing is removed, or made.
    """

    act: Literal["remove", "create"] = "remove"


def before(play: Play) -> None:
    """Remove the oldest of the caller's, or make a new one like the others."""
    turn, vendor = play.turn, play.vendor
    if turn.operation is None or turn.caller is None:
        return
    kind = vendor.practices.of(turn.operation).kind
    if kind is None:
        return
    rows = [row for row in vendor.state.everyones(kind.name) if row.tenant == turn.caller.tenant]
    if not rows:
        return
    if play.options.act == "remove":
        vendor.state.remove(rows[0])
        return
    like = rows[0]
    path = {name: value for name, value in like.path.items() if name != kind.own}
    place = Place(like.tenant, path, "", turn.caller.name)
    vendor.state.add(vendor.making.make(kind, kind.without_id(like.value), place, turn.now))
