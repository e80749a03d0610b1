"""What was asked and what was answered, with no secret left in it."""

from __future__ import annotations

import enum
import re
from typing import Any
from urllib.parse import quote, urlencode

import orjson
from msgspec import Struct, field
from msgspec.structs import replace

__all__ = [
    "UNKNOWN_CREDENTIAL",
    "Exchange",
    "Failure",
    "FailureKind",
    "Form",
    "Headers",
    "Identity",
    "Request",
    "Response",
    "Timing",
]

Headers = tuple[tuple[str, str], ...]
_CHARSET = re.compile(r"charset\s*=\s*\"?([\w.:-]+)", re.IGNORECASE)


# What stands for a credential that the vendor never gave out.
UNKNOWN_CREDENTIAL = "verifier-unknown-0123456789abcdef"


class Form(enum.Enum):
    """
    What is done to a principal's credential before it is sent.

    ``EXPIRED`` and ``REVOKED`` put another in its place, which the user names beside it, ``ISSUED``
    the token that a ``TokenCall`` was given last, ``REPLACED`` the one before that.
    """

    INTACT = "intact"
    ABSENT = "absent"
    EMPTY = "empty"
    MALFORMED = "malformed"
    UNKNOWN = "unknown"
    TRUNCATED = "truncated"
    IN_ADDRESS = "in the address"
    EXPIRED = "expired"
    REVOKED = "revoked"
    ISSUED = "just issued"
    REPLACED = "replaced"


class Identity(Struct, frozen=True, kw_only=True):
    """As whom a request is sent: a principal (``""``: the first), its credential in a form."""

    principal: str = ""
    form: Form = Form.INTACT


class Request(Struct, frozen=True, kw_only=True):
    """
    A request as a check sees it: without credentials and without the vendor's address.

    Args:
        path: Percent-encoded, from ``/``, relative to the base URL.
        query: Percent-encoded, without ``?``.
        headers: In order, names as sent.
        operation: Key of the operation that it exercises; empty where it exercises none.
        api: Name of the further API that it goes to; empty is the vendor's own.
    """

    method: str
    path: str
    query: str = ""
    headers: Headers = ()
    body: bytes = b""
    operation: str = ""
    identity: Identity = field(default_factory=Identity)
    api: str = ""

    @property
    def target(self) -> str:
        """Path and query as they stand in the request line."""
        return f"{self.path}?{self.query}" if self.query else self.path

    def header(self, name: str) -> str | None:
        """The first value of a header, whatever its case."""
        return _first(self.headers, name)

    def with_header(self, name: str, value: str) -> Request:
        """The same request with this header in place of any of that name."""
        return replace(self, headers=(*_without(self.headers, name), (name, value)))

    def without_header(self, name: str) -> Request:
        """The same request less every header of that name."""
        return replace(self, headers=_without(self.headers, name))

    def with_query(self, name: str, value: str) -> Request:
        """The same request with one more query parameter."""
        added = urlencode([(name, value)], quote_via=quote)
        return replace(self, query=f"{self.query}&{added}" if self.query else added)

    def with_method(self, method: str) -> Request:
        """The same request under another method."""
        return replace(self, method=method)

    def with_body(self, body: bytes, media_type: str) -> Request:
        """The same request with another body."""
        return replace(self.with_header("Content-Type", media_type), body=body)

    def as_(self, principal: str) -> Request:
        """The same request, sent as another principal."""
        return replace(self, identity=Identity(principal=principal))

    def with_credential(self, form: Form) -> Request:
        """The same request with its credential left out or spoilt."""
        return replace(self, identity=replace(self.identity, form=form))


