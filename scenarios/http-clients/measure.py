"""
Measures how well-known HTTP clients take a failing vendor, and writes docs/reference/http-clients.md.

    .venv/bin/python scenarios/http-clients/measure.py

The clients are installed into .cache/http-clients, in the versions that requirements.txt and
package.json name. Each is asked for one request, as its documentation shows it, against a mock that
fails in eight ways; what it did is read from the mock's ledger.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from verifier.model import Expectation, Integration, Program
from verifier.rehearsing.deeds import deeds
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.scene import perform
from verifier.rehearsing.take import Take
from verifier.rehearsing.theatre import Theatre, open_theatre

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CACHE = ROOT / ".cache" / "http-clients"
PAGE = ROOT / "docs" / "reference" / "http-clients.md"
PATIENCE_SECONDS = 12.0
AT_A_TIME = 4
CUSTOMER = {"id": "cus-ada", "name": "Ada"}

# What is played: letter, method, fault, its options, how often (0: without end), and in words.
WAYS = (
    ("A", "GET", "rate-limited", {"seconds": 2}, 1, "429 with `Retry-After: 2`, then 200"),
    (
        "B",
        "GET",
        "rate-limited",
        {"seconds": 4, "form": "date"},
        1,
        "the same as a date, 4 s ahead",
    ),
    ("C", "GET", "status", {"status": 503}, 0, "503 for ever"),
    ("D", "GET", "status", {"status": 400}, 0, "400"),
    ("E", "POST", "reset-before-commit", {}, 1, "POST: read, then reset, then well"),
    ("F", "POST", "status", {"status": 503}, 1, "POST: 503, then well"),
    ("G", "GET", "rate-limited", {"seconds": 3600}, 0, "429 with `Retry-After: 3600`"),
    ("H", "GET", "short-body", {}, 1, "fewer bytes than Content-Length says, then well"),
)
# Client to its title, and what an independent measurement (2026-11, other machine, other server) saw:
# attempts for A to H; G is stops, hangs or early.
CLIENTS = {
    "requests": ("requests", "1 1 1 1 1 1 stops 1"),
    "fetch": ("fetch (Node)", "1 1 1 1 1 1 stops 1"),
    "urllib3": ("urllib3, as it comes", "2 2 1 1 1 1 hangs 2"),
    "requests-retry": ("requests + Retry(3, 0.3)", "2 2 4 1 1 1 hangs 1"),
    "httpx-retries": ("httpx-retries", "2 2 4 1 1 1 hangs 1"),
    "azure-core": ("azure-core RetryPolicy", "2 2 4 1 1 2 hangs 2"),
    "openai": ("openai", "2 2 3 1 2 2 stops 2"),
    "stripe": ("stripe (Python), 2 retries", "1 1 3 1 2 2 stops 1"),
    "stripe-node": ("stripe (Node)", "1 1 3 1 2 2 stops 1"),
    "slack_sdk": ("slack_sdk + 429 handler", "2 1 1 1 2 1 hangs 1"),
    "tenacity": ("tenacity (4, random exponential)", "2 early 4 4 2 2 early 2"),
    "stamina": ("stamina on HTTPError", "2 early 4 4 2 2 early 2"),
    "backoff": ("backoff on HTTPError", "early early 4 4 2 2 early 2"),
    "aiohttp-retry": ("aiohttp-retry", "1 1 4 1 1 2 stops 1"),
    "got": ("got", "2 2 3 1 1 1 hangs 2"),
    "ky": ("ky", "2 2 3 1 1 1 hangs 1"),
    "axios-retry": ("axios-retry, as it comes", "2 2 4 1 2 1 hangs 1"),
    "axios-retry-exponential": ("axios-retry, exponential", "2 2 4 1 2 1 hangs 1"),
}
NODE = ("fetch", "stripe-node", "got", "ky", "axios-retry", "axios-retry-exponential")


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What a client did: ``shown`` for people, ``plain`` to be compared."""

    shown: str
    plain: str


def main() -> None:
    """Install, measure, write."""
    _install()
    began = time.monotonic()
    versions = _versions()
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        rows = {name: {way[0]: pool.submit(_cell, name, way) for way in WAYS} for name in CLIENTS}
        table = {n: {k: f.result() for k, f in cells.items()} for n, cells in rows.items()}
    PAGE.write_text(_page(table, versions), encoding="utf-8")
    took = time.monotonic() - began
    print(f"{PAGE.relative_to(ROOT)}: {len(CLIENTS)} clients, {len(WAYS)} ways, {took:.0f} s")


def _install() -> None:
    CACHE.mkdir(parents=True, exist_ok=True)
    python = CACHE / "venv" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", CACHE / "venv"], check=True)
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "-r", HERE / "requirements.txt"], check=True)
    shutil.copy(HERE / "package.json", CACHE / "package.json")
    npm = ["npm", "install", "--silent", "--no-audit", "--no-fund"]
    subprocess.run(npm, cwd=CACHE, check=True)
    for program in ("clients.py", "clients.mjs"):
        shutil.copy(HERE / program, CACHE / program)


