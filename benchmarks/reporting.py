"""
Render the page: ours against naive Jinja2 (the peer) and a bare orjson dump (the limit).

    python benchmarks/reporting.py [exchanges ...]

CPU time, the least of interleaved rounds, everything in one process; only the ratios compare.
Goals: 10,000 exchanges in 0.3 s and 5 MB, 1,000 in 1.5 MB, the page without any in 300 KB.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import jinja2
import orjson
from msgspec.structs import replace

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.reporting.sample_run import exchange, rich
from verifier.errors import ConfigError
from verifier.judging import judge
from verifier.model import Exchange, Run
from verifier.reporting.compose import compose
from verifier.reporting.formats import har, html, json_results, junit, markdown, sarif
from verifier.reporting.printing import chromium

ROUNDS = 5
WORDS = ("order", "customer", "invoice", "paid", "open", "total", "tax", "street", "city", "berlin")
NAIVE = jinja2.Environment(autoescape=True).from_string(
    "<table>{% for x in exchanges %}<tr><td>{{ x.id }}<td>{{ x.request.method }} "
    "{{ x.request.target }}<td>{{ x.status }}<td><pre>{% for n, v in x.request.headers %}{{ n }}: "
    "{{ v }}\n{% endfor %}{{ x.request.body.decode() }}</pre><pre>{% for n, v in "
    "x.response.headers %}{{ n }}: {{ v }}\n{% endfor %}{{ x.response.text }}</pre>"
    "{% endfor %}</table>"
)


def main(counts: Sequence[int]) -> None:
    print(f"{'exchanges':>9}  {'way':28} {'CPU ms':>8} {'KB':>9} {'x naive':>8} {'x limit':>8}")
    for count in counts:
        exchanges = tuple(sample(number) for number in range(count))
        run = with_exchanges(exchanges)
        verdict = judge(run)
        view = compose(run, verdict)
        found = measure(
            {
                "naive Jinja2 (exchanges only)": lambda e=exchanges: naive(e),
                "orjson (exchanges only)": lambda e=exchanges: limit(e),
                "ours: compose and html": lambda r=run, v=verdict: html.write(compose(r, v)),
                "  of it compose": lambda r=run, v=verdict: compose(r, v) and b"",
                "ours: json": lambda w=view: json_results.write(w),
                "ours: junit": lambda w=view: junit.write(w),
                "ours: markdown": lambda w=view: markdown.write(w),
                "ours: sarif": lambda w=view: sarif.write(w),
                "ours: har": lambda w=view: har.write(w),
            }
        )
        show(count, found)


def show(count: int, found: dict[str, tuple[float, int]]) -> None:
    peer = found["naive Jinja2 (exchanges only)"][0]
    least = found["orjson (exchanges only)"][0]
    for way, (seconds, size) in found.items():
        ratios = f"{peer / seconds:8.1f} {seconds / least:8.1f}" if seconds else ""
        print(f"{count:9,}  {way:28} {seconds * 1000:8.1f} {size / 1000:9,.0f} {ratios}")
    print()


def measure(ways: dict[str, Callable[[], bytes]]) -> dict[str, tuple[float, int]]:
    """Each way's least CPU seconds over interleaved rounds, and the bytes that it makes."""
    least: dict[str, tuple[float, int]] = {}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            started = time.process_time()
            size = len(way())
            seconds = time.process_time() - started
            least[name] = (min(seconds, least.get(name, (seconds, 0))[0]), size)
    return least


def naive(exchanges: Sequence[Exchange]) -> bytes:
    return NAIVE.render(exchanges=exchanges).encode()


def limit(exchanges: Sequence[Exchange]) -> bytes:
    def default(value: object) -> object:
        return value.decode() if isinstance(value, bytes) else str(value)

    return orjson.dumps(exchanges, default=default)


def sample(number: int) -> Exchange:
    """An answer of some 900 bytes, part of it the same from one to the next."""
    rng = random.Random(number)
    lines = [
        {"id": f"{rng.getrandbits(64):016x}", "text": " ".join(rng.choices(WORDS, k=6))}
        for _ in range(10)
    ]
    return exchange(number, {"data": lines, "next": None}, status=rng.choice((200, 200, 200, 400)))


def with_exchanges(exchanges: Sequence[Exchange]) -> Run:
    held = {one.id: one for one in exchanges}
    run = rich()
    known = {id: run.exchange(id) for id in run.exchange_ids} | held
    return replace(run, exchange_ids=tuple(held), exchange=known.__getitem__)


def opened(count: int) -> None:
    """How long a Chromium takes until a hundred rows of the list stand there."""
    try:
        from playwright.sync_api import sync_playwright

        program = chromium()
    except (ImportError, ConfigError) as error:
        print(f"not opened in a browser: {error}")
        return
    run = with_exchanges(tuple(sample(number) for number in range(count)))
    page = html.write(compose(run, judge(run)))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        path = Path(folder, "index.html")
        path.write_bytes(page)
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        read, usable = [], []
        for _ in range(ROUNDS):
            tab = browser.new_page()
            began = time.monotonic()
            tab.goto(path.as_uri())
            read.append(time.monotonic() - began)
            tab.click("#list > summary")
            tab.wait_for_selector("#list tbody tr:nth-child(101)")
            usable.append(time.monotonic() - began)
            nodes = tab.evaluate("document.getElementsByTagName('*').length")
            tab.close()
        browser.close()
    print(
        f"{count:9,}  in Chromium: {len(page) / 1000:,.0f} KB, read after {min(read):.2f} s, list "
        f"usable after {min(usable):.2f} s (limit 1 s), {nodes:,} elements"
    )


if __name__ == "__main__":
    counts = [int(word) for word in sys.argv[1:]] or [0, 1_000, 10_000]
    main(counts)
    opened(max(counts))
