"""Messages that wait: when each is due, and what becomes of it."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from verifier.mocking.webhooks.message import Attempt, Message
from verifier.model import Headers, HookDialect

__all__ = ["Outbox"]

MOST_MESSAGES = 10_000
LONGEST_WAIT_SECONDS = 86_400.0
HERE = ("localhost", "127.0.0.1", "::1")
GONE = 410


class Outbox:
    """
    Keeps messages until they are heard or given up; no input or output happens here.

    Only a 2xx is success. 410 ends the subscription; every other answer, a redirect too, is tried
    again on the dialect's schedule, no earlier than Retry-After asks (Standard Webhooks 1.0.0).

    Args:
        hooks: Gives the functions of a misbehaviour's hook: ``posted``, ``attempted``, ``signed``.
    """

    def __init__(
        self, dialect: HookDialect, seed: int, hooks: Callable[[str], Sequence[Any]]
    ) -> None:
        self.dialect = dialect
        self._posted, self._attempted = hooks("posted"), hooks("attempted")
        self._signed = hooks("signed")
        self.messages: deque[Message] = deque(maxlen=MOST_MESSAGES)
        self.ended: set[str] = set()
        self._waiting: list[Message] = []
        self._seed = seed

    def put(self, message: Message) -> None:
        """Keep a message; it is due at once, unless it is for a host that nothing is sent to."""
        for posted in self._posted:
            if not posted(message):
                return
        self.messages.append(message)
        if not self._reachable(message.url):
            message.state = "kept"
            return
        message.due = message.created + self._wait(message, 0)
        self._waiting.append(message)

    def attempt(self, message: Message) -> None:
        """An attempt is about to be made."""
        for attempted in self._attempted:
            attempted(message)

    def signed(self, message: Message, headers: Headers) -> Headers:
        """The headers of an attempt's signature, as they are sent."""
        for signed in self._signed:
            headers = signed(message, headers)
        return headers

    @property
    def next_due(self) -> float | None:
        """When the next message is due; None where none waits."""
        if not self._waiting:
            return None
        return min((m.due for m in self._waiting if m.due is not None), default=None)

    def due(self, now: float) -> Iterator[Message]:
        """The messages that are due, the longest waiting first."""
        ready = [m for m in self._waiting if m.due is not None and m.due <= now]
        yield from sorted(ready, key=lambda m: m.due or 0.0)

    def settle(
        self, message: Message, now: float, *, status: int = 0, trouble: str = "", after: str = ""
    ) -> None:
        """
        Take note of an attempt.

        Args:
            after: The value of Retry-After in the answer.
        """
        number = len(message.attempts) + 1
        message.attempts.append(Attempt(number=number, moment=now, status=status, trouble=trouble))
        if 200 <= status < 300:
            self._end(message, "delivered")
        elif status == GONE:
            self.ended.add(message.subscription)
            self._end(message, "refused")
        elif number >= len(self.dialect.schedule_seconds):
            self._end(message, "failed")
        else:
            message.due = now + max(self._wait(message, number), _seconds(after))

    def _end(self, message: Message, state: str) -> None:
        message.state, message.due = state, None
        self._waiting.remove(message)

    def _wait(self, message: Message, number: int) -> float:
        wait = self.dialect.schedule_seconds[number]
        spread = random.Random(f"{self._seed}:{message.id}:{number}").random()  # noqa: S311
        return wait * (1 + self.dialect.jitter * spread)

    def _reachable(self, url: str) -> bool:
        try:
            host = urlsplit(url).hostname or ""
        except ValueError:
            return False
        return host in HERE or host in self.dialect.hosts


def _seconds(after: str) -> float:
    """Whole seconds of a Retry-After; 0 where it is a date or garbage."""
    plain = after.strip()
    return min(float(plain), LONGEST_WAIT_SECONDS) if plain.isdecimal() else 0.0
