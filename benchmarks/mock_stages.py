"""
Where a request to the mock spends its time: each stage on its way, and what is around them.

    python benchmarks/mock_stages.py [batches]

Petstore in process, a list of ten and a creation, as ``mock_peers.py`` asks for them. Each figure
is the least of many batches, in microseconds: what the code itself takes, its memory warm. *Ledger,
scripts, page* is what ``Mock`` adds to its vendor; *parsing, rendering* is our server's own part of
a request, without a socket. The sum is less than a server's CPU time: the system has a part in it.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import verifier
from benchmarks.mock_peers import PETSTORE
from verifier.mocking import Mock, MockVendor
from verifier.mocking.pipeline import CLOSING, DECIDING
from verifier.wire import Answer, Incoming
from verifier.wire.bounds import Bounds
from verifier.wire.outlet import Outlets
from verifier.wire.session import Session

BATCH = 200
STAGES = (*DECIDING, *CLOSING)
BODY = b'{"name": "Rex"}'
ASKED = {
    "GET": b"GET /pets?limit=10 HTTP/1.1\r\nHost: 127.0.0.1:8765\r\nAccept: */*\r\n\r\n",
    "POST": b"POST /pets HTTP/1.1\r\nHost: 127.0.0.1:8765\r\nContent-Type: application/json\r\n"
    b"Content-Length: %d\r\n\r\n%b" % (len(BODY), BODY),
}
now = time.perf_counter


class Stopwatch:
    """Hooks before and after every stage, which tell how long it took."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self._began = 0.0
        for stage in STAGES:
            setattr(self, f"before_{stage}", self._begin)
            setattr(self, f"after_{stage}", self._ended(stage))

    def _begin(self, turn: Any) -> None:
        self._began = now()

    def _ended(self, stage: str) -> Callable[[Any], None]:
        def ended(turn: Any) -> None:
            self.spent[stage] += now() - self._began

        return ended


class Nowhere(asyncio.Transport):
    """A connection to nobody."""

    def write(self, data: Any) -> None:
        """It is gone."""

    def is_closing(self) -> bool:
        """Never."""
        return False


def incoming(method: str) -> Incoming:
    """A request as our server hands it on."""
    target, body = ("/pets?limit=10", b"") if method == "GET" else ("/pets", BODY)
    length = (("Content-Length", str(len(body))),) if body else ()
    headers = (("Host", "127.0.0.1:8765"), ("Content-Type", "application/json"), *length)
    return Incoming(method=method, target=target, headers=headers, body=body)


def least(call: Callable[[], object], batches: int) -> float:
    """The least that a call takes, in microseconds."""
    found = float("inf")
    for _ in range(batches):
        began = now()
        for _ in range(BATCH):
            call()
        found = min(found, now() - began)
    return found / BATCH * 1e6


def stages(
    vendor: MockVendor, watch: Stopwatch, request: Incoming, batches: int
) -> dict[str, float]:
    """Stage to the least that it took in any batch."""
    found = dict.fromkeys(STAGES, float("inf"))
    for _ in range(batches):
        watch.spent.clear()
        for _ in range(BATCH):
            vendor.answer(request)
        found = {name: min(held, watch.spent[name]) for name, held in found.items()}
    return {name: seconds / BATCH * 1e6 for name, seconds in found.items()}


async def served(method: str, answer: Answer, batches: int) -> float:
    """What parsing a request and rendering its answer take."""
    outlets = Outlets(asyncio.get_running_loop())
    session = Session(lambda _: answer, Bounds(), set(), outlets, lambda _: None, lambda: True)
    session.connection_made(Nowhere())

    def serve() -> None:
        session.data_received(ASKED[method])
        outlets.flush()

    return least(serve, batches)


def main(batches: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "petstore.json")
        file.write_text(json.dumps(PETSTORE))
        contract = verifier.load(file)
    table: dict[str, list[float]] = defaultdict(list)
    sums: list[float] = []
    for method in ("GET", "POST"):
        request, watch = incoming(method), Stopwatch()
        vendor, mock = MockVendor(contract, hooks=(watch,)), Mock(contract)
        bare = MockVendor(contract)
        for one in (vendor, mock, bare):
            for _ in range(20):
                one.answer(incoming("POST"))
        whole = least(partial(mock.answer, request), batches)
        vendors = least(partial(bare.answer, request), batches)
        spent = stages(vendor, watch, request, batches)
        answer = mock.answer(request)
        table["parsing, rendering"].append(asyncio.run(served(method, answer, batches)))
        table["ledger, scripts, page"].append(whole - vendors)
        for name, microseconds in spent.items():
            table[name].append(microseconds)
        sums.append(table["parsing, rendering"][-1] + whole)
    print(f"{'':<24}{'GET us':>8}{'POST us':>9}")
    for name, (get, post) in table.items():
        print(f"{name:<24}{get:>8.1f}{post:>9.1f}")
    print(f"{'in all':<24}{sums[0]:>8.1f}{sums[1]:>9.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
