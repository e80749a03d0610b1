"""A direct link or a hub: reckoned from what is to be connected, with every figure named."""

from __future__ import annotations

import math
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from verifier.catalogue import Catalogue
from verifier.model import Answer, Costs, Extent, Landscape

__all__ = ["advised"]

CLOSE = 0.15


class _Reckoning(Struct, frozen=True):
    """Days over the years reckoned, for links and for a hub; and from how many links a hub pays."""

    direct: float
    hub: float
    pays_from: int

    @property
    def is_close(self) -> bool:
        """Whether the figures are too near to each other to decide by them."""
        return abs(self.direct - self.hub) <= CLOSE * min(self.direct, self.hub)


def _reckon(extent: Extent, costs: Costs) -> _Reckoning:
    kept = 1 + costs.upkeep * costs.years
    link = costs.link * kept
    hub = costs.hub + costs.fee * costs.years + extent.systems * costs.adapter * kept
    return _Reckoning(
        direct=extent.links * link,
        hub=hub,
        pays_from=math.floor(hub / link) + 1 if link else 0,
    )


def advised(answer: Answer, landscape: Landscape | None, say: Catalogue) -> Answer:
    """The answer to the question of topology; as it was, where nobody said what is connected."""
    if landscape is None:
        return answer
    now = _reckon(landscape.now, landscape.costs)
    later = _reckon(landscape.planned, landscape.costs)
    choice = "direct" if later.direct <= later.hub else "hub"
    if choice == "hub" and now.direct <= now.hub:
        choice = "later"
    return replace(
        answer,
        answer="partly" if later.is_close else "yes",
        standing="declared",
        says=say(
            f"topology.{choice}",
            systems=landscape.planned.systems,
            links=landscape.planned.links,
            pays=later.pays_from,
        ),
        ask=(),
        build=(say(f"topology.build-{choice}", pays=later.pays_from),),
        because=tuple(_because(landscape, now, later, say)),
        supply=(),
    )


def _because(
    landscape: Landscape, now: _Reckoning, later: _Reckoning, say: Catalogue
) -> Iterator[str]:
    costs = landscape.costs
    for name, extent, found in (
        ("now", landscape.now, now),
        ("planned", landscape.planned, later),
    ):
        yield say(
            f"topology.{name}",
            systems=extent.systems,
            links=extent.links,
            direct=say.number(found.direct),
            hub=say.number(found.hub),
            years=f"{costs.years:g}",
        )
    yield say("topology.even", pays=later.pays_from, systems=landscape.planned.systems)
    yield say(
        "topology.figures",
        link=f"{costs.link:g}",
        hub=f"{costs.hub:g}",
        adapter=f"{costs.adapter:g}",
        upkeep=say.percent(costs.upkeep),
        fee=f"{costs.fee:g}",
    )
    if later.is_close:
        yield say("topology.close")
    yield say("topology.beyond")
