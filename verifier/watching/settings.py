"""watch.yaml: whom to watch, how often, and whom to tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from verifier import loading, walk
from verifier.errors import ConfigError, UsageError
from verifier.loading.declaration import (
    Choice,
    Items,
    MapOf,
    Member,
    Number,
    Record,
    Secret,
    Text,
    Variants,
)
from verifier.loading.setting import open_settings
from verifier.model import Impact, SecretReference, Watched
from verifier.watching import channels as folder
from verifier.watching.deadlines import THRESHOLDS

__all__ = ["NAME", "Settings", "channel_kinds", "read_settings", "spanned", "watch_schema"]

NAME = "watch.yaml"
SPAN = r"(?=[\d.]*[1-9])\d+(?:\.\d+)?\s*[smhdw]"
SECONDS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0, "w": 604800.0}
EVERY = Text(pattern=SPAN, wants="a span such as 30m, 6h or 1d")
DEFAULT_CHANNEL = "announcements"
HOME = ".verifier"


class Settings(Struct, frozen=True, kw_only=True):
    """
    What watch.yaml says, or what is assumed without one.

    Args:
        folder: Where relative paths start.
        state: The watcher's memory: a file, or the address of a PostgreSQL database.
        channels: Name to the settings of a channel.
        ping: Address that is called after each round; a reference, for it is a secret.
        calendar, feed, page: Files that are written after each round; empty for none.
    """

    folder: Path
    state: str
    subjects: tuple[Watched, ...]
    channels: Mapping[str, Mapping[str, Any]]
    thresholds: tuple[int, ...] = THRESHOLDS
    heartbeat_days: float = 7.0
    heartbeat_channels: tuple[str, ...] = ()
    ping: SecretReference | None = None
    calendar: str = ""
    feed: str = ""
    page: str = ""
    workers: int = 8

    @property
    def library(self) -> Path:
        """Where editions are kept: beside the memory, or here where that is a server's."""
        beside = Path(self.state).parent if "://" not in self.state else self.folder / HOME
        return beside / "editions"


@cache
def channel_kinds() -> dict[str, ModuleType]:
    """Word to module of every kind of channel, ours and other people's."""
    return {m.KIND: m for m in walk.modules(folder, group="verifier.channels")}


VENDOR = Record(
    {
        "document": Member(kind=Text(), says="Its document: path beside this file, or address."),
        "every": Member(kind=EVERY, says="How often it is looked at."),
        "channels": Member(kind=Items(Text()), says="Which channels hear of it."),
        "owner": Member(kind=Text(), says="Who acts on it."),
        "least": Member(
            kind=Choice(("breaking", "warning", "info")),
            says="The least severe changes that are announced.",
        ),
        "used": Member(
            kind=Items(Text()), says="Recorded runs, or operations: what says that it touches us."
        ),
        "learn": Member(
            kind=Items(Text()), says="Folders of recorded runs: their answers are learned from."
        ),
        "waivers": Member(kind=Items(Text()), says="Files with changes that are accepted."),
        "policy": Member(kind=Text(), says="Vendor whose own word stands beside our verdicts."),
        "probe": Member(
            kind=Number(least=0, whole=True),
            says="The most harmless requests that a look at its API may send; none if left out.",
        ),
        "calendar": Member(kind=Text(), says="File with the versions that it publishes."),
    }
)


def _watch() -> Record:
    kinds = {kind: Record(module.FIELDS) for kind, module in channel_kinds().items()}
    channel = Variants(tag="kind", says="how it reaches people", records=kinds)
    return Record(
        {
            "every": Member(kind=EVERY, says="How often a vendor is looked at; 6h if left out."),
            "state": Member(
                kind=Text(), says="The watcher's memory: a file of its own, or postgresql://."
            ),
            "channels": Member(kind=MapOf(kind=channel), says="Ways to people, by name."),
            "default": Member(
                kind=Items(Text()), says="Channels of vendors that name none; all if left out."
            ),
            "thresholds": Member(
                kind=Items(Number(least=0, whole=True)),
                says="Days before an end at which it is told again: 90, 30, 7, 1.",
            ),
            "heartbeat": Member(
                kind=EVERY, says="After which time without news to say so; 7d if left out."
            ),
            "heartbeat_channels": Member(
                kind=Items(Text()), says="Who is told that there is no news; default's if left out."
            ),
            "ping": Member(
                kind=Secret(),
                says="Reference to an address that is called after each round (a dead man's"
                " switch, such as healthchecks.io): it notices when we fall silent.",
            ),
            "calendar": Member(kind=Text(), says="File for ends, as iCalendar."),
            "feed": Member(kind=Text(), says="File for news, as Atom."),
            "page": Member(kind=Text(), says="File for all of it, as a page."),
            "workers": Member(
                kind=Number(least=1, whole=True), says="Vendors looked at at a time; 8."
            ),
            "vendors": Member(kind=MapOf(kind=VENDOR), says="Vendors, by name."),
        }
    )


