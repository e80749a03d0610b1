"""From schemas as written to what they say: references, allOf and nullable folded away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from verifier.diffing.settling import COMPOSED, DEEPEST, OLDER, branches_of, followed, settle
from verifier.diffing.shapes import FREE, Bound, Part, Shape, Union, canonical
from verifier.model import Document, Pointer, UnresolvedReference

__all__ = ["Shapes"]

MOST_PARTS = 400
MOST_KEPT = 20_000
LOWER = {"minLength": 0, "minItems": 0, "minProperties": 0, "minContains": 1}
UPPER = ("maxLength", "maxItems", "maxProperties", "maxContains")
RARER = frozenset(
    {
        "$dynamicRef",
        "$recursiveRef",
        "additionalItems",
        "contains",
        "contentEncoding",
        "contentMediaType",
        "contentSchema",
        "dependentSchemas",
        "else",
        "if",
        "patternProperties",
        "prefixItems",
        "propertyNames",
        "then",
        "xml",
    }
)
INNER_HOME = {
    "additionalProperties": "additional",
    "unevaluatedProperties": "additional",  # all parts are folded, so that both say the same
    "items": "items",
    "unevaluatedItems": "items",
    "not": "negated",
}
INNER = frozenset(INNER_HOME)
# Where a list of values says that it may grow (Azure, Speakeasy).
OPEN_MARKS = (("x-ms-enum/modelAsString", "true"), ("x-speakeasy-unknown-values", "allow"))
RANGES = frozenset(
    {*LOWER, *UPPER, "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
    | {"multipleOf", "uniqueItems"}
)


class Shapes:
    """The shapes of one document, each made once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._known: dict[tuple[tuple[Pointer, bool], ...], Shape] = {}
        self._marked: dict[tuple[str, str, str], bool] = {}

    def of(self, parts: tuple[Part, ...]) -> Shape:
        """What all parts together say."""
        settled = tuple(settle(self.document, part) for part in parts)
        key = tuple((part.at, part.null) for part in settled)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            found = self._known[key] = _shape(self.document, settled)
        return found

    def bound(self, parts: tuple[Part, ...]) -> tuple[Part, ...]:
        """The parts, or none where all that they say is that anything goes."""
        return () if parts and self.of(parts).free else parts

    def marked(self, parts: tuple[Part, ...], mark: str) -> bool:
        """Whether a schema carries a mark such as ``readOnly``, without reading all of it."""
        first = parts[0].node
        if len(parts) > 1 or not isinstance(first, dict):
            return self._leaves_marked(parts, mark)
        if COMPOSED.isdisjoint(first):
            return first.get(mark) is True
        reference = first.get("$ref")
        if len(first) > 1 or not isinstance(reference, str):
            return self._leaves_marked(parts, mark)
        # Many members are nothing but a reference, and to the same few schemas.
        key = (parts[0].at.file, reference, mark)
        if key not in self._marked:
            self._marked[key] = self._leaves_marked(parts, mark)
        return self._marked[key]

    def _leaves_marked(self, parts: tuple[Part, ...], mark: str) -> bool:
        scratch, seen = Shape(at=parts[0].at), set[Pointer]()
        return any(
            isinstance(leaf.node, dict) and leaf.node.get(mark) is True
            for part in parts
            for leaf in _leaves(self.document, part, seen, 0, scratch)
        )


def _shape(document: Document, parts: tuple[Part, ...]) -> Shape:
    at = parts[0].at
    if at.path.endswith(f"/{FREE}") and parts[0].node is True:
        at = Pointer(at.file, at.path[: -len(FREE) - 1])
    shape = Shape(at=at)
    seen: set[Pointer] = set()
    for part in parts:
        node = part.node
        if isinstance(node, dict) and COMPOSED.isdisjoint(node) and part.at not in seen:
            seen.add(part.at)
            null = part.null or node.get("nullable") is True
            leaf = Part(node, part.at, null)
            _add(document, shape, leaf)
            if len(parts) > 1:
                shape.leaves.append(leaf)
            continue
        for leaf in _leaves(document, part, seen, 0, shape):
            shape.leaves.append(leaf)
            _add(document, shape, leaf)
    if shape.options is not None:
        shape.null = shape.null and (b"null" in shape.options)
        shape.options.pop(b"null", None)
    return shape


