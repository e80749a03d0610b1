"""
Compare the corpus's pairs of editions: ours against Redocly's diff and specshift, in one run.

    python benchmarks/diffing.py [--redocly PATH] [--specshift PATH] [--keep FOLDER] [PAIR ...]

Whole processes, each writing its findings as JSON; CPU time (user and system) and peak memory. The
peers are other people's programs: `npm install @redocly/cli`, `pip install specshift`; one that is
absent is left out. A pair is a folder of the corpus, such as `stripe`.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.places import CORPUS, NO_CORPUS

PAIRS = {
    "adyen": ("checkout-v68.json", "checkout-v72.json"),
    "asana": ("2023-01-24.yaml", "2026-06-11.yaml"),
    "datadog": ("v1-2021-12-23.yaml", "v1-2026-08-21.yaml"),
    "discord": ("2023-12-20.json", "2026-07-18.json"),
    "github": ("octokit-16.0.0.json", "octokit-23.0.2.json"),
    "intercom": ("2.10.yaml", "2.16.yaml"),
    "jupyterhub": ("2021-12-22.yaml", "2026-08-14.yaml"),
    "kubernetes": ("2016-12-12.json", "2017-11-20.json"),
    "meilisearch": ("2025-01-07.json", "2025-06-16.json"),
    "netlify": ("2018-10-12.yaml", "2026-05-19.yaml"),
    "openai": ("2023-12-22.yaml", "2026-08-21.yaml"),
    "paypal": ("orders-v2-2023-08.json", "orders-v2-2024-02-03.json"),
    "resend": ("2023-10-17.yaml", "2026-08-21.yaml"),
    "slack": ("web-api-2018-05-21.json", "web-api-2020-10-06.json"),
    "spotify": ("2021-12-01.yaml", "2026-05-30.yaml"),
    "square": ("2018-11-19.json", "2025-08-19.json"),
    "stripe": ("2021-12-23.yaml", "2023-09-12.yaml"),
    "twilio": ("api_v2010-2020-12-16.json", "api_v2010-2026-04-14.json"),
    "xero": ("accounting-2021-10-28.yaml", "accounting-2026-07-13.yaml"),
}
OURS = "from verifier.cli import main; main()"
LIMIT_SECONDS = 240


def commands(given: argparse.Namespace) -> dict[str, list[str]]:
    found = {"verifier": [sys.executable, "-c", OURS, "diff", "--format", "json"]}
    if given.redocly:
        found["redocly"] = [given.redocly, "diff", "--format", "json", "--fail-on", "none"]
    if given.specshift:
        options = ["--format", "json", "--fail-on", "none"]
        found["specshift"] = [given.specshift, "diff", *options]
    return found


def measured(command: list[str], out: Path) -> tuple[float, float, str]:
    """Seconds of CPU, MiB at the peak, and how it ended."""
    timed = ["timeout", str(LIMIT_SECONDS), *command]
    # An installed package is compiled once, and not anew for each run.
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    with out.open("wb") as file, out.with_suffix(".err").open("wb") as errors:
        process = subprocess.Popen(timed, stdout=file, stderr=errors, env=kept)
        _, status, used = os.wait4(process.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    ended = "too slow" if code == 124 else "" if code in (0, 1) else f"exit {code}"
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, ended


def counted(name: str, out: Path) -> str:
    """How many findings break, and how many there are; large answers must not swell this process,
    whose size a child has before it becomes another program."""
    code = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import diffing"
    code += f"; print(diffing.count({name!r}, {str(out)!r}))"
    asked = [sys.executable, "-c", code]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()


def count(name: str, path: str) -> str:
    out = Path(path)
    try:
        found = json.loads(out.read_bytes()[out.read_bytes().index(b"{") :])
    except ValueError:
        return "no answer"
    if name == "verifier":
        severities = [change["severity"] for change in found["changes"]]
        return f"{severities.count('breaking')}/{len(severities)}"
    if name == "redocly":
        bumps = [change.get("impact", "") for change in found.get("changes", [])]
        return f"{bumps.count('major')}/{len(bumps)}"
    changes = found.get("changes", [])
    severities = [str(change.get("severity", "")).lower() for change in changes]
    return f"{severities.count('breaking')}/{len(severities)}"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--redocly", default="")
    parser.add_argument("--specshift", default="")
    parser.add_argument("--keep", default="")
    parser.add_argument("pairs", nargs="*")
    given = parser.parse_args()
    if not CORPUS.is_dir():
        print(f"skipped: {NO_CORPUS}")
        return
    folder = Path(given.keep or tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    print(f"{'pair':12} {'program':10} {'CPU s':>7} {'x ours':>7} {'MiB':>6} {'breaking/all':>14}")
    for pair in given.pairs or PAIRS:
        old, new = (str(CORPUS / pair / name) for name in PAIRS[pair])
        ours = 0.0
        for name, command in commands(given).items():
            out = folder / f"{pair}-{name}.json"
            cpu, memory, ended = measured([*command, old, new], out)
            ours = ours or cpu
            said = ended or counted(name, out)
            ratio = f"{cpu / ours:>7.1f}"
            print(f"{pair:12} {name:10} {cpu:>7.2f} {ratio} {memory:>6.0f} {said:>14}", flush=True)


if __name__ == "__main__":
    main()
