"""What is watched, and what is announced: once each, whatever happens to the watcher."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from typing import Any, Protocol

from msgspec import Struct, field

from verifier.model.change import Impact

__all__ = ["Announcement", "Certificate", "Channel", "Watched", "announcement_id"]


class Watched(Struct, frozen=True, kw_only=True):
    """
    One vendor that is watched.

    Args:
        name: Unique.
        document: File, folder or address of its document.
        every_seconds: How often it is looked at.
        channels: Names of the channels that hear of it.
        owner: Who acts on it, for people.
        least: The least severe news that is announced.
        used: Recorded runs, or operations, that say what touches us.
        learn: Folders of recorded runs, whose answers are learned from.
        waivers: Files with changes that are accepted.
        policy: Whose published word on compatibility stands beside our verdicts.
        probe: The most requests that a look at the live API may send; 0 for none.
        profile: Folder with a vendor.yaml, for the live look; empty without.
        calendar: File with the versions that the vendor publishes; empty without.
    """

    name: str
    document: str
    every_seconds: float = 6 * 3600.0
    channels: tuple[str, ...] = ()
    owner: str = ""
    least: Impact = Impact.WARNING
    used: tuple[str, ...] = ()
    learn: tuple[str, ...] = ()
    waivers: tuple[str, ...] = ()
    policy: str = ""
    probe: int = 0
    profile: str = ""
    calendar: str = ""


class Certificate(Struct, frozen=True, kw_only=True):
    """
    What a server showed when it was shaken hands with.

    Args:
        host: Where.
        ends: The last day of its certificate; None where none could be read.
        flaw: Why it is not trusted; empty where it is.
    """

    host: str
    ends: datetime.date | None
    flaw: str = ""


class Announcement(Struct, frozen=True, kw_only=True):
    """
    A piece of news.

    Args:
        id: Follows from what happened, so that the same news is never two.
        kind: In one word: ``document-changed``, ``deadline-near``, ``no-news`` ...
        title: One line.
        lines: What else to know, a line each.
        noticed: When it was noticed, in seconds since the epoch.
        due: The day that it is about, where there is one.
        detail: For machines; JSON values.
    """

    id: str
    vendor: str
    kind: str
    severity: Impact
    title: str
    lines: tuple[str, ...] = ()
    noticed: float = 0.0
    due: datetime.date | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)

    @property
    def day(self) -> str:
        """The day on which it was noticed (UTC)."""
        return datetime.datetime.fromtimestamp(self.noticed, datetime.UTC).date().isoformat()


def announcement_id(*facts: object) -> str:
    """Twenty-four hexadecimal digits that follow from what happened."""
    seed = "\n".join(str(fact) for fact in facts)
    return hashlib.sha256(seed.encode("utf-8", "replace")).hexdigest()[:24]


class Channel(Protocol):
    """
    A way to people. It may be asked twice with one announcement (after a crash): its id tells.
    """

    def deliver(self, news: Announcement) -> None:
        """Hand it over; an exception means that it was not, and that it is to be tried again."""
