"""The next page is named in a way that no client could make up, or stands at another host.

Imitates cursors with signs that an address must escape, links with a parameter of their own, and a
vendor that moves its lists. Whoever follows what is given gets every page; whoever builds the next
address out of what it knows does not (RFC 8288, 3.3). The mark follows a cursor, which still leads
to its page without it, or is a parameter ``snapshot`` of the link.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from msgspec.structs import replace

from verifier.mocking.fault import Play
from verifier.mocking.outcome import Listed
from verifier.mocking.paging import NEXT_MARK
from verifier.mocking.rewording import reworded
from verifier.wire import Answer

__all__ = ["Options", "after", "decided"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """
    How.

    Args:
        by: A mark in it, or another host before it.
        origin: That host, where the list tells links.
    """

    by: Literal["mark", "host"] = "mark"
    origin: str = "http://127.0.0.1:9"


def decided(play: Play) -> None:
    """Mark the way to the next page."""
    decision = play.turn.decision
    if play.options.by != "mark" or not isinstance(decision, Listed) or not decision.page.more:
        return
    page, token = decision.page, decision.pager.token
    onward = dict(page.turns["next"])
    if token:
        onward[token] += NEXT_MARK
    else:
        onward["snapshot"] = NEXT_MARK
    told = replace(page, turns={**page.turns, "next": onward})
    play.turn.decision = replace(decision, page=told)


def after(play: Play, answer: Answer) -> Answer:
    """Lead elsewhere."""
    asked = play.turn.asked
    if play.options.by != "host" or asked is None:
        return answer
    path = asked.incoming.target.partition("?")[0] + "?"
    here, there = asked.base + path, play.options.origin + path
    headers = tuple(
        (name, value.replace(f"<{here}", f"<{there}") if name.lower() == "link" else value)
        for name, value in answer.headers
    )
    return replace(reworded(answer, lambda body: _led(body, here, there)), headers=headers)


def _led(value: Any, here: str, there: str) -> Any:
    """A body in which every address of the list is another host's."""
    if isinstance(value, dict):
        return {name: _led(member, here, there) for name, member in value.items()}
    led = isinstance(value, str) and value.startswith(here)
    return there + value.removeprefix(here) if led else value
