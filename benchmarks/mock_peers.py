"""
What a mock costs beside its peers: Prism and Steady, from npm, in one run.

    npm install --prefix /tmp/peers @stoplight/prism-cli @stdy/cli
    python benchmarks/mock_peers.py /tmp/peers/node_modules/.bin [seconds a figure]

Each serves a Petstore-size document, Stripe's and GitHub's, validation on (ours keeps state and its
ledger as well). Printed: seconds until the first answer (wall and CPU), memory after it, and CPU of
the server for a GET and for a POST with a valid body: under load, ``wrk -t1`` keeping 16
connections busy, and over one connection, where every request wakes a process that sleeps. Server
and ``wrk`` have a processor each. Each server is asked for a while first, for a just-in-time
compiler to be done and a mock's memory to fill. The least of interleaved rounds. CPU time is the
server's own, from /proc: only Linux, and only the ratios compare. A server that does not answer
within a minute is given up. Beside Petstore stands the floor: what the same costs in Python where
nothing is decided (``mock_floor.py``). Ours is started as a package that is installed is, with its
bytecode compiled.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.places import CORPUS
from verifier.model import Outgoing
from verifier.wire import Client

ROUNDS = 3
BUSY, ALONE = 16, 1  # connections
SECONDS, WARM_SECONDS = 3, 3
PATIENCE_SECONDS = 60.0
FLOOR = Path(__file__).with_name("mock_floor.py")
JSON = ("Content-Type", "application/json")
FORM = ("Content-Type", "application/x-www-form-urlencoded")
PET = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "id": {"type": "string", "readOnly": True},
        "name": {"type": "string", "minLength": 1},
        "tag": {"type": "string"},
    },
}
PETS = {"type": "array", "items": PET}


def answer(schema: object) -> dict[str, object]:
    """A documented answer."""
    return {"description": "", "content": {"application/json": {"schema": schema}}}


PETSTORE = {
    "openapi": "3.0.3",
    "info": {"title": "Petstore", "version": "1"},
    "paths": {
        "/pets": {
            "get": {
                "parameters": [{"name": "limit", "in": "query", "schema": {"type": "integer"}}],
                "responses": {"200": answer(PETS), "400": {"description": ""}},
            },
            "post": {
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": PET}},
                },
                "responses": {"201": answer(PET), "422": {"description": ""}},
            },
        },
        "/pets/{id}": {
            "get": {
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
                ],
                "responses": {"200": answer(PET), "404": {"description": ""}},
            }
        },
    },
}


@dataclass(frozen=True)
class Task:
    """A document, what has to be there first, and the two requests that are counted."""

    name: str
    document: Path
    read: str
    write: str
    body: bytes
    kind: tuple[str, str] = JSON
    before: tuple[str, bytes] | None = None


@dataclass
class Figures:
    """
    The least that was measured; None where there is no answer.

    Args:
        requests: Method and connections to CPU seconds a request.
    """

    start: float | None = None
    start_cpu: float = 0.0
    megabytes: float = 0.0
    requests: dict[tuple[str, int], float] = field(default_factory=dict)

    def note(self, method: str, connections: int, seconds: float) -> None:
        """Keep the least."""
        key = method, connections
        self.requests[key] = min(seconds, self.requests.get(key, seconds))


def tasks(folder: Path) -> list[Task]:
    """The three documents."""
    petstore = folder / "petstore.json"
    petstore.write_text(json.dumps(PETSTORE))
    stripe = CORPUS / "stripe" / "2023-09-12.yaml"
    github = CORPUS / "github" / "octokit-23.0.2.json"
    issues = "/repos/octocat/hello/issues"
    found = [
        Task("petstore", petstore, "/pets?limit=10", "/pets", b'{"name": "Rex"}'),
        Task("stripe", stripe, "/v1/customers?limit=10", "/v1/customers", b"name=Ada", FORM),
        Task(
            "github",
            github,
            f"{issues}?per_page=10",
            issues,
            b'{"title": "t"}',
            before=("/user/repos", b'{"name": "hello"}'),
        ),
    ]
    return [task for task in found if task.document.is_file()]


def commands(peers: Path, task: Task, port: int) -> dict[str, list[str]]:
    """How each is started."""
    document, small = task.document, task.name == "petstore"
    ours = [sys.executable, "-c", "from verifier.cli import main; main()", "mock", str(document)]
    floor = {"floor": [sys.executable, str(FLOOR), str(port)]} if small else {}
    return {
        "ours": [*ours, "--port", str(port), "--quiet"],
        **floor,
        "steady": [str(peers / "steady"), "--port", str(port), str(document)],
        "prism": [str(peers / "prism"), "mock", "-p", str(port), str(document)],
    }


def family(pid: int) -> list[int]:
    """A process and its children."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += family(int(child))
    return found


