"""All rows, in as many processes as there are processors."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import partial

from msgspec import Struct

from verifier import discovery
from verifier.proving.row import Row, prove_row

__all__ = ["Proof", "prove"]

Watch = Callable[[Row], None]


class Proof(Struct, frozen=True, kw_only=True):
    """What came of all rows, in the order in which they were asked for."""

    rows: tuple[Row, ...]
    seed: int
    seconds: float

    @property
    def right(self) -> bool:
        """Whether every cell is as reviewed."""
        return all(row.right for row in self.rows)

    @property
    def cells(self) -> int:
        """How many cells were looked at."""
        return len(self.rows) * len(discovery.checks())

    @property
    def wrong(self) -> int:
        """How many are not as reviewed."""
        return sum(row.wrong for row in self.rows)


def prove(
    names: Sequence[str],
    *,
    seed: int = 0,
    workers: int = 0,
    watch: Watch = lambda row: None,
) -> Proof:
    """
    Prove rows (see ``rows_of``).

    Args:
        workers: Processes; 0 is one a processor, 1 stays in this one.
        watch: Called with every row as it is done, in any order.
    """
    began = time.perf_counter()
    most = min(workers or _processors(), len(names))
    done: dict[str, Row] = {}
    for row in _here(names, seed) if most <= 1 else _in_processes(names, seed, most):
        done[row.reviewed.misbehaviour] = row
        watch(row)
    seconds = time.perf_counter() - began
    return Proof(rows=tuple(done[name] for name in names), seed=seed, seconds=seconds)


def _here(names: Sequence[str], seed: int) -> Iterator[Row]:
    for name in names:
        yield prove_row(name, seed=seed)


def _in_processes(names: Sequence[str], seed: int, most: int) -> Iterator[Row]:
    pool = ProcessPoolExecutor(
        most, mp_context=multiprocessing.get_context("spawn"), initializer=_deaf
    )
    try:
        rows = [pool.submit(partial(prove_row, name, seed=seed)) for name in names]
        for row in as_completed(rows):
            yield row.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _deaf() -> None:
    """Ctrl-C is for whoever started us: it lets the rows under way end, and begins no other."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _processors() -> int:
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1
