"""
The watcher's memory, in which state and news change together or not at all.

What is announced rests on three rules. News is written in the same transaction as the state that it
follows from, so that a crash loses both or neither. Its id follows from what happened, so that to
notice it again changes nothing. It leaves through an outbox, whose rows go only when a channel has
taken them, so that a failed delivery is tried again and never lost.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import orjson
from msgspec import Struct

from verifier.databases import Database, opened
from verifier.errors import ConfigError
from verifier.model import Announcement, Lesson, Medium, Sighting
from verifier.watching.records import (
    dump_news,
    dump_sighting,
    key_of,
    load_news,
    load_sighting,
)

__all__ = ["Pending", "Store", "open_store"]

VERSION = 2
TABLES = (
    "vendors (name TEXT PRIMARY KEY, data {blob} NOT NULL)",
    "pins (vendor TEXT, digest TEXT, first {real}, last {real}, PRIMARY KEY (vendor, digest))",
    "editions (vendor TEXT, digest TEXT, data {blob} NOT NULL, PRIMARY KEY (vendor, digest))",
    "sightings (vendor TEXT, key TEXT, medium TEXT, data {blob} NOT NULL, first TEXT, last TEXT,"
    " PRIMARY KEY (vendor, key))",
    "looked (vendor TEXT, medium TEXT, day TEXT, PRIMARY KEY (vendor, medium))",
    "beats (vendor TEXT, operation TEXT, time {real}, status INTEGER)",
    "lessons (vendor TEXT, operation TEXT, status TEXT, path TEXT, trait TEXT, times INTEGER,"
    " first TEXT, last TEXT, PRIMARY KEY (vendor, operation, status, path, trait))",
    "told (vendor TEXT, what TEXT, PRIMARY KEY (vendor, what))",
    "news (number {number}, id TEXT NOT NULL UNIQUE, vendor TEXT, kind TEXT, noticed {real},"
    " data {blob} NOT NULL)",
    "outbox (news TEXT, channel TEXT, attempts INTEGER NOT NULL DEFAULT 0, due {real},"
    " delivered {real}, error TEXT NOT NULL DEFAULT '', PRIMARY KEY (news, channel))",
    "facts (name TEXT PRIMARY KEY, data {blob} NOT NULL)",
)
INDEX = "CREATE INDEX IF NOT EXISTS beats_of ON beats (vendor, operation, time)"
REMEMBERED_DAYS = 400  # of single answers


class Pending(Struct, frozen=True, kw_only=True):
    """News that a channel has not taken yet."""

    news: Announcement
    channel: str
    attempts: int
    error: str


@contextmanager
def open_store(state: str | Path) -> Iterator[Store]:
    """
    The memory, made where there is none, for this process alone.

    Args:
        state: A file, or an address such as ``postgresql://host/name``.

    Raises:
        ConfigError: Another watcher holds it, it is of a newer version, or cannot be used.
    """
    with opened(state) as database:
        store = Store(database)
        store.prepare(str(state))
        yield store


class Store:
    """Reads and writes the watcher's memory; writes belong into ``together``."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._do = database.do

    def prepare(self, where: str) -> None:
        """Make what is not there yet; ConfigError where a newer verifier has been at work."""
        words = self._database
        with self.together():
            for table in TABLES:
                named = table.format(blob=words.blob, real=words.real, number=words.number)
                self._do(f"CREATE TABLE IF NOT EXISTS {named}")
            self._do(INDEX)
            version = self.fact("version") or VERSION
            self.keep_fact("version", max(version, VERSION))
        if version > VERSION:
            raise ConfigError(
                f"the state was written by a newer verifier (version {version}, we know {VERSION})",
                where=where.rpartition("@")[2],
                mend="Upgrade vendor-verifier.",
            )

    @property
    def shared(self) -> bool:
        """Whether other machines can reach it."""
        return self._database.shared

    def together(self) -> AbstractContextManager[None]:
        """What is written in the block counts as a whole, or, after an error or a crash, not."""
        return self._database.together()

    def vendor(self, name: str) -> dict[str, Any]:
        """What is remembered of a vendor; empty at first."""
        row = self._do("SELECT data FROM vendors WHERE name=:name", name=name).first
        return orjson.loads(row[0]) if row else {}

    def keep_vendor(self, name: str, data: Mapping[str, Any]) -> None:
        """Remember it."""
        self._do(
            "INSERT INTO vendors (name, data) VALUES (:name, :data)"
            " ON CONFLICT (name) DO UPDATE SET data=excluded.data",
            name=name,
            data=orjson.dumps(data),
        )

    def pinned(self, vendor: str, digest: str, now: float) -> None:
        """Note that an edition was seen."""
        self._do(
            "INSERT INTO pins (vendor, digest, first, last) VALUES (:vendor, :digest, :now, :now)"
            " ON CONFLICT (vendor, digest) DO UPDATE SET last=excluded.last",
            vendor=vendor,
            digest=digest,
            now=now,
        )

    def pins(self, vendor: str) -> list[tuple[str, float, float]]:
        """Digest, first and last time of every edition, in order."""
        rows = self._do(
            "SELECT digest, first, last FROM pins WHERE vendor=:vendor ORDER BY first",
            vendor=vendor,
        ).rows
        return [(str(digest), float(first), float(last)) for digest, first, last in rows]

    def keep_edition(self, vendor: str, digest: str, parcel: bytes) -> None:
        """Keep an edition where other machines find it."""
        self._do(
            "INSERT INTO editions (vendor, digest, data) VALUES (:vendor, :digest, :data)"
            " ON CONFLICT (vendor, digest) DO UPDATE SET data=excluded.data",
            vendor=vendor,
            digest=digest,
            data=parcel,
        )

    def edition(self, vendor: str, digest: str) -> bytes:
        """An edition that was kept so; empty where it was not."""
        row = self._do(
            "SELECT data FROM editions WHERE vendor=:vendor AND digest=:digest",
            vendor=vendor,
            digest=digest,
        ).first
        return bytes(row[0]) if row else b""

    def saw(self, vendor: str, sighting: Sighting) -> None:
        """Remember a sign; the same sign again moves only the day on which it was last seen."""
        self._do(
            "INSERT INTO sightings (vendor, key, medium, data, first, last)"
            " VALUES (:vendor, :key, :medium, :data, :day, :day) ON CONFLICT (vendor, key) DO"
            " UPDATE SET last=CASE WHEN sightings.last > excluded.last"
            " THEN sightings.last ELSE excluded.last END",
            vendor=vendor,
            key=key_of(sighting),
            medium=sighting.medium.value,
            data=dump_sighting(sighting),
            day=sighting.seen.isoformat(),
        )

    def repeated(self, vendor: str, media: Iterable[Medium], day: datetime.date) -> None:
        """What the document said the last time it says still: it is the same document."""
        for medium in media:
            self._do(
                "UPDATE sightings SET last=:day WHERE vendor=:vendor AND medium=:medium AND last="
                "(SELECT day FROM looked WHERE vendor=:vendor AND medium=:medium)",
                day=str(day),
                vendor=vendor,
                medium=medium.value,
            )

    def looked(self, vendor: str, medium: Medium, day: datetime.date) -> None:
        """Note that a medium was looked at as a whole."""
        self._do(
            "INSERT INTO looked (vendor, medium, day) VALUES (:vendor, :medium, :day)"
            " ON CONFLICT (vendor, medium) DO UPDATE SET day=excluded.day",
            vendor=vendor,
            medium=medium.value,
            day=str(day),
        )

    def sightings(self, vendor: str) -> list[Sighting]:
        """Every sign, on the first and on the last day on which it was seen."""
        rows = self._do(
            "SELECT data, first, last FROM sightings WHERE vendor=:vendor ORDER BY key",
            vendor=vendor,
        ).rows
        return [
            load_sighting(data, day)
            for data, first, last in rows
            for day in dict.fromkeys((first, last))
        ]

    def last_looks(self, vendor: str) -> dict[Medium, datetime.date]:
        """Medium to the day on which it was last looked at as a whole."""
        rows = self._do("SELECT medium, day FROM looked WHERE vendor=:vendor", vendor=vendor).rows
        return {Medium(medium): datetime.date.fromisoformat(day) for medium, day in rows}

    def beat(self, vendor: str, operation: str, time: float, status: int) -> None:
        """Remember one answer of an operation; those of more than a year ago are forgotten."""
        self._do(
            "INSERT INTO beats (vendor, operation, time, status)"
            " VALUES (:vendor, :operation, :time, :status)",
            vendor=vendor,
            operation=operation,
            time=time,
            status=status,
        )
        self._do(
            "DELETE FROM beats WHERE vendor=:vendor AND operation=:operation AND time<:before",
            vendor=vendor,
            operation=operation,
            before=time - REMEMBERED_DAYS * 86400.0,
        )

    def beats(self, vendor: str, operation: str) -> list[tuple[float, int]]:
        """Time and status of an operation's answers, in order."""
        rows = self._do(
            "SELECT time, status FROM beats WHERE vendor=:vendor AND operation=:operation"
            " ORDER BY time",
            vendor=vendor,
            operation=operation,
        ).rows
        return [(float(time), int(status)) for time, status in rows]

    def lessons(self, vendor: str) -> list[Lesson]:
        """All that was learned of a vendor's answers."""
        rows = self._do(
            "SELECT operation, status, path, trait, times, first, last FROM lessons"
            " WHERE vendor=:vendor",
            vendor=vendor,
        ).rows
        return [Lesson(*row) for row in rows]

    def keep_lessons(self, vendor: str, lessons: Iterable[Lesson]) -> None:
        """Remember what was learned, in place of what was known of the same."""
        self._database.many(
            "INSERT INTO lessons (vendor, operation, status, path, trait, times, first, last)"
            " VALUES (:vendor, :operation, :status, :path, :trait, :times, :first, :last)"
            " ON CONFLICT (vendor, operation, status, path, trait) DO UPDATE"
            " SET times=excluded.times, last=excluded.last",
            [{"vendor": vendor, **lesson._asdict()} for lesson in lessons],
        )

    def tell_once(self, vendor: str, what: str) -> bool:
        """Whether something is told for the first time; it is remembered."""
        done = self._do(
            "INSERT INTO told (vendor, what) VALUES (:vendor, :what) ON CONFLICT DO NOTHING",
            vendor=vendor,
            what=what,
        )
        return done.written > 0

    def told(self, vendor: str) -> set[str]:
        """All that was told once."""
        rows = self._do("SELECT what FROM told WHERE vendor=:vendor", vendor=vendor).rows
        return {str(what) for (what,) in rows}

    def announce(self, news: Announcement, channels: tuple[str, ...]) -> bool:
        """Put news into the outbox of its channels; news that is known already changes nothing."""
        done = self._do(
            "INSERT INTO news (id, vendor, kind, noticed, data)"
            " VALUES (:id, :vendor, :kind, :noticed, :data) ON CONFLICT DO NOTHING",
            id=news.id,
            vendor=news.vendor,
            kind=news.kind,
            noticed=news.noticed,
            data=dump_news(news),
        )
        if done.written <= 0:
            return False
        for channel in channels:
            self._do(
                "INSERT INTO outbox (news, channel, due) VALUES (:news, :channel, :due)"
                " ON CONFLICT DO NOTHING",
                news=news.id,
                channel=channel,
                due=news.noticed,
            )
        return True

    def pending(self, now: float) -> list[Pending]:
        """What is due to be delivered, the oldest first."""
        rows = self._do(
            "SELECT n.data, o.channel, o.attempts, o.error FROM outbox o JOIN news n ON n.id=o.news"
            " WHERE o.delivered IS NULL AND o.due<=:now ORDER BY n.number, o.channel",
            now=now,
        ).rows
        return [
            Pending(news=load_news(data), channel=channel, attempts=attempts, error=error)
            for data, channel, attempts, error in rows
        ]

    def undelivered(self) -> int:
        """How many deliveries are still to be made, due or not."""
        row = self._do("SELECT count(*) FROM outbox WHERE delivered IS NULL").first
        return int(row[0]) if row else 0

    def delivered(self, news: str, channel: str, now: float) -> None:
        """A channel has taken it."""
        self._do(
            "UPDATE outbox SET delivered=:now, error='' WHERE news=:news AND channel=:channel",
            now=now,
            news=news,
            channel=channel,
        )

    def failed(self, news: str, channel: str, again: float, error: str) -> None:
        """A channel has not taken it; it is to be tried again."""
        self._do(
            "UPDATE outbox SET attempts=attempts+1, due=:again, error=:error"
            " WHERE news=:news AND channel=:channel",
            again=again,
            error=error[:500],
            news=news,
            channel=channel,
        )

    def news(self, *, since: float = 0.0, most: int = 500) -> list[Announcement]:
        """What was announced, the latest first."""
        rows = self._do(
            "SELECT data FROM news WHERE noticed>=:since ORDER BY number DESC LIMIT :most",
            since=since,
            most=most,
        ).rows
        return [load_news(data) for (data,) in rows]

    def fact(self, name: str) -> Any:
        """Something remembered of the watcher itself; None where there is nothing."""
        row = self._do("SELECT data FROM facts WHERE name=:name", name=name).first
        return orjson.loads(row[0]) if row else None

    def keep_fact(self, name: str, data: Any) -> None:
        """Remember it."""
        self._do(
            "INSERT INTO facts (name, data) VALUES (:name, :data)"
            " ON CONFLICT (name) DO UPDATE SET data=excluded.data",
            name=name,
            data=orjson.dumps(data),
        )
