"""A recorded run, read again: whole, or as far as it got."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable
from pathlib import Path

import orjson

from verifier.model import CheckCard, Contract, Exchange, LedgerEntry, Outcome, Plan, Run
from verifier.recording.exchanges import (
    load_delivery,
    load_exchange,
    load_facts,
    load_intent,
    load_outcome,
    load_plan,
)
from verifier.recording.journal import UNREADABLE, damaged, open_journal

__all__ = ["read"]


def read(folder: Path, load: Callable[[Path], Contract]) -> Run:
    """
    The run of a folder; its exchanges are fetched when they are asked for, and its journal is
    closed when nobody holds the run any more.

    Args:
        load: Loads the pinned document.

    Raises:
        ConfigError: The folder holds no run, or a damaged one.
    """
    connection = open_journal(folder, shared=True)  # whoever collects garbage closes it
    try:
        kept = dict(connection.execute("SELECT name, data FROM facts"))
        raw_outcomes = [raw for (raw,) in connection.execute("SELECT data FROM outcomes")]
        raw_ledger = [
            raw for (raw,) in connection.execute("SELECT data FROM ledger ORDER BY rowid")
        ]
        deliveries = tuple(
            load_delivery(raw)
            for (raw,) in connection.execute("SELECT data FROM deliveries ORDER BY number")
        )
        intents = tuple(
            load_intent(raw)
            for (raw,) in connection.execute("SELECT data FROM intents ORDER BY number")
        )
        ids = [id for (id,) in connection.execute("SELECT id FROM exchanges ORDER BY number")]
        plan, facts = load_plan(kept["plan"]), load_facts(kept["facts"])
        cards = {id: CheckCard(**card) for id, card in orjson.loads(kept["cards"]).items()}
        outcomes = _in_order(plan, (load_outcome(raw) for raw in raw_outcomes))
        ledger = tuple(LedgerEntry(**orjson.loads(raw)) for raw in raw_ledger)
    except UNREADABLE as error:
        connection.close()
        raise damaged(folder, error) from error

    def exchange(id: str) -> Exchange:
        row = connection.execute("SELECT data FROM exchanges WHERE id=?", (id,)).fetchone()
        if row is None:
            raise KeyError(id)
        return load_exchange(row[0])

    weakref.finalize(exchange, connection.close)
    return Run(
        facts=facts,
        contract=load(folder / "document"),
        plan=plan,
        outcomes=outcomes,
        ledger=ledger,
        exchange_ids=tuple(ids),
        exchange=exchange,
        cards=cards,
        deliveries=deliveries,
        intents=intents,
    )


def _in_order(plan: Plan, outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """As planned, whichever was settled first; what was left out stands before."""
    asked = [(item.check, item.subject) for item in plan.omitted]
    asked += [(item.check, item.subject) for item in plan.items]
    places = {key: place for place, key in enumerate(asked)}
    return tuple(sorted(outcomes, key=lambda o: places.get((o.check, o.subject), len(places))))
