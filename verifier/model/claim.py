"""What a vendor says of itself, and what we say of our systems: claims, which are never proof."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field, to_builtins
from msgspec.structs import asdict

from verifier.model.question import Question

__all__ = ["ANSWERS", "Claim", "Claims", "Costs", "Enquiry", "Extent", "Landscape", "Stated"]

ANSWERS = ("yes", "partly", "no", "not-applicable")


class Enquiry(Struct, frozen=True, kw_only=True):
    """
    One item of the questionnaire, put so that yes is the good answer.

    Args:
        id: Names it in ``claims.yaml``.
        question: Of the report's twelve, the one that it belongs to.
        checks: Ids of checks that test what is claimed, ``*`` allowed; empty where none can.
    """

    id: str
    question: Question
    checks: tuple[str, ...] = ()


class Claim(Struct, frozen=True, kw_only=True):
    """
    One answer of the vendor's.

    Args:
        answer: One of ``ANSWERS``.
        says: The vendor's own words.
        link: Where it is written, or shown.
        date: When it was said.
        person: Who said it.
        expires: The last day on which it is taken for an answer; None for ever.
        where: File and line.
    """

    answer: str
    date: datetime.date
    person: str
    says: str = ""
    link: str = ""
    expires: datetime.date | None = None
    where: str = ""

    def holds(self, today: datetime.date) -> bool:
        """Whether it has not run out."""
        return self.expires is None or today <= self.expires

    def as_data(self) -> dict[str, Any]:
        """As JSON values."""
        expires = str(self.expires) if self.expires else None
        return {**asdict(self), "date": str(self.date), "expires": expires}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Claim:
        """From those JSON values."""
        expires = data["expires"]
        return cls(
            **{
                **data,
                "date": datetime.date.fromisoformat(data["date"]),
                "expires": datetime.date.fromisoformat(expires) if expires else None,
            }
        )


class Extent(Struct, frozen=True, kw_only=True):
    """How much is connected: systems, and links (pairs of systems that exchange data)."""

    systems: int
    links: int


class Costs(Struct, frozen=True, kw_only=True):
    """
    What connecting costs, in working days.

    Args:
        link: To build a direct link.
        hub: To choose, buy and set up a hub.
        adapter: To connect one system to the hub.
        upkeep: Share of a link's or an adapter's days that it costs again every year.
        fee: The hub's price of a year, in days.
        years: How far ahead is reckoned.
    """

    link: float = 15
    hub: float = 30
    adapter: float = 8
    upkeep: float = 0.2
    fee: float = 10
    years: float = 3


class Landscape(Struct, frozen=True, kw_only=True):
    """What is to be connected now and later, and what it costs."""

    now: Extent
    planned: Extent
    costs: Costs = field(default_factory=Costs)


class Claims(Struct, frozen=True, kw_only=True):
    """
    All that was said: enquiry to claim, and the landscape where somebody described it.

    Args:
        given: Whether anybody wrote a file of claims at all.
    """

    said: Mapping[str, Claim] = field(default_factory=dict)
    landscape: Landscape | None = None
    given: bool = False

    def as_data(self) -> dict[str, Any]:
        """As JSON values, to be kept with a run."""
        return {
            "said": {id: claim.as_data() for id, claim in self.said.items()},
            "landscape": to_builtins(self.landscape) if self.landscape else None,
            "given": self.given,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Claims:
        """What was kept with a run."""
        told = data.get("landscape")
        return cls(
            said={id: Claim.from_data(one) for id, one in data.get("said", {}).items()},
            landscape=Landscape(
                now=Extent(**told["now"]),
                planned=Extent(**told["planned"]),
                costs=Costs(**told["costs"]),
            )
            if told
            else None,
            given=bool(data.get("given")),
        )


class Stated(Struct, frozen=True, kw_only=True):
    """
    An enquiry with what was said, and what was seen.

    Args:
        asks: The enquiry in words.
        claim: What was said; None where nothing was.
        over: Whether the claim has run out, so that it counts for nothing.
        standing: ``proven``, ``contradicted``, ``declared``, ``failed`` or ``unproven``.
        against: Fingerprints of findings that speak against it.
    """

    enquiry: Enquiry
    asks: str
    standing: str
    claim: Claim | None = None
    over: bool = False
    against: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the vendor still owes an answer: nothing valid was said, and nothing seen."""
        return self.standing == "unproven"
