"""A database on a server, so that no machine's disk is the only one that knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from verifier.databases import BUSY, Rows, storable
from verifier.errors import ConfigError

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection

__all__ = ["opened"]

LOCK = 0x76657269666965  # "verifie", within PostgreSQL's bigint
DRIVER = "postgresql+psycopg"


class ServedDatabase:
    """One connection for everything: whoever loses it has lost the lock, and can write no more."""

    real = "DOUBLE PRECISION"
    number = "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    shared = True

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.blob = "BYTEA" if connection.dialect.name == "postgresql" else "BLOB"

    def do(self, sql: str, **values: Any) -> Rows:
        """One statement."""
        from sqlalchemy import text  # an extra

        with self._begun():
            done = self._connection.execute(text(sql), storable(values))
            rows = [tuple(row) for row in done] if done.returns_rows else []
            return Rows(rows, done.rowcount)

    def many(self, sql: str, values: Iterable[Mapping[str, Any]]) -> None:
        """The same statement with many values."""
        from sqlalchemy import text  # an extra

        given = [storable(one) for one in values]
        if given:
            with self._begun():
                self._connection.execute(text(sql), given)

    @contextmanager
    def _begun(self) -> Iterator[None]:
        if self._connection.in_transaction():
            yield
        else:
            with self._connection.begin():
                yield

    @contextmanager
    def together(self) -> Iterator[None]:
        """A transaction."""
        with self._connection.begin():
            yield


@contextmanager
def opened(address: str, *, alone: bool = True) -> Iterator[ServedDatabase]:
    """
    The database behind an address of SQLAlchemy's.

    The lock is the session's: PostgreSQL gives it back when the connection ends, however it ends.

    Args:
        alone: Whether for this process only; that takes PostgreSQL.

    Raises:
        ConfigError: It is not installed, another watcher holds it, it cannot be reached, or it was
            lost while it was used; the lock is lost with it.
    """
    url = _read(address, alone=alone)
    import sqlalchemy  # an extra

    shown = url.render_as_string(hide_password=True)
    try:
        engine = sqlalchemy.create_engine(url, poolclass=sqlalchemy.NullPool)
        connection = engine.connect()
        locked = not alone or _locked(connection)
        connection.commit()
    except ImportError:
        raise _missing() from None
    except sqlalchemy.exc.NoSuchModuleError:
        raise ConfigError(
            f"'{url.get_backend_name()[:40]}' is no database",
            mend="Name a file, or postgresql://user@host/database.",
        ) from None
    except sqlalchemy.exc.SQLAlchemyError as error:
        raise ConfigError(
            f"the database cannot be used: {_reason(error)}",
            where=shown,
            mend="Is the server up, and may this user write to that database?",
        ) from None
    with connection:
        if not locked:
            raise ConfigError(BUSY, where=shown, mend="Let it finish, or name another --state.")
        try:
            yield ServedDatabase(connection)
        except sqlalchemy.exc.OperationalError as error:
            raise ConfigError(
                f"the database was lost: {_reason(error)}",
                where=shown,
                mend="What was noted is kept: start it again (a service: Restart=always).",
            ) from None


def _reason(error: Exception) -> str:
    """The first line of the driver's words: the rest holds the statement and its values."""
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0]


def _locked(connection: Connection) -> bool:
    from sqlalchemy import text  # an extra

    done = connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": LOCK})
    return bool(done.scalar_one())


def _read(address: str, *, alone: bool) -> URL:
    try:
        from sqlalchemy import make_url  # an extra
    except ImportError:
        raise _missing() from None
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise ConfigError(
            "the address of the database cannot be read",
            mend="Write postgresql://user@host/database.",
        ) from None
    if alone and url.get_backend_name() != "postgresql":
        raise ConfigError(
            f"the state cannot be kept in '{url.get_backend_name()[:40]}'",
            mend="Name a file, or postgresql://user@host/database.",
        )
    return url.set(drivername=DRIVER) if url.drivername == "postgresql" else url


def _missing() -> ConfigError:
    return ConfigError(
        "the driver of that database is not installed",
        mend="PostgreSQL: pip install 'vendor-verifier[postgres]'",
    )
