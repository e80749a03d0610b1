"""
The vendor tells of events as vendors do, and as somebody does who is not the vendor.

Twice, in the wrong order, hours late, many at once, while the program is down; with a signature of
a secret that is being changed; and forged, altered, unsigned, or played again a day later. It is
judged by what the program does with them, not by what it answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from verifier.rehearsing.episode import episode
from verifier.rehearsing.known import Known
from verifier.rehearsing.mailman import Mailman
from verifier.rehearsing.scene import Scene
from verifier.rehearsing.take import Take
from verifier.rehearsing.theatre import Theatre

__all__ = ["webhooks"]

DAY_SECONDS = 86_400.0
BURST = 24
TIMED = ("standard", "stripe")  # they hold a time, and may hold several signatures
OTHER_SECRET = "whsec_c29tZWJvZHktZWxzZS1zb21lYm9keS1lbHNl"  # noqa: S105  (a forger's)
UNKNOWN = "something.of_a_later_release"
OLDER, NEWER = "1", "2"


@episode(
    "forged-refused",
    "stale-refused",
    "duplicate-once",
    "order-safe",
    "rotation-survived",
    "late-accepted",
    "unknown-event-accepted",
    "burst-survived",
    "missed-recovered",
    "answers-in-time",
    otherwise="its file names no receiver of webhooks",
)
def webhooks(known: Known, theatre: Theatre) -> Iterator[Take]:
    """One take for each way."""
    if theatre.integration.receiver is None:
        return
    ways: dict[str, Callable[[Scene], None]] = {
        "forged-refused": forged,
        "stale-refused": stale,
        "duplicate-once": twice,
        "order-safe": reordered,
        "rotation-survived": rotated,
        "late-accepted": late,
        "unknown-event-accepted": unknown,
        "burst-survived": burst,
    }
    for shown, way in ways.items():
        yield Take(name=way.__name__, scripts=(), direct=way, shows=(shown, "answers-in-time"))
    shows = ("missed-recovered",)
    yield Take(name="down", scripts=((),), before=missed, direct=recovered, shows=shows)


def forged(scene: Scene) -> None:
    """Signed by somebody else, altered on the way, not signed at all; then a good one."""
    mailman = Mailman(scene)
    mailman.deliver("signed by another", *mailman.compose(), secret=OTHER_SECRET)
    message, thing = mailman.compose()
    altered = message.body.replace(thing.encode(), thing[::-1].encode())
    mailman.deliver("altered", message, thing[::-1], body=altered)
    mailman.deliver("unsigned", *mailman.compose(), signed=False)
    mailman.deliver("good", *mailman.compose())


def stale(scene: Scene) -> None:
    """A genuine delivery of yesterday, played again."""
    mailman = Mailman(scene)
    yesterday = scene.mock.clock.now() - DAY_SECONDS
    scene.facts["timestamped"] = scene.mock.vendor.seal.scheme in TIMED
    mailman.deliver("stale", *mailman.compose(), moment=yesterday)
    mailman.deliver("good", *mailman.compose())


def twice(scene: Scene) -> None:
    """The same event again, as after an answer that was lost; signed anew."""
    mailman = Mailman(scene)
    message, thing = mailman.compose()
    mailman.deliver("first", message, thing)
    mailman.deliver("again", message, thing, moment=scene.mock.clock.now() + 1.0)


def reordered(scene: Scene) -> None:
    """What happened later is told first."""
    mailman = Mailman(scene)
    older, thing = mailman.compose(**_at(OLDER))
    newer, _ = mailman.compose(thing=thing, **_at(NEWER))
    mailman.deliver("newer", newer, thing, mark=f"note-{NEWER}")
    mailman.deliver("older", older, thing, mark=f"note-{OLDER}")


def rotated(scene: Scene) -> None:
    """The secret is being changed: signed with both."""
    mailman = Mailman(scene)
    scene.facts["several"] = scene.mock.vendor.seal.scheme in TIMED
    mailman.deliver("rotated", *mailman.compose(), also=OTHER_SECRET)


def late(scene: Scene) -> None:
    """It happened hours ago, and is delivered only now."""
    mailman = Mailman(scene)
    message, thing = mailman.compose(updated_at="2026-01-01T00:00:00Z")
    mailman.deliver("late", message, thing)


def unknown(scene: Scene) -> None:
    """An event of a type that came with a later release."""
    mailman = Mailman(scene)
    mailman.deliver("unknown", *mailman.renamed(*mailman.compose(), UNKNOWN))


def burst(scene: Scene) -> None:
    """Many at once."""
    mailman = Mailman(scene)
    messages = [mailman.compose() for _ in range(BURST)]
    state = mailman.deliver_together(messages)
    scene.facts["lost"] = [thing for _, thing in messages if thing not in state]


def missed(scene: Scene) -> None:
    """It happens while the program is down; nobody will tell it again."""
    mailman = Mailman(scene)
    _, thing = mailman.compose()
    scene.facts["missed"] = thing


def recovered(scene: Scene) -> None:
    """Whether it has found out by itself, after it was started and told to work."""
    mailman = Mailman(scene)
    scene.facts["found"] = mailman.sees(str(scene.facts["missed"]))


def _at(number: str) -> dict[str, Any]:
    return {"note": f"note-{number}", "updated_at": f"2026-11-0{number}T10:00:00Z"}
