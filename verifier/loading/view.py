"""A contract while it is being understood: schemas looked at lightly, and each once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from verifier.model import (
    Document,
    Header,
    Operation,
    Parameter,
    Pointer,
    Resource,
    ResponseSpec,
    Schema,
    SecurityScheme,
    UnresolvedReference,
)

__all__ = ["ContractView", "Piece", "is_json", "piece_of", "word_list", "word_set", "words"]

DEEPEST = 12
NOTHING: dict[str, Any] = {}
BOUNDARY = re.compile("(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+")


class Piece(NamedTuple):
    """A schema as it is written, and the file that its references start from."""

    node: Any
    file: str


class ContractView:
    """
    What recognisers look at: operations and schemes, and quick answers about their schemas.

    Schemas are followed without building anything; answers are kept for the life of the view.

    Args:
        infer: Finds the resources; None where nobody needs any.
        infer_calls: Finds those that are reached by calls, likewise.
    """

    def __init__(
        self,
        document: Document,
        *,
        operations: Sequence[Operation],
        webhooks: Sequence[Operation] = (),
        schemes: Mapping[str, SecurityScheme] | None = None,
        servers: Sequence[str] = (),
        infer: Callable[[ContractView], Sequence[Resource]] | None = None,
        infer_calls: Callable[[ContractView], Sequence[Resource]] | None = None,
    ) -> None:
        self.document = document
        self.operations = tuple(operations)
        self.webhooks = tuple(webhooks)
        self.schemes = schemes or {}
        self.servers = tuple(servers)
        self._infer = infer
        self._infer_calls = infer_calls
        self._followed: dict[tuple[str, str], Piece] = {}
        self._members: dict[int, dict[str, Piece]] = {}
        self._kinds: dict[int, frozenset[str]] = {}
        self._success: dict[str, Piece | None] = {}
        self._parameters: dict[str, list[tuple[Operation, Parameter]]] | None = None
        self._headers: dict[str, list[tuple[Operation, ResponseSpec, Header]]] | None = None

    @cached_property
    def resources(self) -> tuple[Resource, ...]:
        """What the vendor keeps, inferred when somebody first asks."""
        return tuple(self._infer(self)) if self._infer is not None else ()

    @cached_property
    def calls(self) -> tuple[Resource, ...]:
        """What is reached by calls and not by paths, likewise."""
        return tuple(self._infer_calls(self)) if self._infer_calls is not None else ()

    def follow(self, piece: Piece) -> Piece:
        """A schema with its references followed; an empty one where they lead nowhere."""
        node = piece.node
        if not isinstance(node, dict) or not isinstance(node.get("$ref"), str):
            return piece
        key = (piece.file, node["$ref"])
        found = self._followed.get(key)
        if found is None:
            try:
                value, at = self.document.resolve(node, Pointer(piece.file))
                found = Piece(value, at.file)
            except (UnresolvedReference, ValueError):
                found = Piece(NOTHING, piece.file)
            self._followed[key] = found
        return found

    def members(self, piece: Piece | None, depth: int = 0) -> dict[str, Piece]:
        """Name to schema of an object's members; parts and alternatives are taken together."""
        if piece is None:
            return {}
        node, file = self.follow(piece)
        if not isinstance(node, dict) or depth > DEEPEST:
            return {}
        found = self._members.get(id(node))
        if found is None:
            # A schema that contains itself finds this and goes no further.
            found = self._members[id(node)] = {}
            found.update(self._collected(node, file, depth))
        return found

    def _collected(self, node: dict[str, Any], file: str, depth: int) -> dict[str, Piece]:
        found: dict[str, Piece] = {}
        for part in _schemas(node, "allOf"):
            found.update(self.members(Piece(part, file), depth + 1))
        properties = node.get("properties")
        if isinstance(properties, dict):
            found.update((name, Piece(value, file)) for name, value in properties.items())
        for part in (*_schemas(node, "oneOf"), *_schemas(node, "anyOf")):
            for name, value in self.members(Piece(part, file), depth + 1).items():
                found.setdefault(name, value)
        return found

    def kinds(self, piece: Piece | None, depth: int = 0) -> frozenset[str]:
        """The JSON types that a schema allows, as far as it says; empty where it does not."""
        if piece is None or depth > DEEPEST:
            return frozenset()
        node, file = self.follow(piece)
        if not isinstance(node, dict):
            return frozenset()
        found = self._kinds.get(id(node))
        if found is None:
            # Alternatives that lead back here find nothing, instead of each other for ever.
            self._kinds[id(node)] = frozenset()
            found = self._kinds[id(node)] = self._allowed(node, file, depth)
        return found

    def _allowed(self, node: dict[str, Any], file: str, depth: int) -> frozenset[str]:
        kind = node.get("type")
        if isinstance(kind, str):
            return frozenset((kind,))
        if isinstance(kind, list):
            return frozenset(k for k in kind if isinstance(k, str))
        parts = [*_schemas(node, "allOf"), *_schemas(node, "oneOf"), *_schemas(node, "anyOf")]
        found = {k for part in parts for k in self.kinds(Piece(part, file), depth + 1)}
        if "properties" in node:
            found.add("object")
        if "items" in node:
            found.add("array")
        return frozenset(found)

    def items(self, piece: Piece | None) -> Piece | None:
        """The schema of a list's items; None where it is no list."""
        if piece is None:
            return None
        node, file = self.follow(piece)
        if not isinstance(node, dict):
            return None
        for part in (
            node,
            *_schemas(node, "allOf"),
            *_schemas(node, "anyOf"),
            *_schemas(node, "oneOf"),
        ):
            inner = self.follow(Piece(part, file))
            if isinstance(inner.node, dict) and isinstance(inner.node.get("items"), dict):
                return Piece(inner.node["items"], inner.file)
        return None

    def success(self, operation: Operation | None) -> Piece | None:
        """The schema of an operation's good answer in JSON."""
        if operation is None:
            return None
        if operation.key not in self._success:
            self._success[operation.key] = next(self._successes(operation), None)
        return self._success[operation.key]

    def _successes(self, operation: Operation) -> Iterator[Piece]:
        for spec in sorted(operation.responses, key=lambda spec: spec.status):
            if spec.status.startswith("2"):
                yield from (piece_of(m.schema) for m in spec.media if m.schema and is_json(m.type))

    def body(self, operation: Operation | None) -> Piece | None:
        """The schema of the body that an operation takes, in JSON or as a form."""
        for media in operation.body.media if operation and operation.body else ():
            if media.schema is not None and (is_json(media.type) or "form" in media.type):
                return piece_of(media.schema)
        return None

    def parameters(self, name: str) -> list[tuple[Operation, Parameter]]:
        """Where a parameter of this name (in any spelling) is taken."""
        if self._parameters is None:
            found: defaultdict[str, list[tuple[Operation, Parameter]]] = defaultdict(list)
            keys: dict[str, str] = {}  # most names are told by many operations
            for operation in self.operations:
                for parameter in operation.parameters:
                    key = keys.get(parameter.name)
                    if key is None:
                        key = keys[parameter.name] = "".join(words(parameter.name))
                    found[key].append((operation, parameter))
            self._parameters = dict(found)
        return self._parameters.get("".join(words(name)), [])

    def parameter_names(self) -> list[str]:
        """Every parameter's name, in the spelling in which ``parameters`` keeps it."""
        self.parameters("")
        return list(self._parameters or ())

    def headers(self) -> Mapping[str, list[tuple[Operation, ResponseSpec, Header]]]:
        """Response header in lower case to where it is documented."""
        if self._headers is None:
            self._headers = {}
            for operation in self.operations:
                for spec in operation.responses:
                    for header in spec.headers:
                        found = self._headers.setdefault(header.name.lower(), [])
                        found.append((operation, spec, header))
        return self._headers


