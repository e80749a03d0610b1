"""Cases a CPU second: our sweep against schemathesis, on operations of the sample vendor."""

import time
import warnings
from pathlib import Path

import hypothesis
import schemathesis
from hypothesis import HealthCheck, Phase
from schemathesis import GenerationMode

import verifier
from verifier.generating import Cases

DOCUMENT = Path(__file__).resolve().parents[1] / "specs" / "acme-billing" / "openapi.yaml"
OPERATIONS = ("GET /orders", "POST /customers", "POST /orders", "PUT /invoices/{invoice_id}")
EXAMPLES = 100


def ours(contract, key):
    cases = Cases(contract, seed=0, fixtures={}, deep=False)
    operation = contract.operation(key)
    cases.cases(operation, limit=5)
    began = time.process_time()
    found = cases.cases(operation, limit=EXAMPLES)
    return len(found) / (time.process_time() - began)


def peer(schema, key):
    method, path = key.split()
    drawn = []

    @hypothesis.settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(schema[path][method].as_strategy(generation_mode=GenerationMode.POSITIVE))
    def draw(case):
        drawn.append(case)

    began = time.process_time()
    draw()
    return len(drawn) / (time.process_time() - began)


def main():
    warnings.simplefilter("ignore")
    contract = verifier.load(DOCUMENT)
    schema = schemathesis.openapi.from_dict(dict(contract.document.root))
    for key in OPERATIONS:
        mine, theirs = ours(contract, key), peer(schema, key)
        print(f"{key:<30}{mine:>8.0f}/s  schemathesis {theirs:>6.0f}/s  ratio {mine / theirs:.1f}")


if __name__ == "__main__":
    main()
