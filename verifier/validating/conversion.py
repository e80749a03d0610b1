"""
One schema of a document in JSON Schema 2020-12, references left as references.

    OpenAPI 3.0 and 2.0                        becomes
    nullable: true with type or enum           null among the types and the options
    nullable: true beside $ref, allOf, oneOf   anyOf of that and null
    exclusiveMinimum: true with minimum        exclusiveMinimum: the number
    $ref with siblings                         the reference alone (and its nullable)
    type: file                                 anything
    every version
    readOnly in requests, writeOnly in answers no longer required
    format: int32, int64                       minimum and maximum
    other formats than the asserted ones       left out
    format: uuid with maxLength: 24            the length alone, and named: no text has both
    $ref that leads nowhere                    anything, and named
    discriminator                              left out: it is a hint, and must not change what is
                                               valid (3.1.1, 4.8.25)
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from verifier.model import Document, Pointer, UnresolvedReference
from verifier.validating.keywords import BRANCHES, INNER, MAPS, PLAIN, Unusable, pattern_fault
from verifier.validating.violations import Direction

__all__ = ["Conversion"]

DEEPEST = 100
LONGEST_INHERITANCE = 16
BOUNDS = {"int32": (-(2**31), 2**31 - 1), "int64": (-(2**63), 2**63 - 1)}
LENGTHS = {"date": (10, 10), "date-time": (20, 40), "uuid": (36, 36)}
WRAPPED = ("$ref", "allOf", "oneOf", "not", "const", "if")
HOLDING = frozenset((*INNER, *MAPS, *BRANCHES, "items"))
HIDDEN = {Direction.REQUEST: "readOnly", Direction.RESPONSE: "writeOnly"}


class Conversion:
    """
    The rules for one document and direction.

    Args:
        formats: The formats that are asserted.
        refer: Pointer of a definition to the name under which it is referred to.
        anchor: Address with an anchor's name to the place that it means.
        unchecked: Receives a sentence for everything that had to be left out.
    """

    def __init__(
        self,
        document: Document,
        direction: Direction,
        formats: frozenset[str],
        refer: Callable[[Pointer], str],
        anchor: Callable[[Pointer], Pointer],
        unchecked: Callable[[str], None],
    ) -> None:
        self.document = document
        self.older = document.dialect in ("2.0", "3.0")
        self.hiding = HIDDEN[direction]
        self.formats = formats
        self.refer = refer
        self.anchor = anchor
        self.unchecked = unchecked

    def convert(
        self, node: Any, at: Pointer, *, depth: int = 0, spared: frozenset[str] = frozenset()
    ) -> Any:
        """
        The schema in its standalone form.

        Args:
            spared: Names that an enclosing ``allOf`` hides in this direction.
        """
        if isinstance(node, bool):
            return node
        if not isinstance(node, Mapping):
            self.unchecked(f"{at} is no schema")
            return True
        if depth > DEEPEST:
            self.unchecked(f"{at} is nested more than {DEEPEST} levels deep")
            return True
        found: dict[str, Any] = {}
        if isinstance(node.get("$ref"), str):
            found = self._reference(node, at, "$ref")
        elif isinstance(node.get("$dynamicRef"), str):
            self.unchecked(f"{at}: $dynamicRef is followed as if it were $ref")
            found = self._reference(node, at, "$dynamicRef")
        if "$ref" not in node or not self.older:
            self._assertions(node, at, found, spared)
            self._subschemas(node, at, found, depth, spared)
        return _nullable(found) if self.older and node.get("nullable") is True else found

    def _reference(self, node: Mapping[str, Any], at: Pointer, keyword: str) -> dict[str, Any]:
        reference = node[keyword]
        try:
            target = self.document.target(reference, at)
            if target.path and not target.path.startswith("/"):
                target = self.anchor(target)
            else:
                self.document.resolve({"$ref": reference}, at)
            return {"$ref": f"#/$defs/{self.refer(target)}"}
        except UnresolvedReference as error:
            self.unchecked(f"{at}: {keyword} {reference} is taken for anything: {error}")
            return {}

    def _assertions(
        self, node: Mapping[str, Any], at: Pointer, found: dict[str, Any], spared: frozenset[str]
    ) -> None:
        for keyword, value in _modern(node).items():
            clean = PLAIN.get(keyword)
            if clean is None:
                continue
            try:
                found[keyword] = clean(value)
            except Unusable as why:
                self.unchecked(f"{at}: '{keyword}' {why}")
        self._apply_format(node.get("format"), at, found)
        if "required" in found:
            spared |= self.hidden(node, at)
            found["required"] = [name for name in found["required"] if name not in spared]

    def _apply_format(self, name: Any, at: Pointer, found: dict[str, Any]) -> None:
        if not isinstance(name, str) or name not in self.formats:
            return
        shortest, longest = LENGTHS.get(name, (0, math.inf))
        if found.get("minLength", 0) > longest or found.get("maxLength", math.inf) < shortest:
            self.unchecked(f"{at}: format '{name}' has no text of the length that is asked for")
            return
        if name not in BOUNDS:
            found["format"] = name
            return
        kinds = found.get("type", "")
        if kinds == "integer" or (isinstance(kinds, list) and "integer" in kinds):
            least, most = BOUNDS[name]
            found["minimum"] = max(least, found.get("minimum", least))
            found["maximum"] = min(most, found.get("maximum", most))

    def _subschemas(
        self,
        node: Mapping[str, Any],
        at: Pointer,
        found: dict[str, Any],
        depth: int,
        spared: frozenset[str],
    ) -> None:
        inner = depth + 1
        for keyword, value in node.items():
            if keyword not in HOLDING:
                continue
            where = at / keyword
            if keyword in INNER:
                found[keyword] = self.convert(value, where, depth=inner)
            elif keyword == "items":
                self._items(node, where, found, inner)
            elif keyword in MAPS and isinstance(value, Mapping):
                members: Iterable[tuple[Any, Any]] = value.items()
                if keyword == "patternProperties":
                    members = self._usable(value, where)
                found[keyword] = {
                    str(name): self.convert(member, where / name, depth=inner)
                    for name, member in members
                }
            elif keyword in BRANCHES and isinstance(value, list) and value:
                hidden = spared | self.hidden(node, at) if keyword == "allOf" else frozenset()
                found[keyword] = [
                    self.convert(branch, where / index, depth=inner, spared=hidden)
                    for index, branch in enumerate(value)
                ]

        if found.get("additionalProperties") is False:
            # The engine names the members that are too many only where there are properties.
            found.setdefault("properties", {})

    def _items(
        self, node: Mapping[str, Any], at: Pointer, found: dict[str, Any], depth: int
    ) -> None:
        items = node["items"]
        if not isinstance(items, list):
            found["items"] = self.convert(items, at, depth=depth)
            return
        # The tuples of JSON Schema before 2020-12.
        found["prefixItems"] = [
            self.convert(item, at / index, depth=depth) for index, item in enumerate(items)
        ] or [True]
        if "additionalItems" in node:
            more = self.convert(node["additionalItems"], at, depth=depth)
            found["items"] = more

    def _usable(self, patterns: Mapping[str, Any], at: Pointer) -> Iterator[tuple[str, Any]]:
        for pattern, member in patterns.items():
            fault = pattern_fault(str(pattern))
            if fault:
                self.unchecked(f"{at}: '{pattern}' {fault}")
            else:
                yield str(pattern), member

    def hidden(self, node: Mapping[str, Any], at: Pointer) -> frozenset[str]:
        """The members that this direction hides, those behind ``allOf`` and ``$ref`` included."""
        names: set[str] = set()
        self._hide(node, at, names, {at}, 0)
        return frozenset(names)

    def _hide(
        self, node: Mapping[str, Any], at: Pointer, names: set[str], met: set[Pointer], depth: int
    ) -> None:
        properties = node.get("properties")
        if isinstance(properties, Mapping):
            for name, member in properties.items():
                if isinstance(member, Mapping) and (
                    member.get(self.hiding) is True
                    or ("$ref" in member and self._seen(member, at)[0].get(self.hiding) is True)
                ):
                    names.add(str(name))
        branches = node.get("allOf")
        for index, branch in enumerate(branches if isinstance(branches, list) else ()):
            inner, where = self._seen(branch, at / "allOf" / index)
            # Definitions may refer to the next one twice, and so on: each is looked at once.
            if where not in met and depth < LONGEST_INHERITANCE:
                met.add(where)
                self._hide(inner, where, names, met, depth + 1)

    def _seen(self, node: Any, at: Pointer) -> tuple[Mapping[str, Any], Pointer]:
        try:
            value, at = self.document.resolve(node, at)
        except UnresolvedReference:
            return {}, at
        return (value, at) if isinstance(value, Mapping) else ({}, at)


def _modern(node: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same keywords without the spellings of older drafts that mean something else today."""
    found = dict(node)
    if found.get("type") == "file":
        del found["type"]
    if isinstance(found.get("required"), bool):
        # Draft 3, still met on properties; it asks nothing of this value itself.
        del found["required"]
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        strict = found.get(exclusive)
        if isinstance(strict, bool):
            del found[exclusive]
            if strict and bound in found:
                found[exclusive] = found.pop(bound)
    return found


def _nullable(found: dict[str, Any]) -> dict[str, Any]:
    if any(keyword in found for keyword in WRAPPED):
        return {"anyOf": [found, {"type": "null"}]}
    if "type" in found:
        kinds = found["type"]
        found["type"] = [*([kinds] if isinstance(kinds, str) else kinds), "null"]
        found["type"] = list(dict.fromkeys(found["type"]))
    if "enum" in found and None not in found["enum"]:
        found["enum"] = [*found["enum"], None]
    if "anyOf" in found:
        found["anyOf"] = [*found["anyOf"], {"type": "null"}]
    return found
