"""Who is evaluated, how we may reach them, and which keys we hold."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from verifier.model.contract import Contract

if TYPE_CHECKING:
    from verifier.model.change import Comparison

__all__ = [
    "Api",
    "Environment",
    "Limits",
    "Principal",
    "SecretReference",
    "Vendor",
    "Webhooks",
]


class Environment(enum.Enum):
    """What stands behind the base URL; ``PRODUCTION`` is read-only whatever else is said."""

    SANDBOX = "sandbox"
    PRODUCTION = "production"
    MOCK = "mock"


class SecretReference(Struct, frozen=True):
    """
    Where a secret is kept; never the secret.

    Args:
        scheme: ``env``, ``file`` or ``keyring``.
        name: Variable, path, or ``service/user``.
    """

    scheme: str
    name: str

    def __str__(self) -> str:
        return f"${{{self.name}}}" if self.scheme == "env" else f"{self.scheme}:{self.name}"


class Principal(Struct, frozen=True, kw_only=True):
    """
    A credential that we hold, and what it may do.

    Args:
        name: As the user calls it; checks pick it by this name.
        kind: ``api-key``, ``bearer``, ``basic``, ``oauth2-client-credentials``, ``oauth2-refresh``.
        secrets: What the kind needs: ``key``; ``token``; ``username`` and ``password``;
            ``client_id``, ``client_secret`` (and ``refresh_token``); and where the user has them
            ``expired`` and ``revoked``: a token or key that used to be its own.
        location: For ``api-key``: ``header``, ``query`` or ``cookie``.
        parameter: For ``api-key``: name of the header, parameter or cookie.
        token_url: For OAuth 2: where tokens come from.
        scopes: The scopes that it holds; None where the user has not said.
        tenant: Principals of equal tenant see the same data.
        headers: Further fixed headers (an account or version header), no secrets.
    """

    name: str
    kind: str
    secrets: Mapping[str, SecretReference] = field(default_factory=dict)
    location: str = "header"
    parameter: str = ""
    token_url: str = ""
    scopes: frozenset[str] | None = None
    tenant: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def address_parameter(self) -> str:
        """The query parameter that its secret would be carried in (RFC 6750, 2.3, for tokens)."""
        if self.kind != "api-key":
            return "access_token"
        return (self.parameter if self.location == "query" else "") or "api_key"


class Limits(Struct, frozen=True, kw_only=True):
    """
    What we allow ourselves.

    Args:
        requests: The most requests that a run may send.
        per_second: Pace; 0 is unlimited (a mock).
        concurrency: The most requests in flight.
        timeout_seconds: For one answer.
        minutes: The longest that a run goes on asking, clean-up excepted.
    """

    requests: int = 1500
    per_second: float = 10.0
    concurrency: int = 8
    timeout_seconds: float = 30.0
    minutes: float = 60.0


class Api(Struct, frozen=True, kw_only=True):
    """A further API that a scenario needs beside the vendor's own; empty ``base_url``: nowhere."""

    contract: Contract
    base_url: str = ""


class Webhooks(Struct, frozen=True, kw_only=True):
    """
    How a vendor reaches us.

    Args:
        public_url: An address that the vendor reaches, whose requests end at ``host`` and ``port``
            (through a tunnel, say); empty where the vendor runs on this machine.
        host, port: Where we listen; port 0 takes a free one.
        certificate, key: PEM files to serve https with.
        secret: What deliveries are signed with, where no answer of the API tells it.
        registered: Whether ``public_url`` itself was registered at the vendor's by hand; otherwise
            checks register addresses below it.
        delivery_seconds, retry_seconds: How long the vendor takes at most to deliver, and to try
            again what we refused; 0 is unknown.
    """

    public_url: str = ""
    host: str = "127.0.0.1"
    port: int = 0
    certificate: str = ""
    key: str = ""
    secret: SecretReference | None = None
    registered: bool = False
    delivery_seconds: float = 0.0
    retry_seconds: float = 0.0


class Vendor(Struct, frozen=True, kw_only=True):
    """
    The subject of an evaluation: the contract, the address, and the keys.

    Args:
        name: Short name; the folder's, or the document's title as a slug.
        base_url: Where requests go; empty for a desk evaluation.
        allow_writes: Whether POST, PUT and PATCH may be sent at all.
        allow_bursts: Whether limits may be provoked; never needed for a mock.
        principals: The first one is used where a check does not choose.
        fixtures: What the user supplies: path or parameter name (``customerId``), resource name
            (``customers``: an id), or ``operation key`` to a body; JSON values.
        may_change: What may be changed though no run made it: fixtures by their names, and by
            their keys operations that remove, or change many at once.
        apis: Further APIs by name. Nothing of theirs is deleted but at a mock, and a principal is
            shown to them only where a step names it.
        pinned: An earlier document of the vendor's, to compare with.
        changes: What differs from the earlier document that the user pinned; None where none is.
    """

    name: str
    contract: Contract
    base_url: str = ""
    environment: Environment = Environment.SANDBOX
    allow_writes: bool = False
    allow_bursts: bool = False
    principals: tuple[Principal, ...] = ()
    limits: Limits = field(default_factory=Limits)
    fixtures: Mapping[str, Any] = field(default_factory=dict)
    may_change: frozenset[str] = frozenset()
    headers: Mapping[str, str] = field(default_factory=dict)
    apis: Mapping[str, Api] = field(default_factory=dict)
    pinned: Contract | None = None
    changes: Comparison | None = None
    webhooks: Webhooks = field(default_factory=Webhooks)

    @property
    def live(self) -> bool:
        """Whether there is an address to ask."""
        return bool(self.base_url)

    @property
    def writable(self) -> bool:
        """Whether writes may be sent: asked for, and not production."""
        return self.allow_writes and self.environment is not Environment.PRODUCTION

    @property
    def burstable(self) -> bool:
        """Whether bursts may be sent: asked for, or nobody is disturbed."""
        return self.allow_bursts or self.environment is Environment.MOCK

    def principal(self, name: str = "") -> Principal | None:
        """A principal by name, or the first one."""
        for principal in self.principals:
            if not name or principal.name == name:
                return principal
        return None
