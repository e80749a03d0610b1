"""
The watcher's memory: one SQLite file, in which state and news change together or not at all.

What is announced rests on three rules. News is written in the same transaction as the state that it
follows from, so that a crash loses both or neither. Its id follows from what happened, so that to
notice it again changes nothing. It leaves through an outbox, whose rows go only when a channel has
taken them, so that a failed delivery is tried again and never lost.
"""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from verifier.errors import ConfigError
from verifier.model import Announcement, Confidence, Impact, Medium, Milestone, Sighting, Signal

__all__ = ["Pending", "Store", "open_store"]

VERSION = 1
TABLES = """
CREATE TABLE vendors (name TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE pins (vendor TEXT, digest TEXT, first REAL, last REAL, PRIMARY KEY (vendor, digest));
CREATE TABLE sightings (vendor TEXT, key TEXT, medium TEXT, data BLOB NOT NULL, first TEXT,
  last TEXT, PRIMARY KEY (vendor, key)) WITHOUT ROWID;
CREATE TABLE looked (vendor TEXT, medium TEXT, day TEXT, PRIMARY KEY (vendor, medium));
CREATE TABLE beats (vendor TEXT, operation TEXT, time REAL, status INTEGER);
CREATE INDEX beats_of ON beats (vendor, operation, time);
CREATE TABLE told (vendor TEXT, what TEXT, PRIMARY KEY (vendor, what)) WITHOUT ROWID;
CREATE TABLE news (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, vendor TEXT, kind TEXT,
  noticed REAL, data BLOB NOT NULL);
CREATE TABLE outbox (news TEXT, channel TEXT, attempts INTEGER NOT NULL DEFAULT 0, due REAL,
  delivered REAL, error TEXT NOT NULL DEFAULT '', PRIMARY KEY (news, channel));
CREATE TABLE facts (name TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """News that a channel has not taken yet."""

    news: Announcement
    channel: str
    attempts: int
    error: str


@contextmanager
def open_store(path: Path) -> Iterator[Store]:
    """
    The memory in a file, made where there is none, for this process alone.

    Raises:
        ConfigError: Another watcher holds it, it is of a newer version, or cannot be written.
    """
    lock = _lock(path)
    try:
        connection = _opened(path)
        try:
            yield Store(connection)
        finally:
            connection.close()
    finally:
        lock.close()


def _lock(path: Path) -> sqlite3.Connection:
    """A transaction held open on an empty database: the system gives it back when we are killed."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(
            path.with_name(path.name + ".lock"), isolation_level=None, timeout=0
        )
    except (OSError, sqlite3.Error) as error:
        raise _unusable(path, error) from error
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        connection.close()
        if "locked" not in str(error):
            raise _unusable(path, error) from error
        raise ConfigError(
            "another watcher is at work with this state",
            where=str(path),
            mend="Let it finish, or name another --state.",
        ) from error
    return connection


def _opened(path: Path) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version == 0:
            connection.executescript(f"BEGIN;{TABLES}PRAGMA user_version={VERSION};COMMIT")
    except sqlite3.Error as error:
        raise _unusable(path, error) from error
    if version > VERSION:
        connection.close()
        raise ConfigError(
            f"the state was written by a newer verifier (version {version}, we know {VERSION})",
            where=str(path),
            mend="Upgrade vendor-verifier.",
        )
    return connection


def _unusable(path: Path, error: Exception) -> ConfigError:
    return ConfigError(
        f"the watcher's state cannot be used: {error}",
        where=str(path),
        mend="Is the disk full, or the folder read-only? Name another --state.",
    )