def _leaves(
    document: Document, part: Part, seen: set[Pointer], depth: int, shape: Shape
) -> Iterator[Part]:
    """The parts without references and compositions of one branch."""
    if part.at in seen:
        return  # said already: a and a is a, and a circle says nothing more
    seen.add(part.at)
    if depth > DEEPEST or len(seen) > MOST_PARTS:
        shape.unresolved = f"{part.at} is composed of too many parts to be compared"
        return
    node = part.node
    if not isinstance(node, dict):
        yield part
        return
    null = part.null or node.get("nullable") is True
    if isinstance(node.get("$ref"), str):
        found = followed(document, node["$ref"], part.at)
        if isinstance(found, UnresolvedReference):
            shape.unresolved = str(found)
        else:
            inner = Part(found.value, found.at, null)
            yield from _leaves(document, inner, seen, depth + 1, shape)
        if document.dialect in OLDER:
            return  # siblings of a reference have no meaning before 3.1
    yield Part(node, part.at, null)
    for inner in _folded(document, node, part.at, null):
        yield from _leaves(document, inner, seen, depth + 1, shape)


def _folded(document: Document, node: Mapping[str, Any], at: Pointer, null: bool) -> Iterator[Part]:
    """The branches that apply in any case: those of allOf, and the only one of a union."""
    for index, branch in enumerate(_list(node.get("allOf"))):
        yield Part(branch, at / "allOf" / index, null)
    for keyword in ("oneOf", "anyOf"):
        if keyword not in node:
            continue
        found = branches_of(document, node, keyword, at)
        if len(found.kept) == 1:
            yield Part(found.kept[0].node, found.kept[0].at, null or found.null)


def _add(document: Document, shape: Shape, leaf: Part) -> None:
    node, at, null = leaf
    if node is False:
        shape.types, shape.null = frozenset(), False
    if not isinstance(node, dict):
        return
    _add_types(shape, node, null)
    _add_options(shape, node, null)
    if not RANGES.isdisjoint(node):
        _add_ranges(shape, node)
    _add_members(shape, node, at)
    if "required" in node or "dependentRequired" in node or "dependencies" in node:
        _add_demands(shape, node)
    _add_unions(document, shape, node, at, null)
    _add_marks(shape, node)
    for keyword in RARER.intersection(node):
        part = Part(node[keyword], at / keyword)
        shape.rest[keyword] = (*shape.rest.get(keyword, ()), part)


def _add_types(shape: Shape, node: Mapping[str, Any], null: bool) -> None:
    written = node.get("type")
    if isinstance(written, str):
        written = [written]
    if not isinstance(written, list):
        return
    names = frozenset(name for name in written if isinstance(name, str))
    shape.null = shape.null and (null or "null" in names)
    names -= {"null"}
    if "number" in names:
        names |= {"integer"}
    shape.types = names if shape.types is None else shape.types & names


def _add_options(shape: Shape, node: Mapping[str, Any], null: bool) -> None:
    # An empty list is a generator's slip (Discord has some): it would refuse everything.
    values = _list(node.get("enum")) or None
    if "const" in node:
        values = [node["const"]]
    if values is not None:
        _allow(shape, values, null)


def _allow(shape: Shape, values: list[Any], null: bool) -> None:
    """Only these values, as far as they were allowed before."""
    options = {canonical(value): value for value in values}
    if null:
        options[b"null"] = None
    if shape.options is not None:
        options = {key: value for key, value in options.items() if key in shape.options}
    shape.options = options


def _add_ranges(shape: Shape, node: Mapping[str, Any]) -> None:
    for name, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        ends = [Bound(node[name], node.get(exclusive) is True)] if _number(node.get(name)) else []
        ends += [Bound(node[exclusive], True)] if _number(node.get(exclusive)) else []
        for end in ends:
            _limit(shape.lower if name == "minimum" else shape.upper, name, end)
    for name, usual in LOWER.items():
        if _number(node.get(name)) and node[name] != usual:
            _limit(shape.lower, name, Bound(node[name]))
    for name in UPPER:
        if _number(node.get(name)):
            _limit(shape.upper, name, Bound(node[name]))
    if _number(node.get("multipleOf")) and node["multipleOf"] > 0:
        shape.steps.add(node["multipleOf"])
    shape.unique = shape.unique or node.get("uniqueItems") is True


