"""Values made from an outline by functions that are compiled when a schema is first reached."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from verifier.sampling.heights import Heights
from verifier.sampling.merging import merged
from verifier.sampling.numbers import number_maker
from verifier.sampling.outline import Node, Outline, kinds_of
from verifier.sampling.patterns import matching
from verifier.sampling.resemblance import Resemblance
from verifier.sampling.texts import is_fit, text_maker

__all__ = ["Draw", "Maker"]

DEEPEST = 4
DEEPEST_EVER = 100
MOST_PARTS = 5000
MOST_ITEMS = 200
MOST_MEMBERS = 200
UNIQUE_TRIES = 20


class Draw(Struct):
    """
    The making of one value.

    Args:
        share: How many of the optional members to fill in, 0 to 1.
        plain: Whether the likeliest is wanted: what the document shows, the first alternative.
        flat: Whether optional members that are objects or lists are left out.
        left: How many parts may still be made before only what is required is.
    """

    rng: random.Random
    share: float
    plain: bool = True
    flat: bool = False
    left: int = MOST_PARTS

    def wants(self, depth: int) -> bool:
        """Whether an optional member is filled in."""
        if depth > DEEPEST or self.left <= 0 or not self.share:
            return False
        return self.share >= 1 or self.rng.random() < self.share


Make = Callable[[Draw, int], Any]


class Maker:
    """Makes values of one outline; likely to be valid, and to be checked."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self._heights = Heights(outline, self.branches)
        self._resemblance = Resemblance(outline, self.branches)
        self._made: dict[tuple[int, str], tuple[Any, Make]] = {}
        self._branched: dict[int, tuple[Node, list[Node]]] = {}

    def of(self, schema: Any, name: str = "") -> Make:
        """
        The function that makes values of a schema.

        Args:
            name: Of the member that it is for.
        """
        kept = self._made.get((id(schema), name))
        if kept is None:
            # The schema is kept so that its id is given to no other.
            kept = self._made[id(schema), name] = (schema, self._compiled(schema, name))
        return kept[1]

    def branches(self, node: Node) -> list[Node]:
        """The alternatives of a schema, each with everything else that it says merged in."""
        kept = self._branched.get(id(node))
        if kept is None:
            kept = self._branched[id(node)] = (node, list(self._branches(node)))
        return kept[1]

    def unwanted(self, member: Any) -> bool:
        """Whether a member is left out if it may be: hidden in this direction, or impossible."""
        return member is False or self.outline.hides(member)

    def nests(self, member: Any) -> bool:
        """Whether the values of a schema are objects or lists."""
        node = self.outline.follow(member)
        branches = self.branches(node) or [node]
        return any({"object", "array"} & set(kinds_of(branch)) for branch in branches)

    def is_flat(self, schema: Any) -> bool:
        """Whether the least value of a schema is a scalar or empty."""
        return self._heights.of(schema) == 0

    def stripped(self, schema: Any, value: Any) -> Any:
        """A value without the members that this direction hides."""
        node = self.outline.follow(schema)
        if isinstance(value, list):
            items = node.get("items", {})
            return [self.stripped(items, item) for item in value]
        if not isinstance(value, dict):
            return value
        properties = node.get("properties", {})
        return {
            name: self.stripped(properties.get(name, {}), member)
            for name, member in value.items()
            if name not in properties or not self.outline.hides(properties[name])
        }

    def _branches(self, node: Node) -> Iterator[Node]:
        if "enum" in node or "const" in node:
            return
        for keyword in ("oneOf", "anyOf"):
            if keyword in node:
                rest = {key: value for key, value in node.items() if key != keyword}
                for branch in node[keyword]:
                    if branch is not False:
                        yield self._joined(rest, self.outline.distinguished(node, branch))
                return
        if isinstance(node.get("if"), Mapping):
            rest = {k: v for k, v in node.items() if k not in ("if", "then", "else")}
            yield self._joined(self._joined(rest, node["if"]), node.get("then", {}))
            yield self._joined(rest, node.get("else", {}))

    def _joined(self, rest: Node, branch: Any) -> Node:
        return merged(rest, self.outline.follow(branch)) if rest else self.outline.follow(branch)

    def _compiled(self, schema: Any, name: str) -> Make:
        node = self.outline.follow(schema)
        made = self._chosen(node, name) if self.branches(node) else self._plain(node, name)
        resembles = self._resemblance.holds
        shown = [self.stripped(node, v) for v in _shown(node) if resembles(node, v)]
        if not shown:
            return made
        return lambda draw, depth: shown[0] if draw.plain else made(draw, depth)

    def _plain(self, node: Node, name: str) -> Make:
        if "const" in node:
            return lambda draw, depth: node["const"]
        if "enum" in node:
            options = [one for one in node["enum"] if one is not None] or node["enum"]
            return lambda draw, depth: options[0] if draw.plain else draw.rng.choice(options)
        kinds = [kind for kind in kinds_of(node) if kind != "null"]
        return self._of_kind(kinds[0] if kinds else "null", node, name)

    def _of_kind(self, kind: str, node: Node, name: str) -> Make:
        match kind:
            case "object":
                return _Members(self, node).make
            case "array":
                return _Items(self, node, name).make
            case "integer" | "number":
                number = number_maker(node, name, whole=kind == "integer")
                return lambda draw, depth: number(draw.rng)
            case "boolean":
                return lambda draw, depth: draw.rng.random() < 0.5
            case "null":
                return lambda draw, depth: None
        text = text_maker(node, name)
        return lambda draw, depth: text(draw.rng, draw.plain)

    def _chosen(self, node: Node, name: str) -> Make:
        branches = self.branches(node)
        useful = [branch for branch in branches if kinds_of(branch) != ("null",)] or branches

        def made(draw: Draw, depth: int) -> Any:
            if depth >= DEEPEST_EVER:
                return None
            if depth > DEEPEST or draw.left <= 0:
                chosen = min(useful, key=self._heights.of)
            else:
                chosen = useful[0] if draw.plain else draw.rng.choice(useful)
            return self.of(chosen, name)(draw, depth + 1)

        return made


