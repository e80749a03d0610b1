"""
Check answers: ours against openapi-core (the peer) and bare orjson + jsonschema-rs (the limit).

    python benchmarks/validating.py

CPU time, the least of interleaved rounds, everything in one process; only the ratios compare.
Goals: at least 30 times as fast as the peer, at most 3 times the limit.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema_rs
import orjson
import oryaml

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.places import CORPUS, NO_CORPUS
from verifier.loading import from_mapping
from verifier.model import Contract, Operation, Request, Response
from verifier.validating import Direction, judge_response, second_opinion, standalone

ROUNDS = 7
DOCUMENTS = {
    "Stripe": ("stripe/2023-09-12.yaml", ("GET /v1/customers", "GET /v1/charges/{charge}")),
    "GitHub": (
        "github/octokit-23.0.2.json",
        ("GET /repos/{owner}/{repo}/issues", "GET /repos/{owner}/{repo}"),
    ),
}


def main(corpus: Path) -> None:
    print(f"{'answer':46} {'bytes':>8} {'ours us':>9} {'x limit':>8} {'x peer':>8} {'+unknown':>9}")
    for vendor, (file, keys) in DOCUMENTS.items():
        content = (corpus / file).read_bytes()
        document = orjson.loads(content) if file.endswith("json") else oryaml.loads(content)
        contract = from_mapping(document, location=file)
        for key in keys:
            for size in (1, 30):
                report(vendor, contract, contract.operation(key), size)


def report(vendor: str, contract: Contract, operation: Operation, size: int) -> None:
    schema = operation.responses[0].media[0].schema
    assert schema is not None
    plain = standalone(schema, Direction.RESPONSE)
    rng = random.Random(7)
    value = sample(plain, plain, rng, size, 0)
    body = orjson.dumps(value)
    response = Response(
        status=200, headers=(("Content-Type", "application/json; charset=utf-8"),), body=body
    )
    engine = jsonschema_rs.Draft202012Validator(plain, validate_formats=True, offline=True)
    request = Request(method=operation.method, path="/")

    def ours() -> bool:
        return judge_response(operation, fresh(response)).ok

    def limit() -> bool:
        return engine.is_valid(orjson.loads(body))

    def peer() -> bool:
        return second_opinion(contract, operation, request, fresh(response)).agrees is not True

    def unknown() -> bool:
        return judge_response(operation, fresh(response)).undocumented == ()

    assert ours(), judge_response(operation, response).violations
    assert limit()
    peer()
    spent = least([(ours, 40), (limit, 40), (peer, 1), (unknown, 10)])
    print(
        f"{vendor + ' ' + operation.key:46} {len(body):8} {spent[0] * 1e6:9.1f} "
        f"{spent[0] / spent[1]:8.2f} {spent[2] / spent[0]:8.0f} {spent[3] / spent[0]:9.1f}"
    )


def fresh(response: Response) -> Response:
    """The same answer, not parsed yet."""
    return Response(status=response.status, headers=response.headers, body=response.body)


def least(subjects: list[tuple[Callable[[], Any], int]]) -> list[float]:
    spent = [float("inf")] * len(subjects)
    for _ in range(ROUNDS):
        for index, (subject, times) in enumerate(subjects):
            began = time.process_time()
            for _ in range(times):
                subject()
            spent[index] = min(spent[index], (time.process_time() - began) / times)
    return spent


def sample(schema: Any, root: dict[str, Any], rng: random.Random, size: int, depth: int) -> Any:
    """A value of a schema: every property to a certain depth, arrays of a size at the top."""
    if "$ref" in schema:
        found = root["$defs"][schema["$ref"].rpartition("/")[2]]
        return sample(found, root, rng, size, depth)
    if "enum" in schema:
        return schema["enum"][0]
    for keyword in ("anyOf", "oneOf"):
        if keyword in schema:
            return sample(schema[keyword][0], root, rng, size, depth)
    if "allOf" in schema:
        return {
            name: member
            for branch in schema["allOf"]
            for name, member in sample(branch, root, rng, size, depth).items()
        }
    kind = schema.get("type", "object")
    return one(kind[0] if isinstance(kind, list) else kind, schema, root, rng, size, depth)


def one(
    kind: str, schema: Any, root: dict[str, Any], rng: random.Random, size: int, depth: int
) -> Any:
    if kind == "object":
        required = set(schema.get("required", ()))
        return {
            name: sample(node, root, rng, 1, depth + 1)
            for name, node in schema.get("properties", {}).items()
            if name in required or (depth < 2 and "$ref" not in node and "anyOf" not in node)
        }
    if kind == "array":
        count = max(schema.get("minItems", 0), size if depth <= 1 else 1)
        return [sample(schema["items"], root, rng, 1, depth + 1) for _ in range(count)]
    texts = {
        "date-time": "2026-01-01T00:00:00Z",
        "uri": "https://example.com/x",
        "email": "a@example.com",
        "uuid": "6f2f1d9c-0d2e-4a51-8f7a-2d9d3c3f1a11",
        "date": "2026-01-01",
    }
    plain = {"integer": 7, "number": 1.5, "boolean": True, "null": None}
    pattern = schema.get("pattern", "")
    text = pattern.strip("^$") if pattern else texts.get(schema.get("format", ""), "text" * 3)
    return plain.get(kind, text)


if __name__ == "__main__":
    if CORPUS.is_dir():
        main(CORPUS)
    else:
        print(f"skipped: {NO_CORPUS}")
