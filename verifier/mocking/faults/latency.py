"""The answer comes late.

Imitates a vendor under load, or one that is far away. What was asked is done all the same, so a
client that gives up early and asks again finds it done, or still being done (``at: work``).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from msgspec.structs import replace

from verifier.mocking.fault import Play, bounded
from verifier.wire import Answer, Delivery

__all__ = ["Options", "after", "before"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """
    How late.

    Args:
        seconds: Always (fixed), at most (uniform), on average (exponential), or half of the time
            (lognormal).
        distribution: How the delays are spread.
        spread: Of the lognormal distribution: sigma of the logarithm; 1 gives long tails.
        most_seconds: Longer delays are cut to this.
        at: The answer is late, or the work before it takes so long: then the idempotency key is in
            use for as long.
    """

    seconds: float = bounded(1.0, most=3600)
    distribution: Literal["fixed", "uniform", "exponential", "lognormal"] = "fixed"
    spread: float = bounded(0.5, most=3)
    most_seconds: float = bounded(60.0, most=3600)
    at: Literal["answer", "work"] = "answer"


def before(play: Play) -> None:
    """Take long."""
    if play.options.at == "work":
        play.turn.takes_seconds += _seconds(play)


def after(play: Play, answer: Answer) -> Answer:
    """Wait before the first byte."""
    if play.options.at == "work":
        return answer
    return replace(answer, delivery=Delivery(wait_seconds=_seconds(play)))


def _seconds(play: Play) -> float:
    options: Options = play.options
    match options.distribution:
        case "uniform":
            drawn = play.rng.uniform(0, options.seconds)
        case "exponential":
            drawn = play.rng.expovariate(1 / options.seconds) if options.seconds else 0.0
        case "lognormal":
            drawn = options.seconds * math.exp(play.rng.gauss(0, options.spread))
        case _:
            return options.seconds
    return min(drawn, options.most_seconds)
