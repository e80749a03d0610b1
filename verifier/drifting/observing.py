"""The traits of answers, each with what the document says of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from verifier.drifting.looks import code_of, format_of, kind_of
from verifier.encoding import Shape
from verifier.model import Contract, Exchange, Observed, Operation, Saying, Trait
from verifier.validating import Reading, Violation, judge_response

__all__ = ["observe"]

DEEPEST = 12
MOST_ITEMS = 20
MOST_TRAITS = 600  # of one answer
# Members whose texts are codes: only theirs are remembered, never a person's name or a key.
CODED = re.compile(
    r"(?:^|[a-z_-])(?:status|state|type|kind|category|mode|level|role|currency|method|reason|phase"
    r"|stage|priority|severity|event|action|scheme|visibility|object)$",
    re.IGNORECASE,
)
Found = dict[tuple[str, str], Saying]


def observe(contract: Contract, exchanges: Iterable[Exchange]) -> Mapping[Trait, Observed]:
    """
    What the answers show, counted by answer: a list of fifty items is one answer.

    Only answers below 400 are learned from: a refusal's form is another question.
    """
    operations = {operation.key: operation for operation in contract.operations}
    counts: Counter[Trait] = Counter()
    standing: dict[Trait, Saying] = {}
    for exchange in exchanges:
        operation = operations.get(exchange.request.operation)
        if operation is None or exchange.response is None or exchange.status >= 400:
            continue
        for (path, name), said in _of_answer(operation, exchange).items():
            trait = Trait(operation.key, str(exchange.status), path, name)
            counts[trait] += 1
            denied = standing.get(trait) is Saying.DENIED
            standing[trait] = Saying.DENIED if denied else said
    return {trait: Observed(count, standing[trait]) for trait, count in counts.items()}


def _of_answer(operation: Operation, exchange: Exchange) -> Found:
    response = exchange.response
    if response is None:
        return {}
    reading = judge_response(operation, response)
    found: Found = {("", "answers"): Saying.SAID}
    if reading.spec is None:
        found["", "status"] = Saying.DENIED
    if not reading.media_ok:
        found["", f"media {response.media_type[:60] or 'none'}"] = Saying.DENIED
    schema = reading.media.schema if reading.media else None
    if schema is not None and reading.value is not None:
        shape = Shape.of(schema)
        for path, name, said in _walked(shape, reading.value, "", 0):
            if len(found) >= MOST_TRAITS:
                break
            found[path, name] = said
        found.update(_denied(shape, reading))
    return found


def _walked(shape: Shape, value: Any, path: str, depth: int) -> Iterator[tuple[str, str, Saying]]:
    if depth > DEEPEST:
        return
    yield path, f"type {kind_of(value)}", Saying.SAID if shape.types else Saying.OPEN
    if isinstance(value, str):
        yield from _text(shape, value, path)
    elif isinstance(value, list):
        for item in value[:MOST_ITEMS]:
            yield from _walked(shape.items(), item, f"{path}[]", depth + 1)
    elif isinstance(value, dict):
        described = shape.properties
        for name, member in value.items():
            where = _joined(path, _known_as(described, name))
            yield where, "present", Saying.SAID if name in described else Saying.OPEN
            yield from _walked(shape.member(name), member, where, depth + 1)


def _text(shape: Shape, value: str, path: str) -> Iterator[tuple[str, str, Saying]]:
    listed = bool(shape.enum)
    code = code_of(value)
    member = path.rpartition(".")[2].removesuffix("[]")
    if code and (value in shape.enum or (not listed and CODED.search(member))):
        yield path, f"value {code}", Saying.SAID if listed else Saying.OPEN
    said = listed or bool(shape.formats)
    yield path, f"format {format_of(value)}", Saying.SAID if said else Saying.OPEN


def _known_as(described: Mapping[str, Any], name: str) -> str:
    """Names in a map are data: all are one; half a surrogate pair has no UTF-8."""
    return name.encode("utf-8", "replace").decode()[:80] if described else "*"


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _denied(shape: Shape, reading: Reading) -> Found:
    """What the document denies; of a value of the wrong type nothing else is held against it."""
    shown = [_trait(shape, reading.value, violation) for violation in reading.violations]
    mistyped = {path for path, name in shown if name.startswith("type ")}
    return {
        (path, name): Saying.DENIED
        for path, name in shown
        if path not in mistyped or name.startswith("type ")
    }


def _trait(shape: Shape, value: Any, violation: Violation) -> tuple[str, str]:
    """Where, in the terms of paths, and as what a violation shows."""
    path, node = "", value
    missing = [violation.member] if violation.member else []
    for token in (*violation.path.split("/")[1:], *missing):
        name = token.replace("~1", "/").replace("~0", "~")
        if isinstance(node, list):
            shape, path = shape.items(), f"{path}[]"
            node = node[int(name)] if name.isdigit() and int(name) < len(node) else None
        else:
            path = _joined(path, _known_as(shape.properties, name))
            shape = shape.member(name)
            node = node.get(name, _Absent) if isinstance(node, dict) else None
    return path, _shown(violation.keyword, node)


class _Absent:
    """Stands for a member that is not there."""


def _shown(keyword: str, node: Any) -> str:
    if keyword == "required" or node is _Absent:
        return "absent"
    if keyword == "type":
        return f"type {kind_of(node)}"
    if keyword in ("enum", "const") and isinstance(node, str | int | float) and code_of(str(node)):
        return f"value {code_of(str(node))}"
    if keyword == "format" and isinstance(node, str):
        return f"format {format_of(node)}"
    return f"breaks {keyword}"