class Store:
    """Reads and writes the watcher's memory; writes belong into ``together``."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._do = connection.execute

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is written in the block counts as a whole, or, after an error or a crash, not."""
        self._do("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._do("ROLLBACK")
            raise
        self._do("COMMIT")

    def vendor(self, name: str) -> dict[str, Any]:
        """What is remembered of a vendor; empty at first."""
        row = self._do("SELECT data FROM vendors WHERE name=?", (name,)).fetchone()
        return orjson.loads(row[0]) if row else {}

    def keep_vendor(self, name: str, data: Mapping[str, Any]) -> None:
        """Remember it."""
        self._do("INSERT OR REPLACE INTO vendors VALUES (?, ?)", (name, orjson.dumps(data)))

    def pinned(self, vendor: str, digest: str, now: float) -> None:
        """Note that an edition was seen."""
        self._do(
            "INSERT INTO pins VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET last=excluded.last",
            (vendor, digest, now, now),
        )

    def pins(self, vendor: str) -> list[tuple[str, float, float]]:
        """Digest, first and last time of every edition, in order."""
        rows = self._do(
            "SELECT digest, first, last FROM pins WHERE vendor=? ORDER BY first", (vendor,)
        )
        return list(rows)

    def saw(self, vendor: str, sighting: Sighting) -> None:
        """Remember a sign; the same sign again moves only the day on which it was last seen."""
        day = sighting.seen.isoformat()
        self._do(
            "INSERT INTO sightings VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET last=max(last, excluded.last)",
            (vendor, _key(sighting), sighting.medium.value, _dump(sighting), day, day),
        )

    def repeated(self, vendor: str, media: Iterable[Medium], day: datetime.date) -> None:
        """What the document said the last time it says still: it is the same document."""
        for medium in media:
            self._do(
                "UPDATE sightings SET last=?1 WHERE vendor=?2 AND medium=?3 AND last="
                "(SELECT day FROM looked WHERE vendor=?2 AND medium=?3)",
                (str(day), vendor, medium.value),
            )

    def looked(self, vendor: str, medium: Medium, day: datetime.date) -> None:
        """Note that a medium was looked at as a whole."""
        self._do("INSERT OR REPLACE INTO looked VALUES (?, ?, ?)", (vendor, medium.value, str(day)))

    def sightings(self, vendor: str) -> list[Sighting]:
        """Every sign, on the first and on the last day on which it was seen."""
        rows = self._do("SELECT data, first, last FROM sightings WHERE vendor=?", (vendor,))
        return [
            _load(data, day) for data, first, last in rows for day in dict.fromkeys((first, last))
        ]

    def last_looks(self, vendor: str) -> dict[Medium, datetime.date]:
        """Medium to the day on which it was last looked at as a whole."""
        rows = self._do("SELECT medium, day FROM looked WHERE vendor=?", (vendor,))
        return {Medium(medium): datetime.date.fromisoformat(day) for medium, day in rows}

    def beat(self, vendor: str, operation: str, time: float, status: int) -> None:
        """Remember one answer of an operation."""
        self._do("INSERT INTO beats VALUES (?, ?, ?, ?)", (vendor, operation, time, status))

    def beats(self, vendor: str, operation: str) -> list[tuple[float, int]]:
        """Time and status of an operation's answers, in order."""
        rows = self._do(
            "SELECT time, status FROM beats WHERE vendor=? AND operation=? ORDER BY time",
            (vendor, operation),
        )
        return list(rows)

    def tell_once(self, vendor: str, what: str) -> bool:
        """Whether something is told for the first time; it is remembered."""
        done = self._do("INSERT OR IGNORE INTO told VALUES (?, ?)", (vendor, what))
        return done.rowcount > 0

    def announce(self, news: Announcement, channels: tuple[str, ...]) -> bool:
        """Put news into the outbox of its channels; news that is known already changes nothing."""
        done = self._do(
            "INSERT OR IGNORE INTO news (id, vendor, kind, noticed, data) VALUES (?, ?, ?, ?, ?)",
            (news.id, news.vendor, news.kind, news.noticed, _dump_news(news)),
        )
        if done.rowcount <= 0:
            return False
        for channel in channels:
            self._do(
                "INSERT OR IGNORE INTO outbox (news, channel, due) VALUES (?, ?, ?)",
                (news.id, channel, news.noticed),
            )
        return True

    def pending(self, now: float) -> list[Pending]:
        """What is due to be delivered, the oldest first."""
        rows = self._do(
            "SELECT n.data, o.channel, o.attempts, o.error FROM outbox o JOIN news n ON n.id=o.news"
            " WHERE o.delivered IS NULL AND o.due<=? ORDER BY n.number, o.channel",
            (now,),
        )
        return [
            Pending(news=_load_news(data), channel=channel, attempts=attempts, error=error)
            for data, channel, attempts, error in rows
        ]

    def undelivered(self) -> int:
        """How many deliveries are still to be made, due or not."""
        count: int = self._do("SELECT count(*) FROM outbox WHERE delivered IS NULL").fetchone()[0]
        return count

    def delivered(self, news: str, channel: str, now: float) -> None:
        """A channel has taken it."""
        self._do(
            "UPDATE outbox SET delivered=?, error='' WHERE news=? AND channel=?",
            (now, news, channel),
        )

    def failed(self, news: str, channel: str, again: float, error: str) -> None:
        """A channel has not taken it; it is to be tried again."""
        self._do(
            "UPDATE outbox SET attempts=attempts+1, due=?, error=? WHERE news=? AND channel=?",
            (again, error[:500], news, channel),
        )

    def news(self, *, since: float = 0.0, most: int = 500) -> list[Announcement]:
        """What was announced, the latest first."""
        rows = self._do(
            "SELECT data FROM news WHERE noticed>=? ORDER BY number DESC LIMIT ?", (since, most)
        )
        return [_load_news(data) for (data,) in rows]

    def fact(self, name: str) -> Any:
        """Something remembered of the watcher itself; None where there is nothing."""
        row = self._do("SELECT data FROM facts WHERE name=?", (name,)).fetchone()
        return orjson.loads(row[0]) if row else None

    def keep_fact(self, name: str, data: Any) -> None:
        """Remember it."""
        self._do("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, orjson.dumps(data)))


def _key(sighting: Sighting) -> str:
    signal = sighting.signal
    return "\n".join(
        (
            sighting.scope,
            signal.milestone.value,
            str(signal.date or ""),
            sighting.medium.value,
            sighting.dialect,
        )
    )


def _dump(sighting: Sighting) -> bytes:
    signal = sighting.signal
    return orjson.dumps(
        {
            "scope": sighting.scope,
            "medium": sighting.medium.value,
            "dialect": sighting.dialect,
            "evidence": sighting.evidence,
            "milestone": signal.milestone.value,
            "date": str(signal.date) if signal.date else None,
            "said": _plain(signal.said),
            "successor": _plain(signal.successor),
            "link": _plain(signal.link),
            "confidence": int(signal.confidence),
        }
    )


def _load(raw: bytes, day: str) -> Sighting:
    data = orjson.loads(raw)
    return Sighting(
        scope=data["scope"],
        medium=Medium(data["medium"]),
        dialect=data["dialect"],
        evidence=data["evidence"],
        seen=datetime.date.fromisoformat(day),
        signal=Signal(
            milestone=Milestone(data["milestone"]),
            date=datetime.date.fromisoformat(data["date"]) if data["date"] else None,
            said=data["said"],
            successor=data["successor"],
            link=data["link"],
            confidence=Confidence(data["confidence"]),
        ),
    )


def _dump_news(news: Announcement) -> bytes:
    return orjson.dumps(
        {
            "id": news.id,
            "vendor": news.vendor,
            "kind": news.kind,
            "severity": news.severity.value,
            "title": _plain(news.title),
            "lines": [_plain(line) for line in news.lines],
            "noticed": news.noticed,
            "due": str(news.due) if news.due else None,
            "detail": dict(news.detail),
        },
        default=str,
    )


def _load_news(raw: bytes) -> Announcement:
    data = orjson.loads(raw)
    return Announcement(
        **{
            **data,
            "severity": Impact(data["severity"]),
            "lines": tuple(data["lines"]),
            "due": datetime.date.fromisoformat(data["due"]) if data["due"] else None,
        }
    )


def _plain(text: str) -> str:
    """Half a surrogate pair, as a hostile document may hold, has no UTF-8."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
