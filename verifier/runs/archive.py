"""Earlier runs: what a run is held against, and where it is remembered."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

from msgspec import Struct

from verifier import reporting
from verifier.errors import ConfigError, nearest
from verifier.model import Record, Since, Standing
from verifier.runs.history import FILENAME, open_history

__all__ = [
    "PAGE",
    "REPORTS",
    "Against",
    "Past",
    "counted",
    "found",
    "keep",
    "look_back",
    "place_of",
    "read_record",
    "write_comparison",
    "write_portfolio",
]

REPORTS = "reports"
RECORD = "record.json"
PAGE = "index.html"


class Against(Struct, frozen=True, kw_only=True):
    """
    What a run is held against when it is judged and shown.

    Args:
        today: The day on which waivers and claims must hold; None is the run's.
        waivers: Files that stand for the waivers that were kept with it; None leaves them.
        claims: File that stands for the claims that were kept with it.
        known: Fingerprints of failures that formats for machines are to show as known.
        history: File or address of the history; empty takes the one of its folder of reports.
        compare_to: Folder of an earlier run; None takes the last whole one of the history.
    """

    today: datetime.date | None = None
    waivers: tuple[str, ...] | None = None
    claims: str = ""
    known: frozenset[str] = frozenset()
    history: str = ""
    compare_to: Path | None = None


class Past(Struct, frozen=True, kw_only=True):
    """What came before a run: points of a trend, and the difference to the last of them."""

    standings: tuple[Standing, ...] = ()
    since: Since | None = None


def place_of(folder: Path, asked: str = "") -> str | Path | None:
    """
    Where the history of a run is kept.

    That is beside the reports, where they stand as usual (``reports/<vendor>/<run>``); a run that
    was put elsewhere is remembered only where somebody says so.
    """
    root = folder.resolve().parent.parent
    return asked or (root / FILENAME if root.name == REPORTS else None)


def look_back(record: Record, folder: Path, against: Against) -> Past:
    """
    What came before.

    Raises:
        ConfigError: The history, or the run to compare with, cannot be read.
    """
    place = place_of(folder, against.history)
    before: list[Record] = []
    if place is not None and ("://" in str(place) or Path(place).is_file()):
        with open_history(place) as history:
            before = history.before(record)
    last = before[-1] if before else None
    if against.compare_to is not None:
        last = read_record(against.compare_to)
    return Past(
        standings=tuple(one.standing for one in before),
        since=Since.between(last, record) if last is not None else None,
    )


def keep(record: Record, folder: Path, against: Against, *, language: str = "en") -> None:
    """
    Remember a run, in its folder and in the history, and write the portfolio again.

    Raises:
        ConfigError: One of them cannot be written.
    """
    alone = {**record.as_data(), "folder": ""}  # a folder may be carried elsewhere
    _write(folder / RECORD, json.dumps(alone, indent=1).encode())
    place = place_of(folder, against.history)
    if place is None:
        return
    with open_history(place) as history:
        history.keep(record)
        records = history.records()
    root = folder.resolve().parent.parent
    if root.name == REPORTS:
        today = datetime.datetime.now(datetime.UTC).date()
        page = reporting.portfolio_page(records, root, today=today, language=language)
        _write(root / PAGE, page)


def read_record(where: Path) -> Record:
    """
    The record in the folder of a run.

    Raises:
        ConfigError: There is none, or it is not ours.
    """
    path = where / RECORD if where.is_dir() else where
    mend = "Name the folder of a run; 'verifier report RUN' writes the record of an old one."
    try:
        data = {**json.loads(path.read_bytes()), "folder": str(path.parent.resolve())}
        return Record.from_data(data)
    except OSError as error:
        raise ConfigError(
            f"there is no record of a run: {error.strerror}", where=str(path), mend=mend
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError("this is no record of a run", where=str(path), mend=mend) from error


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise ConfigError(f"it cannot be written: {error.strerror}", where=str(path)) from error


def write_portfolio(output: Path, place: str = "", *, language: str = "en") -> int:
    """
    Write the page of all vendors; gives how many there are.

    Args:
        place: File or address of the history; empty takes the one beside the page.

    Raises:
        ConfigError: There is no history, or the page cannot be written.
    """
    records = _remembered(place or output.parent / FILENAME)
    today = datetime.datetime.now(datetime.UTC).date()
    page = reporting.portfolio_page(records, output.parent, today=today, language=language)
    _write(output, page)
    return len({record.vendor for record in records})


def found(name: str, place: str = "") -> Record:
    """
    The record of a run's folder, or of the latest whole run of a vendor.

    Raises:
        ConfigError: There is neither.
    """
    if (Path(name) / RECORD).is_file() or Path(name).is_file():
        return read_record(Path(name))
    records = _remembered(place or Path(REPORTS) / FILENAME)
    mine = [record for record in records if record.vendor == name]
    if not mine:
        known = sorted({record.vendor for record in records})
        raise ConfigError(
            f"'{name}' is neither the folder of a run nor a vendor of the history",
            mend=nearest(name, known, f"Known: {', '.join(known) or 'none'}."),
        )
    return next((record for record in reversed(mine) if record.whole), mine[-1])


def write_comparison(output: Path, first: Record, second: Record, *, language: str = "en") -> None:
    """
    Write the page of two runs side by side.

    Raises:
        ConfigError: It cannot be written.
    """
    _write(output, reporting.compare_page(first, second, output.parent, language=language))


def _remembered(place: str | Path) -> list[Record]:
    if "://" not in str(place) and not Path(place).is_file():
        raise ConfigError(
            "there is no history",
            where=str(place),
            mend="Evaluate a vendor into reports/, or name another one: --history FILE|URL.",
        )
    with open_history(place) as history:
        return history.records()


def counted(place: str | Path) -> int:
    """
    How many runs a history holds.

    Raises:
        ConfigError: There is none, or it cannot be read.
    """
    return len(_remembered(place))