class _Members:
    """Makes objects of one schema."""

    def __init__(self, maker: Maker, node: Node) -> None:
        self.maker = maker
        self.node = node
        self.properties: Mapping[str, Any] = node.get("properties", {})
        self.required = list(node.get("required", ()))
        self.needed = frozenset(self.required)
        self.offered = [
            (name, member, name in self.needed)
            for name, member in self.properties.items()
            if name in self.needed
            or not (maker.unwanted(member) or maker.outline.follow(member).get("deprecated"))
        ]
        nested = {name for name, member, _ in self.offered if maker.nests(member)}
        # Where everything is optional and nested, something has to be there all the same.
        self.nested = nested if len(nested) < len(self.offered) else frozenset()
        more = node.get("additionalProperties")
        self.more: Any = {} if more is None or more is True else more
        self.closed = more is False
        self.patterned: Mapping[str, Any] = node.get("patternProperties", {})

    def make(self, draw: Draw, depth: int) -> Any:
        value: dict[str, Any] = {}
        if depth >= DEEPEST_EVER:
            return value
        of = self.maker.of
        for name, member, needed in self.offered:
            if needed or (draw.wants(depth) and not (draw.flat and name in self.nested)):
                draw.left -= 1
                value[name] = of(member, name)(draw, depth + 1)
        for name in self.required:
            if name not in value:
                value[name] = of(self._schema_of(name), name)(draw, depth + 1)
        self._companions(value, draw, depth)
        self._counted(value, draw, depth)
        return value

    def _schema_of(self, name: str) -> Any:
        if name in self.properties:
            return self.properties[name]
        found = (inner for key, inner in self.patterned.items() if is_fit({"pattern": key}, name))
        return next(found, {} if self.closed else self.more)

    def _companions(self, value: dict[str, Any], draw: Draw, depth: int) -> None:
        for name, others in self.node.get("dependentRequired", {}).items():
            for other in others if name in value else ():
                if other not in value:
                    value[other] = self.maker.of(self._schema_of(other), other)(draw, depth + 1)

    def _counted(self, value: dict[str, Any], draw: Draw, depth: int) -> None:
        """As many members as are asked for, and no more."""
        least = min(self.node.get("minProperties", 0), MOST_MEMBERS)
        if len(value) < least or (not self.properties and draw.wants(depth)):
            for name in self._names(draw.rng):
                if len(value) >= max(least, 1):
                    break
                if name not in value:
                    value[name] = self.maker.of(self._schema_of(name), name)(draw, depth + 1)
        most = self.node.get("maxProperties")
        spare = [name for name in value if name not in self.needed]
        while most is not None and len(value) > most and spare:
            del value[spare.pop()]

    def _names(self, rng: random.Random) -> Iterator[str]:
        """Names that may be added: described ones, those of a pattern, then any."""
        yield from (name for name, _, _ in self.offered)
        rules = self.maker.outline.follow(self.node.get("propertyNames", {}))
        yield from rules.get("enum", ())
        patterns = [rules["pattern"]] if "pattern" in rules else list(self.patterned)
        for pattern in patterns:
            made = (matching(pattern, rng) for _ in range(MOST_MEMBERS))
            yield from (name for name in made if name and is_fit(rules, name))
        if not self.closed:
            yield from (f"key{number}" for number in range(1, MOST_MEMBERS + 1))


