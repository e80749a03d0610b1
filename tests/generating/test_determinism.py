"""Same seed, same cases, in the same order: in every process, whatever its hashes."""

import os
import subprocess
import sys
from pathlib import Path

from tests.generating.specimens import shop
from verifier.generating import Cases

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import sys, hashlib
from tests.generating.specimens import shop
from verifier.generating import Cases
for module in sys.argv[2:]:
    __import__(module)
contract = shop()
cases = Cases(contract, seed=int(sys.argv[1]), fixtures={})
text = ""
for operation in contract.operations:
    text += repr(cases.cases(operation, limit=80))
    text += repr(cases.sample(operation, path={}, body={}, query={}, fresh=3))
print(hashlib.sha256(text.encode()).hexdigest(), text.count("phase='deep'"))
"""


def told(folder, hashes, *modules):
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, "5", *modules],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
        cwd=folder,
        env={**os.environ, "PYTHONHASHSEED": hashes, "PYTHONPATH": str(ROOT)},
    )
    digest, deep = done.stdout.split()
    return digest, int(deep)


def test_the_same_seed_draws_the_same_in_every_process(tmp_path):
    first = told(tmp_path, "1")
    assert told(tmp_path, "2", "verifier.cli", "verifier.mocking") == first
    assert first[1] > 20
    assert list(tmp_path.iterdir()) == []


def test_another_seed_draws_others():
    contract = shop()
    operation = contract.operation("POST /customers")
    drawn = [Cases(contract, seed=seed, fixtures={}, deep=False) for seed in (5, 6, 5)]
    first, second, again = (cases.cases(operation, limit=20) for cases in drawn)
    assert first == again
    assert first != second