def piece_of(schema: Schema) -> Piece:
    """A schema as a piece."""
    return Piece(schema.node, schema.at.file)


def is_json(media_type: str) -> bool:
    """Whether a content type is JSON, or any at all."""
    kind = media_type.lower()
    return "json" in kind or kind.startswith("*/*")


_WORDS: dict[str, tuple[str, ...]] = {}


def words(name: str) -> tuple[str, ...]:
    """The words of a name in lower case: ``customerId``, ``customer_id`` -> customer, id."""
    found = _WORDS.get(name)
    if found is None:
        found = tuple(_spaced(name[:200]).lower().split())
        if len(_WORDS) < MOST_NAMES:
            _WORDS[name] = found
    return found


def _spaced(name: str) -> str:
    """The words of a name with blanks between them."""
    if name.isascii():
        return BOUNDARY.sub(" ", name)
    spaced = []
    previous = ""
    for letter in name:
        if letter.isupper() and (previous.islower() or previous.isdigit()):
            spaced.append(" ")
        spaced.append(letter if letter.isalnum() else " ")
        previous = letter
    return "".join(spaced)


MOST_NAMES = 20_000


def word_list(text: str) -> tuple[str, ...]:
    """The words of a text that is only a list of them, in order."""
    return tuple(text.split())


def word_set(text: str) -> frozenset[str]:
    """The words of a text that is only a list of them."""
    return frozenset(text.split())


def _schemas(node: Mapping[str, Any], keyword: str) -> list[Any]:
    value = node.get(keyword)
    return value if isinstance(value, list) else []
