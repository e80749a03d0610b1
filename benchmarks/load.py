"""
Load a document: ours, PyYAML's C loader (the peer), orjson on equal JSON (the limit).

    python benchmarks/load.py [document]

Without an argument: GitHub's document of the corpus, written as YAML. CPU time (user and system),
the least of interleaved rounds, all in one process; only the ratios compare.
Goals: a first load of YAML at least 12 times as fast as the peer, a second one at most 1.5 times
the limit.
"""

from __future__ import annotations

import gc
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import oryaml
import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.places import CORPUS, NO_CORPUS
from verifier.loading import load
from verifier.loading.sheet import read_sheet

ROUNDS = 3
GITHUB = "github/octokit-23.0.2.json"


def main(path: Path | None) -> None:
    if path is None and not CORPUS.is_dir():
        print(f"skipped: {NO_CORPUS}; name a document")
        return
    with tempfile.TemporaryDirectory() as folder:
        if path is None:
            root = orjson.loads((CORPUS / GITHUB).read_bytes())
            path = Path(folder) / "github.yaml"
            path.write_bytes(oryaml.dumps(root))
        os.environ["VERIFIER_CACHE"] = folder
        measure(path, Path(folder))


def measure(path: Path, cache: Path) -> None:
    raw = path.read_bytes()
    equal = orjson.dumps(read_sheet(raw, str(path)).root)
    print(f"{path.name}: {len(raw) / 1e6:.1f} MB, as JSON {len(equal) / 1e6:.1f} MB")
    cases: dict[str, Callable[[], Any]] = {
        "limit: orjson on equal JSON": lambda: orjson.loads(equal),
        "ours: first reading": lambda: first(raw, path),
        "ours: second reading (cache)": lambda: read_sheet(raw, str(path)),
        "ours: load, with everything understood": lambda: load(path),
    }
    if not raw.lstrip().startswith(b"{"):
        cases["peer: PyYAML CSafeLoader"] = lambda: yaml.load(raw, yaml.CSafeLoader)
    # As load does: collecting garbage costs half of a large reading, and finds none.
    gc.disable()
    best = dict.fromkeys(cases, float("inf"))
    for _ in range(ROUNDS):
        for name, run in cases.items():
            if name.startswith("peer"):
                gc.enable()
            start = time.process_time()
            kept = run()
            gc.disable()
            best[name] = min(best[name], time.process_time() - start)
            del kept
    limit = best["limit: orjson on equal JSON"]
    peer = best.get("peer: PyYAML CSafeLoader", 0.0)
    for name, seconds in best.items():
        faster = f"{peer / seconds:6.1f} x as fast as the peer" if peer else ""
        print(f"  {name:40} {seconds * 1000:9.1f} ms {seconds / limit:7.2f} x limit {faster}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  peak memory of this process, peer included: {peak:.0f} MiB")


def first(raw: bytes, path: Path) -> Any:
    """A reading that finds nothing kept, and keeps nothing."""
    folder = os.environ["VERIFIER_CACHE"]
    os.environ["VERIFIER_CACHE"] = "off"
    try:
        return read_sheet(raw, str(path))
    finally:
        os.environ["VERIFIER_CACHE"] = folder


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
