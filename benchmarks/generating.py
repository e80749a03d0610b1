"""
Cases a CPU second: our sweep against schemathesis, every label of ours checked.

Operations of the sample vendor, and of GitHub and Stripe where the corpus is there. ``first``
includes what is compiled once per operation; ``again`` is what every further drawing costs.
schemathesis draws positive cases, which are its fastest. Best of interleaved rounds. Where there
is next to nothing to vary (the id in a path), a rate says nothing: those are left out.
"""

import statistics
import sys
import time
import warnings
from pathlib import Path

import hypothesis
import schemathesis
from hypothesis import HealthCheck, Phase
from schemathesis import GenerationMode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import verifier
from tests.places import CORPUS, NO_CORPUS, ROOT
from verifier.generating import Cases

SAMPLE = ROOT / "specs" / "acme-billing" / "openapi.yaml"
FOREIGN = {
    "github/octokit-23.0.2.json": (
        "GET /repos/{owner}/{repo}/issues",
        "POST /repos/{owner}/{repo}/check-runs",
    ),
    "stripe/2023-09-12.yaml": ("POST /v1/customers",),
}
EXAMPLES = 100
FEWEST = 10
ROUNDS = 3
SETTINGS = hypothesis.settings(
    max_examples=EXAMPLES,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def ours(contract, operation):
    """Cases, and CPU seconds that they took."""
    # A run has one of these for all its operations.
    cases = Cases(contract, seed=0, fixtures={}, deep=False)
    began = time.process_time()
    found = cases.cases(operation, limit=EXAMPLES)
    return len(found), time.process_time() - began


def peers(schema, operation):
    drawn = []

    @SETTINGS
    @hypothesis.given(
        schema[operation.path][operation.method].as_strategy(
            generation_mode=GenerationMode.POSITIVE
        )
    )
    def draw(case):
        drawn.append(case)

    began = time.process_time()
    draw()
    return len(drawn), time.process_time() - began


def rate(rounds):
    return max(count / max(seconds, 1e-9) for count, seconds in rounds)


def compared(path, keys=()):
    """A line for each operation that takes anything; the ratios of all."""
    fresh = [verifier.load(path) for _ in range(ROUNDS + 1)]
    schema = schemathesis.openapi.from_dict(dict(fresh[0].document.root))
    ratios = []
    for operation in fresh[0].operations:
        if (keys and operation.key not in keys) or not (operation.parameters or operation.body):
            continue
        if ours(fresh[-1], fresh[-1].operation(operation.key))[0] < FEWEST:
            continue
        first, again, theirs = [], [], []
        for contract in fresh[:-1]:
            first.append(ours(contract, contract.operation(operation.key)))
            again.append(ours(contract, contract.operation(operation.key)))
            theirs.append(peers(schema, operation))
        cold, warm, peer = rate(first), rate(again), rate(theirs)
        ratios.append(warm / peer)
        print(
            f"{operation.key:<46}{again[0][0]:>4} cases  first {cold:>7.0f}/s  again {warm:>7.0f}/s"
            f"  schemathesis {peer:>5.0f}/s  ratio {cold / peer:>5.0f} {warm / peer:>5.0f}"
        )
    return ratios


def main():
    warnings.simplefilter("ignore")
    ratios = compared(SAMPLE)
    if not CORPUS.is_dir():
        print(f"skipped, but for the sample vendor: {NO_CORPUS}")
    for name, keys in FOREIGN.items():
        if (CORPUS / name).is_file():
            ratios += compared(CORPUS / name, keys)
    print(f"ratio (again): least {min(ratios):.0f}, median {statistics.median(ratios):.0f}")


if __name__ == "__main__":
    main()
