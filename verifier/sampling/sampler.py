"""Values of a schema: typical ones, edges, and values that are wrong in one way."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from verifier.model import Schema
from verifier.validating import Direction, standalone, validator

__all__ = ["Sampler", "Unsatisfiable", "sampler"]


class Unsatisfiable(ValueError):  # noqa: N818
    """No valid value could be made."""


class Sampler:
    def __init__(self, schema: Schema, direction: Direction) -> None:
        self.root = standalone(schema, direction)
        self.validator = validator(schema, direction)
        self.defs = self.root.get("$defs", {}) if isinstance(self.root, dict) else {}

    def typical(self, rng: random.Random, name: str = "", optional: float = 0.7) -> Any:
        for attempt in range(12):
            value = self._make(self.root, rng, name, 0, optional if attempt < 6 else 0.0)
            if self.validator.accepts(value):
                return value
        raise Unsatisfiable(f"no valid value found for {self.validator.schema.at}")

    def minimal(self, rng: random.Random) -> Any:
        return self.typical(rng, optional=0.0)

    def full(self, rng: random.Random) -> Any:
        return self.typical(rng, optional=1.0)

    def boundaries(self) -> Iterator[tuple[str, Any]]:
        rng = random.Random(1)
        try:
            base = self.typical(rng)
        except Unsatisfiable:
            return
        node = self._follow(self.root)
        for value in node.get("enum", []):
            yield f"choice {value!r}", value
        if not isinstance(base, dict):
            return
        for name, sub in node.get("properties", {}).items():
            for says, value in self._edges(sub):
                candidate = {**base, name: value}
                if self.validator.accepts(candidate):
                    yield f"/{name}: {says}", candidate

    def violations(self) -> Iterator[tuple[str, str, Any]]:
        rng = random.Random(2)
        try:
            base = self.typical(rng)
        except Unsatisfiable:
            return
        wrongs = []
        if isinstance(base, dict):
            node = self._follow(self.root)
            for name in node.get("required", []):
                wrongs.append(
                    (
                        f"missing-required:/{name}",
                        f"/{name} is left out",
                        {k: v for k, v in base.items() if k != name},
                    )
                )
            for name in base:
                wrongs.append(
                    (
                        f"wrong-type:/{name}",
                        f"/{name}: an object",
                        {**base, name: {"verifier": True}},
                    )
                )
                wrongs.append((f"wrong-type:/{name}", f"/{name}: a number", {**base, name: 12345}))
            wrongs.append(("extra-property:", "an unknown member", {**base, "verifierUnknown": 1}))
        wrongs.append(("wrong-type:", "a list", ["verifier"]))
        for aspect, says, value in wrongs:
            if not self.validator.accepts(value):
                yield aspect, says, value

    def _edges(self, sub: Any) -> Iterator[tuple[str, Any]]:
        node = self._follow(sub)
        kinds = node.get("type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        for value in node.get("enum", []):
            yield f"choice {value!r}", value
        if "string" in kinds:
            yield "unicode", "Zoë 東京 🚲"
            yield "longest", "x" * min(node.get("maxLength", 300), 3000)
            yield "empty", ""
        if "integer" in kinds or "number" in kinds:
            for key in ("minimum", "maximum"):
                if key in node:
                    yield key, node[key]
            yield "zero", 0
        if "null" in kinds:
            yield "null", None

    def _follow(self, node: Any) -> dict[str, Any]:
        for _ in range(20):
            if isinstance(node, dict) and "$ref" in node:
                node = self.defs.get(node["$ref"].rsplit("/", 1)[-1], {})
            else:
                break
        return node if isinstance(node, dict) else {}

    def _make(self, node: Any, rng: random.Random, name: str, depth: int, optional: float) -> Any:
        node = self._follow(node)
        if "const" in node:
            return node["const"]
        if node.get("enum"):
            return rng.choice(node["enum"])
        for key in ("example", "default"):
            if key in node:
                return node[key]
        if node.get("examples"):
            return rng.choice(node["examples"])
        for key in ("oneOf", "anyOf"):
            if node.get(key):
                branches = [b for b in node[key] if self._follow(b).get("type") != "null"] or node[
                    key
                ]
                base = (
                    self._make(
                        {k: v for k, v in node.items() if k != key}, rng, name, depth, optional
                    )
                    if node.get("properties")
                    else None
                )
                value = self._make(rng.choice(branches), rng, name, depth + 1, optional)
                return (
                    {**base, **value}
                    if isinstance(base, dict) and isinstance(value, dict)
                    else value
                )
        if node.get("allOf"):
            merged: dict[str, Any] = {k: v for k, v in node.items() if k != "allOf"}
            for part in node["allOf"]:
                part = self._follow(part)
                for k, v in part.items():
                    if k == "properties":
                        merged["properties"] = {**merged.get("properties", {}), **v}
                    elif k == "required":
                        merged["required"] = [*merged.get("required", []), *v]
                    else:
                        merged.setdefault(k, v)
            return self._make(merged, rng, name, depth + 1, optional)
        kind = node.get("type")
        if isinstance(kind, list):
            kind = next((k for k in kind if k != "null"), "null")
        if kind is None:
            kind = "object" if "properties" in node else "string"
        return getattr(self, f"_{kind}")(node, rng, name, depth, optional)

    def _object(self, node: Any, rng: random.Random, name: str, depth: int, optional: float) -> Any:
        required = set(node.get("required", []))
        value = {}
        for key, sub in node.get("properties", {}).items():
            if key in required or (depth < 4 and rng.random() < optional):
                value[key] = self._make(sub, rng, key, depth + 1, optional)
        extra = node.get("additionalProperties")
        for key in required - value.keys():
            value[key] = self._make(
                extra if isinstance(extra, dict) else {}, rng, key, depth + 1, optional
            )
        while len(value) < node.get("minProperties", 0):
            value[f"key{len(value)}"] = self._make(
                extra if isinstance(extra, dict) else {}, rng, name, depth + 1, optional
            )
        return value

    def _array(self, node: Any, rng: random.Random, name: str, depth: int, optional: float) -> Any:
        count = max(node.get("minItems", 0), 0 if depth > 4 else min(2, node.get("maxItems", 2)))
        return [
            self._make(node.get("items", {}), rng, name, depth + 1, optional) for _ in range(count)
        ]

    def _string(self, node: Any, rng: random.Random, name: str, depth: int, optional: float) -> Any:
        import exrex  # noqa

    def _integer(
        self, node: Any, rng: random.Random, name: str, depth: int, optional: float
    ) -> Any:
        low = node.get("minimum", node.get("exclusiveMinimum", 0))
        high = node.get("maximum", low + 100)
        value = rng.randint(int(low), max(int(low), int(high)))
        step = node.get("multipleOf")
        return value - value % step if step else value

    def _number(self, node: Any, rng: random.Random, name: str, depth: int, optional: float) -> Any:
        return float(self._integer(node, rng, name, depth, optional))

    def _boolean(
        self, node: Any, rng: random.Random, name: str, depth: int, optional: float
    ) -> Any:
        return rng.random() < 0.5

    def _null(self, *_: Any) -> Any:
        return None


FORMATS = {
    "date-time": "2026-05-17T09:30:00Z",
    "date": "2026-05-17",
    "email": "ada@example.com",
    "uuid": "3f2b8c1e-7d64-4a0f-9b52-1c8e6d7f0a11",
    "uri": "https://example.com/a",
    "url": "https://example.com/a",
    "hostname": "example.com",
    "ipv4": "192.0.2.7",
    "byte": "aGVsbG8=",
}


def _string(
    self: Sampler, node: Any, rng: random.Random, name: str, depth: int, optional: float
) -> Any:
    if node.get("format") in FORMATS:
        return FORMATS[node["format"]]
    if node.get("pattern"):
        for text in ("12.50", "19.99", "EUR", "DE", "abc", "a1", "12345", "ab_12", "2026-05-17"):
            if __import__("re").search(node["pattern"], text):
                return text
    text = f"{name or 'text'} {rng.randint(1, 999)}"
    low, high = node.get("minLength", 0), node.get("maxLength", 200)
    return (text + "x" * max(0, low - len(text)))[:high]


Sampler._string = _string  # type: ignore[method-assign]


def sampler(schema: Schema, direction: Direction) -> Sampler:
    return Sampler(schema, direction)
