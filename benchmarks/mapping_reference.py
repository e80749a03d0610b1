"""
Carrying out a mapping contract, against the same mapping written by hand.

    python benchmarks/mapping_reference.py

The contract is the shop's (twenty rules, a list, three tables, an invariant in CEL); the other
one is its sound implementation in Python, which keeps no ledger and checks no schema. Both map the
same records, in turns, in one process; of CPU time the least of seven rounds counts. Goal
(design/performance.md): five times what a hand-written mapper takes.
"""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from verifier.mapping.exact_json import loads
from verifier.mapping.executing import Executor
from verifier.mapping.opening import open_mapping

SHOP = Path(__file__).parent.parent / "scenarios/acme-shop"
ROUNDS, TIMES, GOAL = 7, 100, 5.0


def main() -> int:
    """Print both figures and the ratio."""
    executor = Executor(open_mapping(SHOP / "order-to-invoice.mapping.yaml"))
    by_hand = written_by_hand()
    lines = (SHOP / "samples/orders.jsonl").read_bytes().splitlines()
    records = [loads(line) for line in lines]
    records = [record for record in records if executor.map(record).target is not None]
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(ROUNDS):
        ours.append(taken(executor.map, records))
        theirs.append(taken(by_hand, records))
    ratio = min(ours) / min(theirs)
    print(f"the contract     {min(ours) * 1e6:6.1f} us of CPU a record")
    print(f"written by hand  {min(theirs) * 1e6:6.1f} us")
    print(f"ratio            {ratio:6.1f}, goal {GOAL:g}")
    return 0 if ratio <= GOAL else 1


def taken(way: Callable[[Any], Any], records: list[Any]) -> float:
    """Seconds of CPU a record."""
    began = time.process_time()
    for _ in range(TIMES):
        for record in records:
            way(record)
    return (time.process_time() - began) / TIMES / len(records)


def written_by_hand() -> Callable[[Any], Any]:
    """The sound implementation."""
    path = SHOP / "implementations/sound.py"
    spec = importlib.util.spec_from_file_location("sound", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["sound"] = module
    spec.loader.exec_module(module)
    way: Callable[[Any], Any] = module.order_to_invoice
    return way


if __name__ == "__main__":
    sys.exit(main())
