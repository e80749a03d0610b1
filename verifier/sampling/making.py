"""Values made from a standalone schema, without asking whether they are valid."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from verifier.sampling.texts import texts

__all__ = ["Maker", "kinds_of"]

DEEPEST = 6
MOST_ITEMS = 50
Node = Mapping[str, Any]


def kinds_of(node: Node) -> tuple[str, ...]:
    """The types that a schema allows, guessed from its keywords where it names none."""
    kind = node.get("type")
    if isinstance(kind, str):
        return (kind,)
    if isinstance(kind, list):
        return tuple(k for k in kind if isinstance(k, str))
    if "properties" in node or "required" in node or "additionalProperties" in node:
        return ("object",)
    if "items" in node or "prefixItems" in node:
        return ("array",)
    if node.keys() & {"minimum", "maximum", "multipleOf"}:
        return ("number",)
    return ("string",)


class Maker:
    """
    Makes values of one standalone schema.

    Args:
        valid: Whether a value obeys a subschema; strings are chosen by it.
    """

    def __init__(self, root: Any, valid: Callable[[Any, Any], bool]) -> None:
        self.root = root
        self._definitions = root.get("$defs", {}) if isinstance(root, Mapping) else {}
        self._valid = valid

    def follow(self, node: Any) -> Node:
        """A schema with its references followed and its ``allOf`` merged."""
        for _ in range(32):
            if not isinstance(node, Mapping):
                return {}
            if "$ref" in node:
                target = self._definitions.get(str(node["$ref"]).rpartition("/")[2], {})
                rest = {k: v for k, v in node.items() if k != "$ref"}
                node = _merged(target, rest) if rest and isinstance(target, Mapping) else target
            elif node.get("allOf"):
                node = self._all_of(node)
            else:
                return node
        return {}

    def make(
        self, node: Any, rng: random.Random, share: float, name: str = "", depth: int = 0
    ) -> Any:
        """
        A value.

        Args:
            share: How many of the optional members to fill in, 0 to 1.
            name: Of the member that it is for.
        """
        node = self.follow(node)
        given = self._given(node, rng)
        if given:
            return given[0]
        for keyword in ("oneOf", "anyOf"):
            branches = node.get(keyword)
            if isinstance(branches, list) and branches:
                return self._branch(node, keyword, branches, rng, share, name, depth)
        if isinstance(node.get("then"), Mapping):
            node = _merged(node, node["then"])
        kinds = kinds_of(node)
        kind = next((k for k in kinds if k != "null"), "null")
        return self._of_kind(kind, node, rng, share, name, depth)

    def _given(self, node: Node, rng: random.Random) -> Sequence[Any]:
        """What the schema itself shows: a constant, a choice, an example or a default."""
        if "const" in node:
            return (node["const"],)
        choices = node.get("enum")
        if isinstance(choices, list) and choices:
            return (rng.choice([c for c in choices if c is not None] or choices),)
        examples = node.get("examples")
        if isinstance(examples, list) and examples:
            return (rng.choice(examples),)
        return tuple(node[key] for key in ("example", "default") if node.get(key) is not None)[:1]

    def _of_kind(
        self, kind: str, node: Node, rng: random.Random, share: float, name: str, depth: int
    ) -> Any:
        match kind:
            case "object":
                return self._object(node, rng, share, depth)
            case "array":
                return self._array(node, rng, share, name, depth)
            case "integer" | "number":
                return number(node, rng, whole=kind == "integer")
            case "boolean":
                return rng.random() < 0.5
            case "null":
                return None
        made = list(dict.fromkeys(texts(node, rng, name)))
        return next((text for text in made if self._valid(node, text)), made[0])

    def _object(self, node: Node, rng: random.Random, share: float, depth: int) -> dict[str, Any]:
        required = [k for k in node.get("required", ()) if isinstance(k, str)]
        properties = node.get("properties")
        properties = properties if isinstance(properties, Mapping) else {}
        value: dict[str, Any] = {}
        for key, member in properties.items():
            if key in required or (depth < DEEPEST and rng.random() < share):
                if key not in required and depth > 2 and self._recursive(member):
                    continue
                value[key] = self.make(member, rng, share if depth < 3 else 0.0, key, depth + 1)
        more = node.get("additionalProperties")
        for key in required:
            if key not in value:
                value[key] = self.make(more if isinstance(more, Mapping) else {}, rng, 0.0, key)
        least = node.get("minProperties", 0)
        spare = [key for key in properties if key not in value]
        while len(value) < least and (spare or more is not False) and len(value) < MOST_ITEMS:
            key = spare.pop() if spare else f"key{len(value)}"
            value[key] = self.make(
                properties.get(key, more if isinstance(more, Mapping) else {}), rng, 0.0, key
            )
        most = node.get("maxProperties")
        for key in [k for k in value if k not in required]:
            if isinstance(most, int) and len(value) > most:
                del value[key]
        return value

    def _array(
        self, node: Node, rng: random.Random, share: float, name: str, depth: int
    ) -> list[Any]:
        least = min(int(node.get("minItems", 0)), MOST_ITEMS)
        wanted = max(least, 0 if depth >= DEEPEST or share == 0 else 1)
        most = node.get("maxItems")
        wanted = min(wanted, most) if isinstance(most, int) else wanted
        first = [self.make(n, rng, share, name, depth + 1) for n in node.get("prefixItems", ())]
        inner = node.get("contains") or node.get("items", {})
        made = first[:wanted] if first else []
        for _ in range(wanted * 4):
            if len(made) >= wanted:
                break
            item = self.make(inner, rng, share, name.rstrip("s"), depth + 1)
            if not node.get("uniqueItems") or item not in made:
                made.append(item)
        return made

    def _branch(
        self,
        node: Node,
        keyword: str,
        branches: Sequence[Any],
        rng: random.Random,
        share: float,
        name: str,
        depth: int,
    ) -> Any:
        rest = {k: v for k, v in node.items() if k != keyword}
        followed = [self.follow(branch) for branch in branches]
        useful = [b for b in followed if kinds_of(b) != ("null",) or b.get("enum")] or followed
        if depth >= 3:
            useful = [b for b in useful if not self._recursive(b)] or useful
        chosen = rng.choice(useful)
        return self.make(_merged(rest, chosen) if rest else chosen, rng, share, name, depth + 1)

    def _all_of(self, node: Node) -> Node:
        whole: Node = {k: v for k, v in node.items() if k != "allOf"}
        for part in node["allOf"]:
            whole = _merged(whole, self.follow(part))
        return whole

    def _recursive(self, node: Any) -> bool:
        """Whether a schema holds references to objects: worth less, the deeper it goes."""
        inner = self.follow(node)
        inner = self.follow(inner.get("items")) if "items" in inner else inner
        return "object" in kinds_of(inner) and bool(inner.get("properties"))


def number(node: Node, rng: random.Random, *, whole: bool) -> int | float:
    """A number within the bounds of a schema."""
    low, high = (
        _bound(node, "minimum", "exclusiveMinimum"),
        _bound(node, "maximum", "exclusiveMaximum"),
    )
    low = low if low is not None else (min(0, high) if high is not None else 1)
    high = high if high is not None else low + 100
    step = node.get("multipleOf")
    if isinstance(step, (int, float)) and step > 0:
        least = math.ceil(low / step) if "exclusiveMinimum" not in node else low // step + 1
        times = least + rng.randint(0, max(0, min(20, int((high - least * step) / step))))
        return int(times * step) if whole or isinstance(step, int) else round(times * step, 10)
    if whole:
        low = math.floor(low) + 1 if "exclusiveMinimum" in node else math.ceil(low)
        high = math.ceil(high) - 1 if "exclusiveMaximum" in node else math.floor(high)
        return rng.randint(low, max(low, min(high, low + 1000)))
    middle = low + (high - low) * rng.choice((0.25, 0.5, 0.75))
    return round(middle, 2) if low < round(middle, 2) < high else middle


def _bound(node: Node, closed: str, opened: str) -> float | None:
    found = [node[k] for k in (closed, opened) if isinstance(node.get(k), (int, float))]
    bounds = [float(v) if isinstance(v, float) else v for v in found if not isinstance(v, bool)]
    if not bounds:
        return None
    return max(bounds) if closed == "minimum" else min(bounds)


def _merged(first: Node, second: Node) -> dict[str, Any]:
    """Both schemas at once, as far as that can be written as one."""
    whole = dict(first)
    for key, value in second.items():
        held = whole.get(key)
        if key == "properties" and isinstance(held, Mapping) and isinstance(value, Mapping):
            both = {k: _merged(held[k], v) for k, v in value.items() if _both(held.get(k), v)}
            whole[key] = {**held, **value, **both}
        elif key == "required" and isinstance(held, list) and isinstance(value, list):
            whole[key] = [*held, *(v for v in value if v not in held)]
        elif key == "enum" and isinstance(held, list) and isinstance(value, list):
            whole[key] = [v for v in held if v in value] or value
        elif key in ("minimum", "minLength", "minItems", "minProperties") and _both_numbers(
            held, value
        ):
            whole[key] = max(held, value)
        elif key in ("maximum", "maxLength", "maxItems", "maxProperties") and _both_numbers(
            held, value
        ):
            whole[key] = min(held, value)
        elif key not in ("description", "title") or held is None:
            whole[key] = value
    return whole


def _both(first: Any, second: Any) -> bool:
    return isinstance(first, Mapping) and isinstance(second, Mapping)


def _both_numbers(first: Any, second: Any) -> bool:
    return isinstance(first, (int, float)) and isinstance(second, (int, float))