def _versions() -> dict[str, str]:
    lines = (HERE / "requirements.txt").read_text(encoding="utf-8").split()
    python = dict(line.split("==") for line in lines)
    node = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["dependencies"]
    known = {name: (node if name in NODE else python) for name in CLIENTS}
    return {name: known[name].get(PACKAGES.get(name, name), "Node's own") for name in CLIENTS}


def _theatre(name: str, method: str) -> Theatre:
    own = name.removesuffix("-node")
    if name in NODE:
        command = ("node", str(CACHE / "clients.mjs"), own, method)
    else:
        command = (str(CACHE / "venv/bin/python"), str(CACHE / "clients.py"), own, method)
    empty = CACHE / "empty"
    empty.mkdir(exist_ok=True)
    return open_theatre(
        Integration(
            name=name,
            file=str(HERE / "measure.py"),
            vendor=str(ROOT / "specs" / "acme-billing"),
            program=Program(
                command=command,
                workdir=str(empty),
                env={"ACME_URL": "{vendor.url}", "ACME_TOKEN": "{vendor.token.it}"},
            ),
            principals={"it": ("customers:read", "invoices:write")},
            expect=Expectation(seed={"customers": (CUSTOMER,)}),
        )
    )


def _cell(name: str, way: tuple[str, str, str, dict[str, object], int, str]) -> Cell:
    letter, method, fault, told, times, _ = way
    script = {"operation": "*", "fault": fault, "with": told, "times": times}
    take = Take(name=letter, scripts=((script,),), timeout_seconds=PATIENCE_SECONDS)
    seen = perform(_theatre(name, method), take, threading.Event())
    entries = [entry for deed in deeds(seen) for entry in deed.attempts]
    if not entries:
        return Cell(shown=f"not exercised: {seen.runs[0].words[:60]}", plain="?")
    gaps = [gap for deed in deeds(seen) for gap in deed.gaps]
    return _read(letter, seen, len(entries), gaps)


def _read(letter: str, seen: Performance, attempts: int, gaps: list[float]) -> Cell:
    told = {"A": 2.0, "B": 3.0, "G": 3600.0}.get(letter)
    early = told is not None and any(gap < told - 0.05 for gap in gaps)
    hung = bool(seen.runs[0].ending.why)
    said = ", ".join(f"{gap:.1f}" for gap in gaps[:3])
    shown = f"{attempts} ({said} s)" if gaps else str(attempts)
    if letter == "G":
        plain = "early" if early else "hangs" if hung else "stops"
        return Cell(shown=f"**{plain}**" + (f" ({said} s)" if gaps else ""), plain=plain)
    if early:
        return Cell(shown=f"**early** ({said} s)", plain="early")
    if letter in "EF" and attempts > 1:
        keys = {entry.key for entry in seen.entries}
        key = "no key" if keys == {""} else "same key" if len(keys) == 1 else "other key"
        return Cell(
            shown=f"{attempts}, {key}" if keys != {""} else f"**{attempts}, {key}**",
            plain=str(attempts),
        )
    if letter == "D" and attempts > 1:
        shown = f"**{shown}**"
    return Cell(shown=shown, plain=str(attempts))


def _page(table: dict[str, dict[str, Cell]], versions: dict[str, str]) -> str:
    letters = [way[0] for way in WAYS]
    lines = [
        "# How HTTP clients take a failing vendor",
        "",
        f"Measured on {time.strftime('%Y-%m-%d')} by `scenarios/http-clients/measure.py`, one run a cell, from what a mock",
        "received; each client asks for one thing, as its documentation shows it. A cell holds the number of attempts, and the",
        "pauses between them. What is bold is what an integration must not leave as it is.",
        "",
        *(f"- **{way[0]}**: {way[5]}" for way in WAYS),
        "",
        f"| client | version | {' | '.join(letters)} |",
        f"| --- | --- | {' | '.join('---' for _ in letters)} |",
    ]
    differences = []
    for name, (title, reference) in CLIENTS.items():
        row = table[name]
        cells = " | ".join(row[letter].shown for letter in letters)
        lines.append(f"| {title} | {versions[name]} | {cells} |")
        for letter, wanted in zip(letters, reference.split(), strict=True):
            if row[letter].plain != wanted:
                differences.append(f"{title}, {letter}: {row[letter].plain} here, {wanted} there")
    lines += ["", *EXPLAINED, "", "## Compared", "", COMPARED, ""]
    lines += [f"- {one}" for one in differences] or ["- No cell differs."]
    return "\n".join(lines) + "\n"


PACKAGES = {
    "requests-retry": "requests",
    "stripe-node": "stripe",
    "axios-retry-exponential": "axios-retry",
}
EXPLAINED = (
    "*early*: it came back sooner than it was told. *hangs*: nothing had come of it after"
    f" {PATIENCE_SECONDS:.0f} s. *stops*: it gave up at once. *no key*: a POST was sent again without an"
    " idempotency key, so that a vendor may do it twice.",
)
COMPARED = (
    "An earlier measurement, with another server and on another machine, saw the same but for the cells"
    " below. tenacity, stamina and backoff wait at random and not as they are told: where they were not"
    " early, that was luck. slack_sdk ends with a ValueError where Retry-After is a date (B)."
)

if __name__ == "__main__":
    main()
