"""The journal of a run: SQLite, written as things happen, whole after a kill."""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType

import orjson
from msgspec.structs import replace

from verifier.errors import ConfigError
from verifier.model import (
    CheckCard,
    Delivery,
    Exchange,
    Intent,
    LedgerEntry,
    Outcome,
    Plan,
    RunFacts,
)
from verifier.recording.exchanges import (
    dump,
    load_facts,
    load_intent,
    load_outcome,
    load_plan,
)
from verifier.recording.pen import Pen

__all__ = ["FILE", "UNREADABLE", "VERSION", "Recorder", "damaged", "open_journal"]

FILE = "journal.sqlite"
LOCK_FILE = "journal.lock"
UNREADABLE = (sqlite3.Error, KeyError, ValueError, TypeError)
VERSION = 3
LONGEST_BODY_BYTES = 256 * 1024
TABLES = """
CREATE TABLE facts (name TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE exchanges (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, data BLOB NOT NULL);
CREATE TABLE outcomes (check_id TEXT, subject TEXT, data BLOB NOT NULL,
  PRIMARY KEY (check_id, subject));
CREATE TABLE ledger (path TEXT PRIMARY KEY, data BLOB NOT NULL);
"""
# What was added since version 1; made where it is missing.
ADDED = """
CREATE TABLE IF NOT EXISTS deliveries (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  data BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS intents (number INTEGER PRIMARY KEY, data BLOB NOT NULL);
"""


def open_journal(folder: Path, *, create: bool = False, shared: bool = False) -> sqlite3.Connection:
    """
    The journal of a run's folder.

    Args:
        shared: Any thread may read it, and close it.

    Raises:
        ConfigError: There is none, it is damaged, of a newer version, or cannot be written.
    """
    path = folder / FILE
    if not create and not path.is_file():
        what = "this folder holds no run" if folder.is_dir() else "there is no such run"
        raise ConfigError(what, where=str(folder), mend=_mend(folder))
    connection = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=not shared)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if create:
            connection.executescript(f"BEGIN;{TABLES}{ADDED}PRAGMA user_version={VERSION};COMMIT")
            version = VERSION
        elif 0 < version < VERSION:
            connection.executescript(f"BEGIN;{ADDED}PRAGMA user_version={VERSION};COMMIT")
            version = VERSION
    except (OSError, sqlite3.Error) as error:
        if connection is not None:
            connection.close()
        broken = isinstance(error, sqlite3.DatabaseError) and "not a database" in str(error)
        raise damaged(folder, error) if broken else _unusable(path, error) from error
    if version > VERSION:
        connection.close()
        raise ConfigError(
            f"the run was recorded by a newer verifier (journal {version}, we know {VERSION})",
            where=str(path),
            mend="Upgrade vendor-verifier.",
        )
    return connection


def _mend(folder: Path) -> str:
    """The name of a run that is nearby, the latest if there are several."""
    runs = [*folder.glob(f"*/{FILE}"), *Path("reports").glob(f"*/*/{FILE}")]
    if not runs:
        return f"Name the folder of a run: the one that has a {FILE}."
    latest = max(runs, key=lambda file: file.stat().st_mtime)
    return f"Name the folder of a run; the latest is {latest.parent}"


def damaged(folder: Path, error: Exception) -> ConfigError:
    """What is said of a journal that cannot be read."""
    return ConfigError(
        f"the run's journal is damaged: {error}",
        where=str(folder / FILE),
        mend="Evaluate again; nothing can be read from it.",
    )


def _unusable(path: Path, error: Exception) -> ConfigError:
    return ConfigError(
        f"the journal cannot be used: {error}",
        where=str(path),
        mend="Is the disk full, or the folder not yours? Name another one: --output FOLDER.",
    )


