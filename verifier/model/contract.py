"""What a vendor promises: operations, resources, conventions, and where the promise is broken."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from verifier.model.deferral import READING, Read, field_of
from verifier.model.document import Document, Schema
from verifier.model.place import Pointer
from verifier.model.resource import Resource

__all__ = [
    "Body",
    "Contract",
    "Convention",
    "Example",
    "Header",
    "Media",
    "Operation",
    "Parameter",
    "Problem",
    "ResponseSpec",
    "SecurityNeed",
    "SecurityScheme",
]

OPAQUE = re.compile(r"token|cursor|bookmark|continu|scroll", re.IGNORECASE)

LOGOUT = re.compile(r"(?:log|sign)[-_]?(?:out|off)(?:[-_]?all)?", re.IGNORECASE)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "QUERY"})


class Example(Struct, frozen=True, kw_only=True):
    """A value that the vendor shows; ``at`` is where it stands."""

    name: str
    value: Any
    at: Pointer


class Media(Struct, frozen=True, kw_only=True):
    """One content type of a body, with its schema where there is one."""

    type: str
    schema: Schema | None
    at: Pointer
    examples: tuple[Example, ...] = ()
    encoding: Mapping[str, Any] = field(default_factory=dict)


class Parameter(Struct, frozen=True, kw_only=True):
    """
    One parameter of an operation.

    Args:
        location: ``path``, ``query``, ``header``, ``cookie`` or ``querystring`` (3.2).
        style: As in the specification, its default filled in (``simple``, ``form`` ...).
        content: The media type for ``content`` parameters, else empty.
    """

    name: str
    location: str
    required: bool
    schema: Schema | None
    at: Pointer
    style: str
    explode: bool
    allow_reserved: bool = False
    content: str = ""
    deprecated: bool = False
    description: str = ""
    examples: tuple[Example, ...] = ()


class Header(Struct, frozen=True, kw_only=True):
    """A response header that the document describes (name in the document's spelling)."""

    name: str
    required: bool
    schema: Schema | None
    at: Pointer
    description: str = ""


class Body(Struct, frozen=True, kw_only=True):
    """What an operation accepts."""

    required: bool
    media: tuple[Media, ...]
    at: Pointer
    description: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ResponseSpec:
    """One documented response; ``status`` is ``"200"``, a range (``"4XX"``), or ``"default"``."""

    status: str
    description: str
    headers: tuple[Header, ...]
    media: tuple[Media, ...]
    at: Pointer
    links: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    _read: Read | None = dataclasses.field(default=None, init=False, repr=False, compare=False)

    if not TYPE_CHECKING:
        __getattr__ = field_of


class SecurityNeed(Struct, frozen=True, kw_only=True):
    """
    One sufficient way to be let in: all of these schemes together, each with these scopes.

    An empty ``schemes`` means that anonymous access is allowed.
    """

    schemes: Mapping[str, tuple[str, ...]]


class SecurityScheme(Struct, frozen=True, kw_only=True):
    """
    How credentials are carried.

    Args:
        name: The key under ``securitySchemes``.
        type: ``apiKey``, ``http``, ``oauth2``, ``openIdConnect`` or ``mutualTLS``.
        location: For ``apiKey``: ``header``, ``query`` or ``cookie``.
        parameter: For ``apiKey``: the header's, parameter's or cookie's name.
        http_scheme: For ``http``: ``bearer``, ``basic`` ..., lower case.
        scopes: Scope to its description, over all flows.
        token_urls: Flow to its token URL, as documented.
        authorization_urls: Flow to its authorization URL, as documented.
    """

    name: str
    type: str
    at: Pointer
    location: str = ""
    parameter: str = ""
    http_scheme: str = ""
    scopes: Mapping[str, str] = field(default_factory=dict)
    token_urls: Mapping[str, str] = field(default_factory=dict)
    authorization_urls: Mapping[str, str] = field(default_factory=dict)

    @property
    def principal_kind(self) -> str:
        """The kind of principal that it takes; empty where we know none."""
        match self.type:
            case "apiKey":
                return "api-key"
            case "http":
                return {"basic": "basic", "bearer": "bearer"}.get(self.http_scheme.lower(), "")
            case "oauth2" if "clientCredentials" in self.token_urls:
                return "oauth2-client-credentials"
            case "oauth2" | "openIdConnect":
                return "bearer"
        return ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """
    One thing that can be asked.

    Args:
        key: Unique in the contract: ``"GET /customers/{id}"``.
        id: The document's ``operationId``; empty where it has none.
        method: Upper case.
        path: The template, as written.
        security: Alternatives; empty means that the document asks for no credential.
        extensions: The ``x-`` members.
        kind: ``operation``, ``webhook`` or ``callback``.
    """

    key: str
    id: str
    method: str
    path: str
    at: Pointer
    summary: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    responses: tuple[ResponseSpec, ...] = ()
    security: tuple[SecurityNeed, ...] = ()
    deprecated: bool = False
    extensions: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    kind: str = "operation"
    _read: Read | None = dataclasses.field(default=None, init=False, repr=False, compare=False)

    if not TYPE_CHECKING:
        __getattr__ = field_of

    def __hash__(self) -> int:
        return hash(self.key)

    @property
    def safe(self) -> bool:
        """Whether the method promises to change nothing (RFC 9110, 9.2.1)."""
        return self.method in SAFE_METHODS

    @property
    def secured(self) -> bool:
        """Whether every documented way in asks for a credential."""
        return bool(self.security) and all(need.schemes for need in self.security)

    @property
    def ends_session(self) -> bool:
        """Whether its address says that whoever asks is logged out."""
        return LOGOUT.fullmatch(self.path.rstrip("/").rpartition("/")[2]) is not None

    def response(self, status: int) -> ResponseSpec | None:
        """The documented response for a status: exact, then its range, then ``default``."""
        wanted = (str(status), f"{status // 100}XX", "default")
        for name in wanted:
            for spec in self.responses:
                if spec.status.upper() == name.upper():
                    return spec
        return None

    def parameters_in(self, location: str) -> tuple[Parameter, ...]:
        """The parameters of one location, in the document's order."""
        return tuple(p for p in self.parameters if p.location == location)


class Convention(Struct, frozen=True, kw_only=True):
    """
    A habit of the vendor's that a recogniser found in the document.

    Args:
        kind: ``pagination``, ``idempotency``, ``errors``, ``limits``, ``versioning``,
            ``request-id``, ``changed-since``, ``conditional``, ``webhooks``, ``deprecation`` ...
        style: The variant in one word, such as ``cursor`` or ``problem-details``.
        operations: Keys of the operations that show it.
        detail: What one needs to use it, such as ``{"cursor": "starting_after"}``; JSON values.
        confidence: 0 to 1.
        reason: One sentence saying what was seen.
    """

    kind: str
    style: str
    operations: tuple[str, ...] = ()
    detail: Mapping[str, Any] = field(default_factory=dict)
    confidence: float = 1.0
    reason: str = ""

    @property
    def opaque(self) -> bool:
        """Of pages: whether what leads on is made by the vendor, and is no item's id."""
        return bool(OPAQUE.search(str(self.detail.get("token", ""))))


class Problem(Struct, frozen=True, kw_only=True):
    """
    Something wrong with the document that did not stop us from reading the rest.

    Args:
        says: What is wrong, in one sentence.
        mend: What its author, or an overlay, would change.
        operation: Key of the operation that is lost or weakened by it; empty where none is.
        lost: Whether something that the document refers to could not be read because of it.
    """

    says: str
    at: Pointer
    mend: str = ""
    operation: str = ""
    lost: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """
    A vendor's document, read and understood.

    Args:
        title: The document's title; the file's name where it has none.
        version: The vendor's version of the document.
        openapi: The version that the document declares (``"2.0"``, ``"3.1.0"`` ...).
        operations: In the document's order, webhooks and callbacks not among them.
        webhooks: Webhooks and callbacks as operations of the other direction.
        calls: Kinds of things that are reached by calls (``/chat.update``), not by paths of their
            own; only a mock knows what to do with them yet.
        servers: Addresses in the document. Nothing is ever sent there unless the user says so.
        recognise: Finds conventions of one kind anew, at some operations or, where none are named,
            at all; given by whoever read the document.
    """

    title: str
    version: str
    openapi: str
    document: Document
    operations: tuple[Operation, ...]
    webhooks: tuple[Operation, ...] = ()
    schemes: Mapping[str, SecurityScheme] = dataclasses.field(default_factory=dict)
    servers: tuple[str, ...] = ()
    resources: tuple[Resource, ...] = ()
    calls: tuple[Resource, ...] = ()
    conventions: tuple[Convention, ...] = ()
    problems: tuple[Problem, ...] = ()
    recognise: Callable[[str, tuple[str, ...]], tuple[Convention, ...]] | None = dataclasses.field(
        default=None, repr=False, compare=False
    )
    # Looked up for every check of every operation, and there are documents of thousands.
    _operations: dict[str, Operation] = dataclasses.field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _owners: dict[str, Resource] = dataclasses.field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _kinds: dict[str, tuple[Convention, ...]] = dataclasses.field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _read: Read | None = dataclasses.field(default=None, init=False, repr=False, compare=False)

    if not TYPE_CHECKING:
        __getattr__ = field_of

    @property
    def lost(self) -> tuple[Problem, ...]:
        """What could not be read, because something refers to what is not there."""
        if self._read is not None:
            found: tuple[Problem, ...] = self._read("lost")
            return found
        return tuple(problem for problem in self.problems if problem.lost)

    def operation(self, key: str) -> Operation:
        """Find an operation by its key or its operationId; KeyError where there is none."""
        if not self._operations:
            # The first of a name is meant.
            named = [(n, o) for o in self.operations for n in (o.key, o.id) if n]
            self._operations.update(reversed(named))
        return self._operations[key]

    def resource_of(self, key: str) -> Resource | None:
        """The resource that an operation belongs to."""
        if not self._owners:
            self._owners.update(reversed([(k, r) for r in self.resources for k in r.operations]))
        return self._owners.get(key)

    def resource(self, name: str) -> Resource:
        """Find a resource by its name; KeyError where there is none."""
        for resource in self.resources:
            if resource.name == name:
                return resource
        raise KeyError(name)

    def conventions_of(self, kind: str, among: tuple[str, ...] = ()) -> tuple[Convention, ...]:
        """
        Every convention of a kind, the surest first.

        Args:
            among: Keys of the only operations that are looked at; empty for all.
        """
        if kind in self._kinds and not among:
            return self._kinds[kind]
        with READING:
            if among and self.recognise is not None:
                return self.recognise(kind, among)
            unread = self.recognise if self._read is not None else None
            found = unread(kind, ()) if unread is not None else self.conventions
            self._kinds[kind] = tuple(c for c in found if c.kind == kind)
        return self._kinds[kind]

    def convention(self, kind: str) -> Convention | None:
        """The surest convention of a kind."""
        return max(self.conventions_of(kind), key=lambda c: c.confidence, default=None)
