"""
Does the mock's memory stay bounded? A mock in a process of its own, asked without pause.

    python benchmarks/mock_soak.py [seconds]

Creations, reads, lists, updates and deletions over 16 connections, some of them met by faults that
leave connections behind (resets, drips, silences), with idempotency keys and webhooks that nobody
hears. What is kept is bounded: 20,000 rows, 10,000 changes, 10,000 requests in the ledger, 50,000
keys. It is filled beyond those bounds first, for memory must grow until they are reached, and not
after. Printed: requests a second, memory at each eighth of the time, and its growth over the second
half. Goal: less than a twentieth.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from verifier.model import Outgoing
from verifier.wire import Client

ROOT = Path(__file__).resolve().parents[1]
CONNECTIONS = 16
EIGHTHS = 8
FILLED_WITH = 52_000
MOST_GROWTH = 0.05
SCRIPTS = [
    {"operation": "createCustomer", "fault": "reset-after-commit", "every": 97, "times": 0},
    {"operation": "listCustomers", "fault": "drip", "every": 89, "times": 0,
     "with": {"piece_bytes": 4096, "pause_seconds": 0.01}},
    {"operation": "getCustomer", "fault": "hang", "every": 499, "times": 0},
    {"operation": "updateCustomer", "fault": "truncated-body", "every": 101, "times": 0},
    {"operation": "*", "fault": "status", "every": 211, "times": 0},
]  # fmt: skip


def started(folder: Path) -> tuple[subprocess.Popen[str], str, str]:
    """A mock in a process of its own, its address and a token."""
    scripts = folder / "scripts.json"
    scripts.write_text(json.dumps(SCRIPTS))
    command = [
        *(sys.executable, "-c", "from verifier.cli import main; main()"),
        *("mock", str(ROOT / "specs" / "acme-billing"), "--port", "0", "--script", str(scripts)),
    ]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT
    )
    assert process.stdout is not None
    for line in process.stdout:
        found = re.search(r"Bearer (\S+)' (http://[\d.:]+)/", line)
        if found:
            return process, found[2], found[1]
    raise SystemExit("the mock did not start")


class Visitor:
    """Asks on and on."""

    def __init__(self, url: str, token: str, number: int) -> None:
        self.url = url
        self.headers = (("Authorization", f"Bearer {token}"), ("Content-Type", "application/json"))
        self.rng = random.Random(number)
        self.ids: list[str] = []
        self.asked = self.done = 0
        self.client = Client()

    async def ask(self, method: str, target: str, body: object = None, key: str = "") -> object:
        """One request; None where no answer came."""
        extra = (("Idempotency-Key", key),) if key else ()
        self.asked += 1
        reply = await self.client.send(
            Outgoing(
                method=method,
                url=f"{self.url}{target}",
                headers=(*self.headers, *extra),
                body=b"" if body is None else json.dumps(body).encode(),
                timeout_seconds=1.0,
            )
        )
        if reply.response is None:
            return None
        self.done += reply.response.status < 300
        return reply.response.json_or_none()

    async def fill(self, number: int) -> None:
        """Create so many things."""
        for _ in range(number):
            await self.create()

    async def create(self) -> None:
        """One thing more."""
        new = {"name": f"n{self.asked}", "email": "a@example.com"}
        made = await self.ask("POST", "/customers", new, key=f"{id(self)}-{self.asked}")
        if isinstance(made, dict) and "id" in made:
            self.ids.append(str(made["id"]))
        del self.ids[:-500]

    async def live(self, until: float) -> None:
        """A mix of what clients do."""
        while time.monotonic() < until:
            act = self.rng.random()
            if act < 0.25 or not self.ids:
                await self.create()
            elif act < 0.6:
                await self.ask("GET", f"/customers/{self.rng.choice(self.ids)}")
            elif act < 0.61:
                await self.ask("GET", "/customers?limit=20")
            elif act < 0.85:
                await self.ask("PATCH", f"/customers/{self.rng.choice(self.ids)}", {"name": "b"})
            else:
                await self.ask("DELETE", f"/customers/{self.ids.pop(0)}")
        await self.client.close()


def resident(process: subprocess.Popen[str]) -> float:
    """Megabytes of memory that a process holds (Linux)."""
    told = Path(f"/proc/{process.pid}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+)", told)
    return int(found[1]) / 1024 if found else 0.0


async def soaked(process: subprocess.Popen[str], url: str, token: str, seconds: float) -> None:
    """Ask for so long, and print what the memory does."""
    visitors = [Visitor(url, token, number) for number in range(CONNECTIONS)]
    hook = {"url": f"{url}/health", "events": ["invoice.paid"]}
    await visitors[0].ask("POST", "/webhook-endpoints", hook)
    print(f"filling; {resident(process):.0f} MB before", flush=True)
    await asyncio.gather(*(v.fill(FILLED_WITH // CONNECTIONS) for v in visitors))
    print(f"filled with {FILLED_WITH} things; {resident(process):.0f} MB", flush=True)
    for visitor in visitors:
        visitor.asked = visitor.done = 0
    until = time.monotonic() + seconds
    living = [asyncio.create_task(visitor.live(until)) for visitor in visitors]
    print(f"{'seconds':>8}{'requests':>10}{'done':>7}{'MB':>8}")
    sizes = []
    for eighth in range(1, EIGHTHS + 1):
        await asyncio.sleep(max(0.0, until - seconds * (1 - eighth / EIGHTHS) - time.monotonic()))
        sizes.append(resident(process))
        asked = sum(visitor.asked for visitor in visitors)
        done = sum(visitor.done for visitor in visitors) / max(1, asked)
        after = seconds * eighth / EIGHTHS
        print(f"{after:>8.0f}{asked:>10}{done:>7.0%}{sizes[-1]:>8.0f}", flush=True)
    await asyncio.gather(*living)
    half = sizes[EIGHTHS // 2 - 1]
    growth = sizes[-1] / half - 1
    verdict = "bounded" if growth < MOST_GROWTH else "it grows"
    print(f"{sum(v.asked for v in visitors) / seconds:.0f} requests a second")
    print(f"growth over the second half: {growth:+.1%} ({verdict})")


def main(seconds: float) -> None:
    """Start, soak, stop."""
    with tempfile.TemporaryDirectory() as folder:
        process, url, token = started(Path(folder))
        try:
            asyncio.run(soaked(process, url, token, seconds))
        finally:
            process.terminate()
            process.wait(10)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 120.0)
