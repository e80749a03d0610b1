"""Looks at nodes of a document without trusting them: surprises become problems."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from verifier.model import Document, Node, Pointer, Problem, Schema, UnresolvedReference

__all__ = ["Reader", "Report", "kind_in_words", "plain_list", "plain_text"]

Report = Callable[[Problem], None]

LONGEST_NAME = 2000
NOTHING: Mapping[str, Any] = {}


class Reader:
    """
    Follows references, once each, and reports what is not as it should be.

    Args:
        document: The document that is read.
        report: Receives each problem as it is met.
        later: Whether what operations and their answers hold is read when somebody asks for it.
    """

    def __init__(self, document: Document, report: Report, *, later: bool = False) -> None:
        self.document = document
        self.report = report
        self.later = later
        self.operation = ""
        # What was made of a place, each kind by itself: a parameter may refer to a body by mistake.
        self.parameters: dict[Any, Any] = {}
        self.bodies: dict[Any, Any] = {}
        self.responses: dict[Any, Any] = {}
        self.needs: dict[Any, Any] = {}
        self._followed: dict[tuple[str, str], Node | UnresolvedReference] = {}

    def problem(self, says: str, at: Pointer, mend: str, *, lost: bool = False) -> None:
        """Report something wrong, in the name of the operation that is being read."""
        found = Problem(says=says, at=at, mend=mend, operation=self.operation, lost=lost)
        self.report(found)

    def mapping(self, value: Any, at: Pointer, what: str) -> tuple[Mapping[str, Any], Pointer]:
        """An object behind references; an empty one, with a problem, where it is none."""
        if value.__class__ is dict and "$ref" not in value:
            return value, at  # nearly always
        if isinstance(value, Mapping) and "$ref" in value:
            try:
                value, at = self.follow(value, at)
            except UnresolvedReference as error:
                self.problem(
                    f"{what} refers to something that cannot be read: {error}",
                    at,
                    "Point the reference at something that exists.",
                    lost=True,
                )
                return NOTHING, at
        if isinstance(value, Mapping):
            return value, at
        self.problem(f"{what} is {kind_in_words(value)}, not an object", at, "Write an object.")
        return NOTHING, at

    def shared(self, value: Any, file: str) -> tuple[str, str] | None:
        """What a mere reference is known by; None for anything else."""
        reference = value.get("$ref") if value.__class__ is dict else None
        return (file, reference) if isinstance(reference, str) else None

    def follow(self, value: Mapping[str, Any], at: Pointer) -> Node:
        """
        What a reference leads to in the end.

        Raises:
            UnresolvedReference: It leads nowhere, is not allowed, or goes round in a circle.
        """
        reference = value["$ref"]
        if not isinstance(reference, str):
            return Node(value, at)
        key = (at.file, reference)
        found = self._followed.get(key)
        if found is None:
            try:
                found = self.document.resolve(value, at)
            except UnresolvedReference as error:
                found = error
            except ValueError as error:
                found = UnresolvedReference(f"'{reference}' is no reference: {error}")
            self._followed[key] = found
        if isinstance(found, Node):
            return found
        raise UnresolvedReference(*found.args)

    def members(self, parent: Mapping[str, Any], name: str, at: Pointer) -> Mapping[str, Any]:
        """The object under a name; an empty one where there is none. Endless names are left out."""
        value = parent.get(name)
        if value is None:
            return NOTHING
        found, where = self.mapping(value, at / name, f"'{name}'")
        if max(map(len, found), default=0) <= LONGEST_NAME:
            return found
        # Every address below would repeat the name: a few such names fill the memory.
        self.problem(f"a name in '{name}' is too long", where, "Shorten it; it was left out.")
        return {key: inner for key, inner in found.items() if len(key) <= LONGEST_NAME}

    def items(self, parent: Mapping[str, Any], name: str, at: Pointer) -> list[Any]:
        """The list under a name; an empty one, with a problem, where something else stands."""
        value = parent.get(name)
        if value is None or isinstance(value, list):
            return value or []
        self.problem(f"'{name}' is {kind_in_words(value)}, not a list", at / name, "Write a list.")
        return []

    def schema(self, parent: Mapping[str, Any], at: Pointer) -> Schema | None:
        """The schema under ``schema``, by address."""
        node = parent.get("schema")
        if isinstance(node, (Mapping, bool)):
            return Schema(document=self.document, node=node, at=at / "schema")
        if node is not None:
            self.problem(
                f"'schema' is {kind_in_words(node)}, not an object", at / "schema", "Write one."
            )
        return None


def plain_list(value: Any) -> list[Any]:
    """A list; an empty one in place of anything else."""
    return value if isinstance(value, list) else []


def plain_text(value: Any) -> str:
    """A text; an empty one in place of anything else."""
    return value if isinstance(value, str) else ""


def kind_in_words(value: Any) -> str:
    """What a value is, for a person."""
    if isinstance(value, Mapping):
        return "an object"
    words = {
        bool: "a truth value",
        int: "a number",
        float: "a number",
        str: "a text",
        list: "a list",
        type(None): "empty",
    }
    return words.get(type(value), f"a {type(value).__name__}")
