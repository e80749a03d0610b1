"""
Mail, Slack, Teams, Telegram and a hundred others, through Apprise (``vendor-verifier[apprise]``).

Its addresses (``mailto://``, ``slack://`` ...) hold credentials, so they are given by reference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from verifier.errors import ConfigError
from verifier.loading.declaration import Member, Secret
from verifier.model import Announcement, Impact, Reveal
from verifier.watching.wording import as_text

__all__ = ["FIELDS", "KIND", "build"]

KIND = "apprise"
FIELDS = {
    "url": Member(kind=Secret(), says="Reference to Apprise's address.", required=True),
}
TYPES = {Impact.BREAKING: "failure", Impact.WARNING: "warning", Impact.INFO: "info"}


class AppriseChannel:
    """
    Apprise knows no ids, and nobody can be asked: the id stands in the last line.

    After a crash at the wrong moment a message comes twice with one id.
    """

    def __init__(self, url: Callable[[], str]) -> None:
        self._url = url

    def deliver(self, news: Announcement) -> None:
        """Hand it to Apprise."""
        try:
            import apprise  # an extra
        except ImportError:
            raise ConfigError(
                "Apprise is not installed", mend="pip install 'vendor-verifier[apprise]'"
            ) from None
        sender = apprise.Apprise()
        if not sender.add(self._url()):
            raise ConfigError("Apprise does not know this kind of address")
        kind = TYPES[news.severity]
        # A message without a text is refused by Apprise, and news may be all in its title.
        text = f"{as_text(news) or news.title}\n({news.id})"
        if not sender.notify(title=news.title, body=text, notify_type=kind):
            raise ConnectionError("Apprise could not deliver it")


def build(given: Mapping[str, Any], *, folder: Path, reveal: Reveal) -> AppriseChannel:
    """The address is looked up when it is needed, and kept nowhere."""
    return AppriseChannel(lambda: reveal(given["url"]))