class Response(Struct, frozen=True, kw_only=True, dict=True):
    """
    An answer.

    Args:
        headers: In the order received, names as received.
        body: Content-decoded; cut where ``size_bytes`` says that it was longer.
        size_bytes: Size of the whole decoded body.
        digest: SHA-256 of the whole body where it was cut, else empty.
    """

    status: int
    headers: Headers = ()
    body: bytes = b""
    reason: str = ""
    size_bytes: int = -1
    digest: str = ""
    http_version: str = "1.1"

    @property
    def cut(self) -> bool:
        """Whether ``body`` is only the beginning."""
        return self.size_bytes > len(self.body)

    def header(self, name: str) -> str | None:
        """The first value of a header, whatever its case."""
        return _first(self.headers, name)

    def header_all(self, name: str) -> tuple[str, ...]:
        """Every value of a header, in order."""
        return tuple(v for k, v in self.headers if k.lower() == name.lower())

    @property
    def media_type(self) -> str:
        """The content type without parameters, lower case; empty where there is none."""
        return (self.header("content-type") or "").partition(";")[0].strip().lower()

    @property
    def is_json(self) -> bool:
        """Whether the content type says JSON."""
        kind = self.media_type
        return kind.endswith("+json") or kind in ("application/json", "text/json")

    def json(self) -> Any:
        """The body parsed as JSON (once); ValueError where it does not parse."""
        kept = self.__dict__  # beside the members: it is no part of what was answered
        if "parsed" not in kept:
            kept["parsed"] = orjson.loads(self.body)
        return kept["parsed"]

    def json_or_none(self) -> Any:
        """The body parsed as JSON, or None where it does not parse."""
        try:
            return self.json()
        except ValueError:
            return None

    @property
    def text(self) -> str:
        """The body as text, undecodable bytes replaced."""
        found = _CHARSET.search(self.header("content-type") or "")
        try:
            return self.body.decode(found.group(1) if found else "utf-8", "replace")
        except LookupError:
            return self.body.decode("utf-8", "replace")


class FailureKind(enum.Enum):
    """Why no (whole) answer came."""

    DNS = "dns"
    REFUSED = "refused"
    TLS = "tls"
    TIMEOUT = "timeout"
    RESET = "reset"
    CLOSED = "closed"
    GARBAGE = "garbage"
    TOO_LARGE = "too-large"
    ABANDONED = "abandoned"
    OTHER = "other"


class Failure(Struct, frozen=True, kw_only=True):
    """
    What happened on the wire instead of an answer.

    Args:
        phase: ``connect``, ``write``, ``wait`` (no byte of the answer yet) or ``read``.
        received: The bytes that had come, cut at 4 KiB.
    """

    kind: FailureKind
    says: str
    phase: str
    received: bytes = b""


class Timing(Struct, frozen=True, kw_only=True):
    """Seconds since the request was begun; -1 where a phase was not reached or not needed."""

    connected_seconds: float = -1.0
    written_seconds: float = -1.0
    first_byte_seconds: float = -1.0
    total_seconds: float = 0.0


class Exchange(Struct, frozen=True, kw_only=True):
    """
    One numbered piece of evidence; exactly one of ``response`` and ``failure`` is set.

    Args:
        id: ``x1``, ``x2`` ... in the order sent.
        request: With ``«name»`` where a secret was sent.
        base_url: Where it was sent.
        started: Seconds since the epoch.
        purpose: The check, or the housekeeping, that asked for it.
    """

    id: str
    request: Request
    response: Response | None = None
    failure: Failure | None = None
    timing: Timing = field(default_factory=Timing)
    started: float = 0.0
    base_url: str = ""
    purpose: str = ""

    @property
    def status(self) -> int:
        """The status code; 0 where no answer came."""
        return self.response.status if self.response else 0

    @property
    def ended(self) -> float:
        """When its answer was there, or known not to come: seconds since the epoch."""
        return self.started + self.timing.total_seconds

    @property
    def succeeded(self) -> bool:
        """Whether a 2xx came."""
        return 200 <= self.status < 300

    @property
    def value(self) -> Any:
        """The answer's body parsed as JSON; None where there is none, or it does not parse."""
        return self.response.json_or_none() if self.response else None

    @property
    def answer(self) -> str:
        """The outcome in words: ``answered 404`` or ``gave no answer (timeout)``."""
        if self.failure:
            return f"gave no answer ({self.failure.kind.value})"
        return f"answered {self.status}"


def _first(headers: Headers, name: str) -> str | None:
    wanted = name.lower()
    for key, value in headers:
        if key.lower() == wanted:
            return value
    return None


def _without(headers: Headers, name: str) -> Headers:
    return tuple((k, v) for k, v in headers if k.lower() != name.lower())
