"""The courier's rounds, as time flows or as the clock is moved on."""

from __future__ import annotations

import threading
from collections.abc import Callable

from verifier.mocking.webhooks.courier import Courier

__all__ = ["Rounds"]

LOOKS_EVERY_SECONDS = 0.5


class Rounds:
    """
    Delivers what is due, from a thread that lives as long as anything waits.

    Args:
        advance: Moves the mock's clock on by so many seconds.
    """

    def __init__(self, courier: Courier, advance: Callable[[float], float]) -> None:
        self._courier = courier
        self._advance = advance
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._over = False

    def wake(self) -> None:
        """There may be something to deliver."""
        if self._courier.outbox.next_due is None:
            return
        with self._changed:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._go, name="verifier-hooks", daemon=True)
                self._thread.start()
            self._changed.notify()

    def advance(self, seconds: float) -> float:
        """Move the clock on, and deliver what is due on the way at its own time."""
        ends = self._courier.now() + seconds
        while (due := self._courier.outbox.next_due) is not None and due <= ends:
            self._advance(max(0.0, due - self._courier.now()))
            self._courier.deliver()
        return self._advance(max(0.0, ends - self._courier.now()) if seconds >= 0 else seconds)

    def stop(self) -> None:
        """Deliver nothing more."""
        with self._changed:
            self._over = True
            self._changed.notify()

    def _go(self) -> None:
        while not self._over and (due := self._courier.outbox.next_due) is not None:
            wait = due - self._courier.now()
            if wait <= 0:
                self._courier.deliver()
                continue
            with self._changed:
                # The clock may be moved meanwhile, so that it is looked at now and then.
                self._changed.wait(min(wait, LOOKS_EVERY_SECONDS))