def watch_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of watch.yaml."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": NAME,
        "description": "Whom to watch, how often, and whom to tell.",
        **_watch().schema(),
    }


def read_settings(specs: Path, config: Path | None = None) -> Settings:
    """
    What to watch: every vendor in a folder of vendors, and those that watch.yaml names.

    Args:
        specs: The folder; each folder in it with a vendor.yaml or a document is a vendor.
        config: A watch.yaml; ``watch.yaml`` in ``specs`` where None and it exists.

    Raises:
        ConfigError: A file cannot be used as written, or there is nothing to watch.
    """
    path = config or specs / NAME
    given: dict[str, Any] = {}
    if config is not None or path.is_file():
        given = _watch().read(open_settings(path, beginning="channels: {}"))
    home = path.parent
    channels = dict(given.get("channels", {}))
    if not channels:
        channels[DEFAULT_CHANNEL] = {"kind": "file", "folder": DEFAULT_CHANNEL}
    default = _known(given.get("default", tuple(channels)), channels, path)
    subjects = {s.name: s for s in _found(specs, given, default)}
    for name, own in given.get("vendors", {}).items():
        subjects[name] = _subject(name, own, given, default, subjects.get(name), home, path)
        _known(subjects[name].channels, channels, path)
    if not subjects:
        raise ConfigError(
            "there is no vendor to watch",
            where=str(specs),
            mend=f"Put a folder with a document or a vendor.yaml there, or name vendors in {NAME}.",
        )
    return Settings(
        folder=home,
        state=_beside(home, given.get("state", f"{HOME}/watch.sqlite")),
        subjects=tuple(sorted(subjects.values(), key=lambda s: s.name)),
        channels=channels,
        thresholds=tuple(sorted(given.get("thresholds", THRESHOLDS), reverse=True)),
        heartbeat_days=_seconds(given.get("heartbeat", "7d")) / SECONDS["d"],
        heartbeat_channels=_known(given.get("heartbeat_channels", default), channels, path),
        ping=given.get("ping"),
        calendar=given.get("calendar", ""),
        feed=given.get("feed", ""),
        page=given.get("page", ""),
        workers=int(given.get("workers", 8)),
    )


def spanned(settings: Settings, every: str) -> Settings:
    """
    The same, with every vendor looked at so often.

    Raises:
        UsageError: It is no span.
    """
    if not re.fullmatch(SPAN, every.strip()):
        raise UsageError(f"'{every}' is no span of time", mend="Write 30m, 6h or 1d.")
    seconds = _seconds(every)
    subjects = tuple(replace(subject, every_seconds=seconds) for subject in settings.subjects)
    return replace(settings, subjects=subjects)


def _found(specs: Path, given: Mapping[str, Any], default: tuple[str, ...]) -> Iterator[Watched]:
    for home in loading.vendor_folders(specs):
        yield Watched(
            name=home.name,
            document=loading.document_of(home),
            every_seconds=_seconds(given.get("every", "6h")),
            channels=default,
            profile=str(home) if (home / "vendor.yaml").is_file() else "",
        )


def _subject(
    name: str,
    own: Mapping[str, Any],
    given: Mapping[str, Any],
    default: tuple[str, ...],
    found: Watched | None,
    home: Path,
    path: Path,
) -> Watched:
    if not re.fullmatch(r"[A-Za-z0-9][\w.-]{0,80}", name):
        raise ConfigError(
            f"'{name[:80]}' is no name for a vendor",
            where=str(path),
            mend="Use letters, digits, dots and dashes: it names folders and files.",
        )
    document = own.get("document")
    if document is None and found is None:
        raise ConfigError(
            f"which document does '{name}' have?",
            where=str(path),
            mend=f"Name it: 'document:', or make the folder '{name}'.",
        )
    return Watched(
        name=name,
        document=_beside(home, document) if document else (found.document if found else ""),
        every_seconds=_seconds(own.get("every", given.get("every", "6h"))),
        channels=tuple(own.get("channels", default)),
        owner=own.get("owner", ""),
        least=Impact(own.get("least", "warning")),
        used=tuple(one if " /" in one else str(home / one) for one in own.get("used", ())),
        learn=tuple(str(home / one) for one in own.get("learn", ())),
        waivers=tuple(str(home / one) for one in own.get("waivers", ())),
        policy=own.get("policy", ""),
        probe=int(own.get("probe", 0)),
        profile=found.profile if found else "",
        calendar=str(home / own["calendar"]) if "calendar" in own else "",
    )


def _beside(home: Path, document: str) -> str:
    return document if "://" in document or document.startswith("git:") else str(home / document)


def _known(names: tuple[str, ...], channels: Mapping[str, Any], path: Path) -> tuple[str, ...]:
    for name in names:
        if name not in channels:
            raise ConfigError(
                f"there is no channel '{name}'",
                where=str(path),
                mend=f"Known: {', '.join(channels)}.",
            )
    return tuple(names)


def _seconds(span: str) -> float:
    number, unit = span.strip()[:-1], span.strip()[-1]
    return float(number) * SECONDS[unit]