def _limit(ends: dict[str, Bound], name: str, end: Bound) -> None:
    """Keep the stricter of two ends."""
    kept = ends.get(name)
    pick = max if name.startswith("min") else min
    if kept is None or (pick(kept.value, end.value) == end.value and kept != end):
        same = kept is not None and kept.value == end.value
        ends[name] = Bound(end.value, end.exclusive or (same and bool(kept and kept.exclusive)))


def _add_members(shape: Shape, node: Mapping[str, Any], at: Pointer) -> None:
    properties = node.get("properties")
    if isinstance(properties, dict) and properties:
        shape.listings.append((properties, at / "properties"))
    for keyword in INNER.intersection(node):
        value = node[keyword]
        if isinstance(value, (dict, bool)) and value is not True and value != {}:
            name = INNER_HOME[keyword]
            setattr(shape, name, (*getattr(shape, name), Part(value, at / keyword)))


def _add_demands(shape: Shape, node: Mapping[str, Any]) -> None:
    shape.required.update(name for name in _list(node.get("required")) if isinstance(name, str))
    for keyword in ("dependentRequired", "dependencies"):  # the latter until draft 7
        members = node.get(keyword)
        for name, others in members.items() if isinstance(members, Mapping) else ():
            if isinstance(others, list):
                known = shape.demands.get(str(name), frozenset())
                shape.demands[str(name)] = known | {str(other) for other in others}


def _add_unions(
    document: Document, shape: Shape, node: Mapping[str, Any], at: Pointer, null: bool
) -> None:
    for keyword in ("oneOf", "anyOf"):
        if keyword not in node:
            continue
        found = branches_of(document, node, keyword, at)
        if found.named:
            values = {canonical(value): value for value in found.named}
            shape.named = {**(shape.named or {}), **values}
        if found.options:
            _allow(shape, found.options, null or found.null)
        elif len(found.kept) > 1:
            # Null is told of the whole, whichever alternative lets it through.
            inside = any(_nullable(settle(document, branch)) for branch in found.kept)
            shape.null = shape.null and (null or found.null or inside)
            shape.unions.append(Union(tuple((b,) for b in found.kept)))


def _nullable(part: Part) -> bool:
    """Whether a schema says by itself that it may be null."""
    node = part.node
    if part.null or not isinstance(node, dict):
        return part.null
    kinds = node.get("type")
    return node.get("nullable") is True or (isinstance(kinds, list) and "null" in kinds)


def _add_marks(shape: Shape, node: Mapping[str, Any]) -> None:
    if isinstance(node.get("format"), str):
        shape.formats.add(node["format"])
    if isinstance(node.get("pattern"), str):
        shape.patterns.add(node["pattern"])
    shape.deprecated = shape.deprecated or node.get("deprecated") is True
    marks = {name: node[name] for name in node if name[:2] == "x-"}
    if marks:
        shape.marks |= marks
        shape.open = shape.open or any(_says(node, mark, word) for mark, word in OPEN_MARKS)
    if "default" in node:
        shape.default = canonical(node["default"])
    discriminator = node.get("discriminator")
    if isinstance(discriminator, Mapping):
        shape.discriminator = str(discriminator.get("propertyName", ""))
        mapping = discriminator.get("mapping")
        for value, name in mapping.items() if isinstance(mapping, Mapping) else ():
            shape.mapping[str(value)] = str(name).rpartition("/")[2]
    if isinstance(node.get("x-extensible-enum"), list):
        shape.named = {canonical(value): value for value in node["x-extensible-enum"]}


def _says(node: Mapping[str, Any], mark: str, word: str) -> bool:
    """Whether an extension, or a member of it, says a word."""
    name, _, member = mark.partition("/")
    value = node.get(name)
    if member:
        value = value.get(member) if isinstance(value, Mapping) else None
    return str(value).lower() == word


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
