"""Requests a CPU second on loopback: ours and schemathesis', against the same mock server."""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "specs" / "acme-billing" / "openapi.yaml"
SERVER = """
import sys, time
from verifier import loading, mocking
vendor = loading.load_vendor(sys.argv[1])
mock = mocking.Mock(vendor.contract)
with mock.serving() as url:
    print(url, mock.secrets["full"]["token"], flush=True)
    while True:
        line = sys.stdin.readline()
        if not line:
            break
        print(mock.ledger.received, flush=True)
"""
OURS = """
import sys
from pathlib import Path
import verifier
verifier.evaluate(sys.argv[1], base_url=sys.argv[2], principals=["me=bearer:env:TOKEN"],
    allow_writes=True, per_second=0, budget=3000, folder=Path(sys.argv[3]), formats=("json",))
"""


def cpu_seconds(command, environment):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def served(server):
    server.stdin.write("count\n")
    server.stdin.flush()
    return int(server.stdout.readline())


def main():
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(DOCUMENT.parent)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    url, token = server.stdout.readline().split()
    environment = {"PATH": "/usr/bin:/bin", "TOKEN": token, "PYTHONPATH": str(ROOT)}
    with tempfile.TemporaryDirectory() as folder:
        rows = {
            "verifier": [sys.executable, "-c", OURS, str(DOCUMENT), url, f"{folder}/run"],
            "schemathesis": [
                sys.executable,
                "-m",
                "schemathesis.cli",
                "run",
                str(DOCUMENT),
                f"--url={url}",
                f"--header=Authorization: Bearer {token}",
                "--max-examples=30",
                "--continue-on-failure",
            ],
        }
        rates = {}
        for name, command in rows.items():
            before, began = served(server), time.perf_counter()
            cpu = cpu_seconds(command, environment)
            sent, wall = served(server) - before, time.perf_counter() - began
            rates[name] = sent / cpu
            print(
                f"{name:<14}{sent:>6} requests {cpu:>7.2f} s CPU {wall:>7.2f} s wall "
                f"{sent / cpu:>8.0f} a CPU second"
            )
        print(f"ratio {rates['verifier'] / rates['schemathesis']:.1f}")
    server.stdin.close()
    server.wait(10)


if __name__ == "__main__":
    main()
