"""One kind of difference: what it does to the set of accepted values, and where that misleads."""

from __future__ import annotations

from msgspec import Struct

from verifier.model import Edit, Impact, Movement, Side

__all__ = ["AUDIENCES", "Departure", "Rule", "derive"]

AUDIENCES = ("wire", "client", "sdk", "docs")

Sides = tuple[Side, Movement]
HARMLESS: dict[Sides, str] = {
    (Side.REQUEST, Movement.WIDER): "everything that could be sent still can",
    (Side.RESPONSE, Movement.NARROWER): "answers stay within what was to be expected",
    (Side.REQUEST, Movement.EQUAL): "the same can be sent as before",
    (Side.RESPONSE, Movement.EQUAL): "the same can be answered as before",
    (Side.NONE, Movement.EQUAL): "no value on the wire is concerned",
}
HARMFUL: dict[Sides, str] = {
    (Side.REQUEST, Movement.NARROWER): "what could be sent may now be refused",
    (Side.RESPONSE, Movement.WIDER): "answers may hold what was never to be expected",
    (Side.REQUEST, Movement.INCOMPARABLE): "some of what could be sent may now be refused",
    (Side.RESPONSE, Movement.INCOMPARABLE): "some answers are no longer what was to be expected",
}


class Departure(Struct, frozen=True):
    """An exception to what the movement says, never without its reason."""

    impact: Impact
    reason: str


class Rule(Struct, frozen=True, kw_only=True):
    """
    One kind of difference; its severity follows from ``moves`` and from who sends the values.

    Args:
        name: Within its family, whose file it stands in.
        moves: How the set of accepted values moves.
        says: What it is about, in one sentence, for the table of rules.
        request: The exception where the client sends the values (or nobody does).
        response: The exception where the vendor does.
        undecided: Containment is not proved either way; a witness makes it break.
        audience: The least demanding profile that is told at all.
    """

    name: str
    edit: Edit
    moves: Movement
    says: str
    request: Departure | None = None
    response: Departure | None = None
    undecided: bool = False
    audience: str = "wire"

    def departure(self, side: Side) -> Departure | None:
        """The exception for a side."""
        return self.response if side is Side.RESPONSE else self.request


def derive(rule: Rule, side: Side, *, negated: bool = False) -> Departure:
    """
    How severe a difference is, and why: from how the set moved and who sends the values.

    A client breaks where it may no longer send what it sends (requests narrower) and where it is
    sent what it never had to expect (answers wider). Sets of which neither holds the other break
    both ways. Exceptions stand with their rules; inside ``not`` they are not trusted.
    """
    moves = rule.moves.inverse if negated else rule.moves
    exception = rule.departure(side)
    if exception is not None and not negated:
        return exception
    if exception is not None or rule.undecided:
        return Departure(Impact.WARNING, "which of the two allows more is not decided")
    harmless = HARMLESS.get((side, moves))
    if harmless is not None:
        return Departure(Impact.INFO, harmless)
    return Departure(Impact.BREAKING, HARMFUL.get((side, moves), "what was promised is gone"))