class _Items:
    """Makes arrays of one schema."""

    def __init__(self, maker: Maker, node: Node, name: str) -> None:
        self.maker = maker
        self.node = node
        self.name = name.removesuffix("s")
        self.first: Sequence[Any] = node.get("prefixItems", ())
        self.least = min(node.get("minItems", 0), MOST_ITEMS)
        self.most = node.get("maxItems", MOST_ITEMS)
        self.unique = node.get("uniqueItems") is True
        rest = node.get("items", {})
        self.closed = rest is False
        self.rest = rest if isinstance(rest, Mapping) else {}
        contained = maker.outline.follow(node.get("contains", {}))
        self.contained = merged(self.rest, contained) if contained else None

    def make(self, draw: Draw, depth: int) -> list[Any]:
        if depth >= DEEPEST_EVER:
            return []
        wanted = max(self.least, len(self.first) if self.closed else 0)
        if draw.share and draw.left > 0 and (depth <= DEEPEST or self.maker.is_flat(self.rest)):
            wanted = max(wanted, 1, len(self.first))
        wanted = max(self.least, min(wanted, self.most))
        of = self.maker.of
        made = [of(schema, self.name)(draw, depth + 1) for schema in self.first[:wanted]]
        if self.contained is not None:
            count = min(self.node.get("minContains", 1), MOST_ITEMS)
            made += [of(self.contained, self.name)(draw, depth + 1) for _ in range(count)]
        while len(made) < wanted and not (self.closed and len(made) >= len(self.first)):
            draw.left -= 1
            made.append(self._another(made, draw, depth))
        return made

    def _another(self, made: list[Any], draw: Draw, depth: int) -> Any:
        """One more item; a different one where they must be."""
        make = self.maker.of(self.rest, self.name)
        item = make(draw, depth + 1)
        if not self.unique or item not in made:
            return item
        loose = Draw(draw.rng, draw.share, plain=False, left=draw.left)
        for _ in range(UNIQUE_TRIES):
            item = make(loose, depth + 1)
            if item not in made:
                break
        return item


def _shown(node: Node) -> Iterator[Any]:
    """What the document shows: an example, or the default."""
    if "example" in node:
        yield node["example"]
    examples = node.get("examples")
    if isinstance(examples, list):
        yield from examples
    elif isinstance(examples, Mapping):
        yield from examples.values()
    if node.get("default") is not None:
        yield node["default"]