def spent(pid: int) -> float:
    """CPU seconds of a process and its children, all their threads."""
    threads = [path for one in family(pid) for path in Path(f"/proc/{one}/task").iterdir()]
    return sum(int((path / "schedstat").read_text().split()[0]) for path in threads) / 1e9


def resident(pid: int) -> float:
    """Megabytes of memory of a process and its children."""
    lines = [Path(f"/proc/{one}/status").read_text() for one in family(pid)]
    held = [line.split()[1] for text in lines for line in text.splitlines() if "VmRSS" in line]
    return sum(map(int, held)) / 1024


@contextmanager
def running(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    """A server, until the block ends; its children end with it."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        command, stdout=quiet, stderr=quiet, start_new_session=True, env=os.environ | COMPILED
    ) as process:
        try:
            yield process
        finally:
            os.killpg(process.pid, signal.SIGKILL)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


class Asker:
    """Asks one server over one connection."""

    def __init__(self, port: int, secret: str) -> None:
        self.base = f"http://127.0.0.1:{port}"
        self.headers = (("Authorization", f"Bearer {secret}"),)
        self.client = Client()

    async def ask(self, method: str, target: str, body: bytes, kind: tuple[str, str]) -> int:
        """The status; 0 where there was no answer."""
        headers = (*self.headers, *((kind,) if body else ()))
        url = self.base + target
        reply = await self.client.send(
            Outgoing(method=method, url=url, headers=headers, body=body, timeout_seconds=20.0)
        )
        return reply.response.status if reply.response is not None else 0


async def first_answer(asker: Asker, task: Task, until: float) -> bool:
    """Ask until there is an answer."""
    while time.monotonic() < until:
        if await asker.ask("GET", task.read, b"", JSON):
            return True
        await asyncio.sleep(0.01)
    return False


async def measured(command: list[str], task: Task, port: int, seconds: int, held: Figures) -> None:
    """One round of one server."""
    began = time.monotonic()
    with running(command) as process:
        asker = Asker(port, secret_of(task))
        if not await first_answer(asker, task, began + PATIENCE_SECONDS):
            return
        start = time.monotonic() - began
        if held.start is None or start < held.start:
            held.start, held.start_cpu = start, spent(process.pid)
            held.megabytes = resident(process.pid)
        if task.before is not None:
            await asker.ask("POST", task.before[0], task.before[1], JSON)
        for method, target, body in (
            ("GET", task.read, b""),
            ("POST", task.write, task.body),
        ):
            status = await asker.ask(method, target, body, task.kind)
            assert status in (200, 201), (command[0], method, status)
        await asker.client.close()
        processors = sorted(os.sched_getaffinity(0))
        _pin(process.pid, processors[-1])
        load = Load(task, port, processors[0])
        for method in ("POST", "GET"):
            load.put(method, BUSY, WARM_SECONDS)
        for connections in (BUSY, ALONE):
            for method in ("GET", "POST"):
                before = spent(process.pid)
                count = load.put(method, connections, seconds)
                held.note(method, connections, (spent(process.pid) - before) / count)


def _pin(pid: int, processor: int) -> None:
    """Keep a server to one processor: who wakes whom, and from where, is then always the same."""
    for one in family(pid):
        for thread in Path(f"/proc/{one}/task").iterdir():
            os.sched_setaffinity(int(thread.name), {processor})


class Load:
    """What ``wrk`` asks of one server, from a processor of its own: one is enough for each."""

    def __init__(self, task: Task, port: int, processor: int) -> None:
        self._task = task
        self._processor = processor
        self._base = f"http://127.0.0.1:{port}"
        self._secret = secret_of(task)

    def put(self, method: str, connections: int, seconds: int) -> int:
        """Keep connections busy for a while; gives how many requests were answered, all well."""
        target = self._task.read if method == "GET" else self._task.write
        with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
            script.write("\n".join(self._asked(method)))
            script.flush()
            pinned = ("taskset", "-c", str(self._processor), "wrk", "-t1")
            how = (f"-c{connections}", f"-d{seconds}s", "--timeout", "20s", "-s", script.name)
            told = subprocess.check_output([*pinned, *how, self._base + target], text=True)
        assert "Non-2xx" not in told, (method, told)
        assert "Socket errors" not in told, (method, told)
        return int(re.findall(r"(\d+) requests in", told)[0])

    def _asked(self, method: str) -> Iterator[str]:
        """A request, as wrk reads it."""
        headers = {"Authorization": f"Bearer {self._secret}"}
        if method == "POST":
            headers |= dict([self._task.kind])
            yield f"wrk.body = {json.dumps(self._task.body.decode())}"
        yield f"wrk.method = {json.dumps(method)}"
        for name, value in headers.items():
            yield f"wrk.headers[{json.dumps(name)}] = {json.dumps(value)}"


def secret_of(task: Task) -> str:
    """The token that our mock knows: the same at every start."""
    import verifier

    if task.name not in SECRETS:
        secrets = verifier.mock(str(task.document)).secrets["full"]
        SECRETS[task.name] = secrets.get("token", "none")
    return SECRETS[task.name]


SECRETS: dict[str, str] = {}
COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}


def show(task: Task, found: dict[str, Figures]) -> None:
    """A table of one document."""
    ours = found["ours"]
    print(f"\n{task.name}: {task.document.name}, {task.document.stat().st_size / 1e6:.1f} MB")
    counted = [(method, number) for number in (BUSY, ALONE) for method in ("GET", "POST")]
    heads = "".join(f"{f'{method} x{number}':>9}" for method, number in counted)
    print(f"{'':<8}{'start s':>9}{'CPU s':>8}{'MB':>7}{heads}   ours is")
    for name, one in found.items():
        if one.start is None:
            print(f"{name:<8}{'no answer in a minute':>33}")
            continue
        ratio = ""
        if one is not ours and ours.start is not None:
            cheaper = (f"{one.requests[key] / ours.requests[key]:.1f} x" for key in counted)
            ratio = (
                f"   {one.start / ours.start:.1f} x sooner, {one.megabytes / ours.megabytes:.1f} x "
                f"smaller, {' / '.join(cheaper)} cheaper"
            )
        costs = "".join(f"{one.requests[key] * 1e6:>9.0f}" for key in counted)
        print(
            f"{name:<8}{one.start:>9.2f}{one.start_cpu:>8.2f}{one.megabytes:>7.0f}{costs}{ratio}",
            flush=True,
        )


def main(peers: Path, seconds: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        COMPILED["PYTHONPYCACHEPREFIX"] = str(Path(folder, "bytecode"))
        for task in tasks(Path(folder)):
            secret_of(task)
            found = {name: Figures() for name in commands(peers, task, 0)}
            for turn in range(ROUNDS):
                for name, held in found.items():
                    if turn and held.start is None:
                        continue
                    port = free_port()
                    command = commands(peers, task, port)[name]
                    asyncio.run(measured(command, task, port, seconds, held))
            show(task, found)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        print("skipped: name the folder of the peers' programs (the first lines say how)")
        sys.exit()
    if shutil.which("wrk") is None:
        print("skipped: install wrk (apt-get install wrk), which keeps the servers busy")
        sys.exit()
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else SECONDS)