def _lock(folder: Path) -> sqlite3.Connection:
    """
    Let no second process write this run.

    A transaction that is held open on an empty database: SQLite locks files on every system, and
    the system gives the lock back when we are killed.
    """
    path = folder / LOCK_FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, isolation_level=None, timeout=0)
    except (OSError, sqlite3.Error) as error:
        raise _unusable(path, error) from error
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        connection.close()
        if "locked" not in str(error):
            _sweep(folder)
            raise _unusable(path, error) from error
        raise ConfigError(
            "another verifier is writing this run",
            where=str(folder),
            mend="Wait for it to end, or name another --output.",
        ) from error
    return connection


def _sweep(folder: Path) -> None:
    """Take a journal away, and its folder where nothing else is in it."""
    for path in folder.glob(f"{Path(FILE).stem}.*"):
        path.unlink(missing_ok=True)
    with suppress(OSError):
        folder.rmdir()


class Recorder:
    """
    Implements the port ``Journal`` on a run's folder. Use it as a context manager.

    ``learned`` says whether an operation of the vendor's was asked by now.
    """

    def __init__(
        self, folder: Path, connection: sqlite3.Connection, lock: sqlite3.Connection
    ) -> None:
        self.folder = folder
        self._connection = connection
        self._lock = lock
        self._pen = Pen(connection, folder)
        self._outcomes: dict[tuple[str, str], Outcome] = {}
        self._entries: dict[str, LedgerEntry] = {}
        self._intents: dict[int, Intent] = {}
        self._sent = 0
        self._received = 0
        self.learned = False

    @classmethod
    def create(
        cls, folder: Path, facts: RunFacts, plan: Plan, cards: Mapping[str, CheckCard]
    ) -> Recorder:
        """Begin a run in a folder that holds none yet."""
        if (folder / FILE).exists():
            raise ConfigError(
                "this folder holds a run already",
                where=str(folder),
                mend="Name another --output, or go on with it: "
                f"verifier evaluate --resume {folder}",
            )
        lock = _lock(folder)
        try:
            connection = open_journal(folder, create=True)
        except ConfigError:
            lock.close()
            _sweep(folder)
            raise
        recorder = cls(folder, connection, lock)
        try:
            recorder._pen.hold_reserve()
            for name, noun in (("facts", facts), ("plan", plan), ("cards", cards)):
                recorder._keep(name, dump(noun), at_once=True)
        except ConfigError:
            recorder.discard()
            raise
        return recorder

    @classmethod
    def reopen(cls, folder: Path) -> Recorder:
        """Go on with a run."""
        open_journal(folder).close()
        lock = _lock(folder)
        recorder = cls(folder, open_journal(folder), lock)
        try:
            recorder._remember()
        except UNREADABLE as error:
            recorder._let_go()
            raise damaged(folder, error) from error
        return recorder

    @property
    def facts(self) -> RunFacts:
        """What, when, and with which permissions."""
        return load_facts(self._kept("facts"))

    @property
    def plan(self) -> Plan:
        """The order of the run."""
        return load_plan(self._kept("plan"))

    def exchange(self, exchange: Exchange) -> None:
        """Keep one exchange."""
        self._sent += 1
        self.learned = self.learned or bool(exchange.request.operation)
        self._pen.write(
            "INSERT INTO exchanges VALUES (?, ?, ?)",
            (int(exchange.id[1:]), exchange.id, dump(_bounded(exchange))),
        )

    def delivery(self, delivery: Delivery) -> None:
        """Keep one delivery."""
        self._received += 1
        row = (int(delivery.id[1:]), delivery.id, dump(delivery))
        self._pen.write("INSERT INTO deliveries VALUES (?, ?, ?)", row)

    def outcome(self, outcome: Outcome) -> None:
        """Keep one outcome; the same check and subject again replaces it."""
        self._outcomes[outcome.check, outcome.subject] = outcome
        self._pen.write(
            "INSERT OR REPLACE INTO outcomes VALUES (?, ?, ?)",
            (outcome.check, outcome.subject, dump(outcome)),
        )

    def entry(self, entry: LedgerEntry) -> None:
        """Keep the state of something created; what is there must be known after a kill."""
        self._entries[entry.path] = entry
        row = (entry.path, dump(entry))
        at_once = entry.state != "removed"
        self._pen.write("INSERT OR REPLACE INTO ledger VALUES (?, ?)", row, at_once=at_once)

    def intent(self, intent: Intent) -> None:
        """Keep a creation before it is sent, at once: it must outlive a kill."""
        self._intents[intent.number] = intent
        row = (intent.number, dump(intent))
        self._pen.write("INSERT OR REPLACE INTO intents VALUES (?, ?)", row, at_once=True)

    def settled(self, intent: Intent) -> None:
        """Forget an intent; what it created is written down with this, or not at all."""
        del self._intents[intent.number]
        self._pen.write("DELETE FROM intents WHERE number=?", (intent.number,))

    def outcomes(self) -> tuple[Outcome, ...]:
        """What is known already."""
        return tuple(self._outcomes.values())

    def entries(self) -> tuple[LedgerEntry, ...]:
        """What was created so far."""
        return tuple(self._entries.values())

    def intents(self) -> tuple[Intent, ...]:
        """Creations of which nothing was settled."""
        return tuple(self._intents.values())

    def exchanges_sent(self) -> int:
        """How many exchanges were kept so far."""
        return self._sent

    def deliveries_received(self) -> int:
        """How many deliveries were kept so far."""
        return self._received

    def finish(self, *, interrupted: bool) -> None:
        """Note that the run has ended, and how."""
        sent = max(self._sent, self.facts.requests)  # not all that was sent need be kept
        facts = replace(self.facts, finished=time.time(), interrupted=interrupted, requests=sent)
        self._keep("facts", dump(facts))

    def close(self) -> None:
        """Write what is pending and let go of the file."""
        self._pen.close()
        self._let_go()

    def discard(self) -> None:
        """Let go of the file, and take all of the journal away; the folder too if it is empty."""
        self.close()
        _sweep(self.folder)

    def __enter__(self) -> Recorder:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self.finish(interrupted=error is not None)
        except ConfigError:
            if error is None:
                raise
        finally:
            self.close()

    def _remember(self) -> None:
        """What the journal knows already; reading the order of the run proves it whole."""
        read = self._connection.execute
        for (raw,) in read("SELECT data FROM outcomes"):
            outcome = load_outcome(raw)
            self._outcomes[outcome.check, outcome.subject] = outcome
        for (raw,) in read("SELECT data FROM ledger ORDER BY rowid"):
            entry = LedgerEntry(**orjson.loads(raw))
            self._entries[entry.path] = entry
        for (raw,) in read("SELECT data FROM intents ORDER BY number"):
            intent = load_intent(raw)
            self._intents[intent.number] = intent
        self.learned = True
        self._sent = read("SELECT COALESCE(MAX(number), 0) FROM exchanges").fetchone()[0]
        self._received = read("SELECT COALESCE(MAX(number), 0) FROM deliveries").fetchone()[0]
        _ = self.facts, self.plan

    def _let_go(self) -> None:
        self._connection.close()
        self._lock.close()

    def _keep(self, name: str, data: bytes, *, at_once: bool = False) -> None:
        row = (name, data)
        self._pen.write("INSERT OR REPLACE INTO facts VALUES (?, ?)", row, at_once=at_once)

    def _kept(self, name: str) -> bytes:
        row = self._connection.execute("SELECT data FROM facts WHERE name=?", (name,)).fetchone()
        return bytes(row[0])


def _bounded(exchange: Exchange) -> Exchange:
    """The exchange with a body of a size that is worth keeping; the rest as size and digest."""
    response = exchange.response
    if response is None or len(response.body) <= LONGEST_BODY_BYTES:
        return exchange
    whole = max(response.size_bytes, len(response.body))
    digest = response.digest or hashlib.sha256(response.body).hexdigest()
    cut = replace(
        response, body=response.body[:LONGEST_BODY_BYTES], size_bytes=whole, digest=digest
    )
    return replace(exchange, response=cut)
