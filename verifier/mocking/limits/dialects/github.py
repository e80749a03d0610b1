"""GitHub: ``used`` and ``resource`` beside the usual three, in lower case (docs.github.com)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from verifier.mocking.limits.reading import Reading
from verifier.model import Headers

__all__ = ["tell"]


def tell(readings: Sequence[Reading], now: float) -> Headers:
    """The tightest quota; the policy's name is the resource."""
    tight = min(readings, key=lambda r: r.remaining)
    return (
        ("x-ratelimit-limit", str(tight.quota)),
        ("x-ratelimit-remaining", str(tight.remaining)),
        ("x-ratelimit-reset", str(math.ceil(now + tight.reset_seconds))),
        ("x-ratelimit-used", str(tight.used)),
        ("x-ratelimit-resource", tight.rule.name),
    )
