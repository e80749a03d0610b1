"""What a program said: every line is heard once, the first and the last are kept."""

from __future__ import annotations

import re
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct, field

__all__ = ["Lines"]

LONGEST_BYTES = 8192
MOST_KEPT = 200


class Lines(Struct):
    """
    Hears lines from several threads.

    Args:
        secrets: Name to secret: none of them is kept, and who said one is remembered in
            ``leaked``.
        clean: Takes secrets out of a text.
        wanted: Name to expression: ``heard`` remembers the first line that each was found in.
    """

    secrets: Mapping[str, str]
    clean: Callable[[str], str]
    wanted: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    size_bytes: int = 0
    leaked: set[str] = field(default_factory=set)
    heard: dict[str, str] = field(default_factory=dict)
    _first: list[str] = field(default_factory=list)
    _last: deque[str] = field(default_factory=lambda: deque(maxlen=MOST_KEPT))
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def hear(self, raw: bytes) -> None:
        """A line, or the first part of a very long one."""
        text = raw.decode("utf-8", "replace").rstrip("\r\n")
        with self._changed:
            self.leaked |= {name for name, secret in self.secrets.items() if secret in text}
            shown = self.clean(text)
            for name, pattern in self.wanted.items():
                if name not in self.heard and pattern.search(text):
                    self.heard[name] = shown[:300]
            (self._first if len(self._first) < MOST_KEPT else self._last).append(shown)
            self._changed.notify_all()

    def wait_for(self, name: str, seconds: float) -> bool:
        """Until a line that was wanted is heard, or so much time has passed."""
        with self._changed:
            return self._changed.wait_for(lambda: name in self.heard, seconds)

    @property
    def kept(self) -> Sequence[str]:
        """The first lines, and the last ones."""
        with self._changed:
            return (*self._first, *self._last)

    @property
    def last(self) -> str:
        """The last line that says anything; empty where none does."""
        return next((line[:200] for line in reversed(self.kept) if line.strip()), "")
