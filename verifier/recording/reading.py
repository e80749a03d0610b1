"""A recorded run, read again: whole, or as far as it got."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import orjson

from verifier.errors import ConfigError
from verifier.model import CheckCard, Contract, Exchange, LedgerEntry, Run
from verifier.recording.exchanges import load_exchange, load_facts, load_outcome, load_plan
from verifier.recording.journal import open_journal

__all__ = ["read"]


def read(folder: Path, load: Callable[[Path], Contract]) -> Run:
    """
    The run of a folder; its exchanges are fetched when they are asked for.

    Args:
        load: Loads the pinned document.

    Raises:
        ConfigError: The folder holds no run, or a damaged one.
    """
    connection = open_journal(folder)
    try:
        kept = dict(connection.execute("SELECT name, data FROM facts"))
        outcomes = [raw for (raw,) in connection.execute("SELECT data FROM outcomes")]
        ledger = [raw for (raw,) in connection.execute("SELECT data FROM ledger")]
        ids = [id for (id,) in connection.execute("SELECT id FROM exchanges ORDER BY number")]
        plan, facts = load_plan(kept["plan"]), load_facts(kept["facts"])
    except (sqlite3.Error, KeyError, ValueError, TypeError) as error:
        raise ConfigError(
            f"the run's journal is damaged: {error}",
            where=str(folder),
            mend="Evaluate again; nothing can be read from it.",
        ) from error

    def exchange(id: str) -> Exchange:
        row = connection.execute("SELECT data FROM exchanges WHERE id=?", (id,)).fetchone()
        if row is None:
            raise KeyError(id)
        return load_exchange(row[0])

    cards = orjson.loads(kept["cards"])
    return Run(
        facts=facts,
        contract=load(folder / "document"),
        plan=plan,
        outcomes=tuple(load_outcome(raw) for raw in outcomes),
        ledger=tuple(LedgerEntry(**orjson.loads(raw)) for raw in ledger),
        exchange_ids=tuple(ids),
        exchange=exchange,
        cards={id: CheckCard(**card) for id, card in cards.items()},
    )
