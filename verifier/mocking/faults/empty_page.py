"""A page in the middle of a list is empty, and says that the list goes on.

Imitates filters that are applied after a page was cut. Nothing is lost: its next page is the one
that should have come, under another cursor. The first page of a list is left as it is.
"""

from __future__ import annotations

from msgspec.structs import replace

from verifier.mocking.fault import Play
from verifier.mocking.outcome import Listed

__all__ = ["decided"]


def decided(play: Play) -> None:
    """Tell nothing, and lead to the same page again."""
    turn = play.turn
    if isinstance(turn.decision, Listed) and turn.decision.page.here:
        page, token = turn.decision.page, turn.decision.pager.token
        onward = {name: f"{v}~" if name == token else v for name, v in page.here.items()}
        told = replace(page, rows=(), turns={**page.turns, "next": onward})
        turn.decision = replace(turn.decision, page=told)
