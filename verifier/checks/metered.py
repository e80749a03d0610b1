"""The smallest vendor with a limit that it tells truly and keeps to."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from verifier.checks.scoped import SCOPED, STAFF, Office
from verifier.model import Request, Response

__all__ = ["METERED", "Metered"]

QUOTA, WINDOW_SECONDS = 24, 10.0
METERED = SCOPED


class Metered(Office):
    """Lets so many requests of each customer through in every window; the first begins it."""

    now: Callable[[], float] = staticmethod(lambda: 0.0)

    def __init__(self) -> None:
        super().__init__()
        self.spent: dict[Any, int] = {}
        self.began: float | None = None

    def answer(self, request: Request) -> Response:
        """Count, refuse what is too much, and tell what is left on every answer."""
        key = (self.whose(request), int(self.passed() // WINDOW_SECONDS))
        self.spent[key] = self.spent.get(key, 0) + 1
        left = self.quota() - self.spent[key]
        if left < 0:
            return self.beyond(request)
        done = super().answer(request)
        told = self.told(QUOTA - self.spent[key])
        return Response(status=done.status, headers=(*done.headers, *told), body=done.body)

    def whose(self, request: Request) -> str:
        """Whose quota a request spends."""
        return STAFF.get(request.header("authorization") or "", ("nobody", frozenset()))[0]

    def quota(self) -> int:
        """How many are let through."""
        return QUOTA

    def passed(self) -> float:
        """Seconds since the first request."""
        if self.began is None:
            self.began = self.now()
        return self.now() - self.began

    def resets_in(self) -> int:
        """Whole seconds until the window ends."""
        return math.ceil(WINDOW_SECONDS - self.passed() % WINDOW_SECONDS)

    def told(self, left: int) -> tuple[tuple[str, str], ...]:
        """What every answer tells (draft-ietf-httpapi-ratelimit-headers-11)."""
        return (
            ("RateLimit-Policy", f'"default";q={QUOTA};w={WINDOW_SECONDS:.0f}'),
            ("RateLimit", f'"default";r={max(0, left)};t={self.resets_in()}'),
        )

    def beyond(self, request: Request) -> Response:
        """What is said to whoever asks too often."""
        return self.problem(429, "Too many", ("Retry-After", str(self.resets_in())))
