"""
The OAuth 2 endpoints that a document's security schemes imply.

    token           RFC 6749, 3.2 and 5    at the document's tokenUrl, else /oauth/token
    authorize       RFC 6749, 4.1; 7636    at its authorizationUrl, else /oauth/authorize
    revoke          RFC 7009               beside the token endpoint
    introspect      RFC 7662               beside the token endpoint
    metadata        RFC 8414               /.well-known/oauth-authorization-server
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl, urlsplit

from msgspec import Struct

from verifier.mocking.auth.authorizing import authorize
from verifier.mocking.auth.client import identify
from verifier.mocking.auth.replies import Denied, reply
from verifier.mocking.auth.tokens import Issuer, introspected, revoked
from verifier.mocking.auth.vault import Client, Vault
from verifier.model import Contract, Operation
from verifier.wire import Answer, Incoming

__all__ = ["Endpoints", "Paths", "token_path"]

METADATA = "/.well-known/oauth-authorization-server"
MOST_FIELDS = 100


class Paths(Struct, frozen=True, kw_only=True):
    """Where the endpoints are."""

    token: str = "/oauth/token"  # noqa: S105  (a path)
    authorize: str = "/oauth/authorize"
    revoke: str = "/oauth/revoke"
    introspect: str = "/oauth/introspect"


@dataclasses.dataclass(slots=True)
class Endpoints:
    """Answers what is asked at one of the endpoints; there are none without an OAuth 2 scheme."""

    contract: Contract
    vault: Vault
    lifetime_seconds: float = 3600.0
    paths: Paths = dataclasses.field(init=False)
    _served: Mapping[str, Callable[[Incoming, float], Answer]] = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        self.paths = _paths(self.contract)
        oauth = _has_oauth(self.contract)
        served: dict[str, Callable[[Incoming, float], Answer]] = (
            {
                self.paths.token: self._token,
                self.paths.authorize: self._authorize,
                self.paths.revoke: self._revoke,
                self.paths.introspect: self._introspect,
                METADATA: self._metadata,
            }
            if oauth
            else {}
        )
        # An operation of the document's own that takes no form has its own way.
        for operation in self.contract.operations:
            if operation.path in served and not _takes_form(operation):
                del served[operation.path]
        self._served = served

    @property
    def addresses(self) -> tuple[str, ...]:
        """The paths that are served."""
        return tuple(self._served)

    def answer(self, path: str, incoming: Incoming, now: float) -> Answer | None:
        """The answer of an endpoint; None where none is at the path."""
        served = self._served.get(path)
        if served is None:
            return None
        try:
            return served(incoming, now)
        except Denied as denied:
            return denied.answer

    def _token(self, incoming: Incoming, now: float) -> Answer:
        form, who = self._posted(incoming)
        issuer = Issuer(self.vault, self.lifetime_seconds, now)
        return reply(200, issuer.issue(form, who))

    def _revoke(self, incoming: Incoming, now: float) -> Answer:
        form, who = self._posted(incoming)
        revoked(self.vault, form, who)
        return Answer(status=200, headers=(("Cache-Control", "no-store"),))

    def _introspect(self, incoming: Incoming, now: float) -> Answer:
        form, _ = self._posted(incoming)
        return reply(200, introspected(self.vault, form, now))

    def _authorize(self, incoming: Incoming, now: float) -> Answer:
        _, _, query = incoming.target.partition("?")
        asked = dict(parse_qsl(query, keep_blank_values=True, max_num_fields=MOST_FIELDS))
        return authorize(self.vault, asked, now)

    def _posted(self, incoming: Incoming) -> tuple[Mapping[str, str], Client]:
        if incoming.method != "POST":
            raise Denied(405, "invalid_request", "Only POST.", headers=(("Allow", "POST"),))
        content_type = (incoming.header("content-type") or "").partition(";")[0].strip().lower()
        if content_type != "application/x-www-form-urlencoded":
            raise Denied(400, "invalid_request", "The body must be a form.")
        pairs = parse_qsl(
            incoming.body.decode("latin-1"), keep_blank_values=True, max_num_fields=MOST_FIELDS
        )
        form = dict(pairs)
        if len(form) != len(pairs):
            raise Denied(400, "invalid_request", "A parameter was sent more than once.")
        return form, identify(self.vault, incoming, form)

    def _metadata(self, incoming: Incoming, now: float) -> Answer:
        base = f"http://{incoming.header('host') or 'mock'}"
        scopes = sorted({s for scheme in self.contract.schemes.values() for s in scheme.scopes})
        methods = ["client_secret_basic", "client_secret_post"]
        return reply(
            200,
            {
                "issuer": base,
                "token_endpoint": base + self.paths.token,
                "authorization_endpoint": base + self.paths.authorize,
                "revocation_endpoint": base + self.paths.revoke,
                "introspection_endpoint": base + self.paths.introspect,
                "scopes_supported": scopes,
                "response_types_supported": ["code"],
                "grant_types_supported": [
                    "authorization_code",
                    "client_credentials",
                    "refresh_token",
                ],
                "token_endpoint_auth_methods_supported": methods,
                "revocation_endpoint_auth_methods_supported": methods,
                "introspection_endpoint_auth_methods_supported": methods,
                "code_challenge_methods_supported": ["S256"],
            },
            cacheable=True,
        )


def token_path(contract: Contract) -> str:
    """Where a mock of a document gives tokens out; empty where it has none."""
    return _paths(contract).token if _has_oauth(contract) else ""


def _takes_form(operation: Operation) -> bool:
    media = operation.body.media if operation.body else ()
    return any("form" in m.type for m in media)


def _has_oauth(contract: Contract) -> bool:
    return any(s.type in ("oauth2", "openIdConnect") for s in contract.schemes.values())


def _paths(contract: Contract) -> Paths:
    """Where the document says that they are; the others beside the token endpoint."""
    token = authorize = ""
    for scheme in contract.schemes.values():
        token = token or next((p for u in scheme.token_urls.values() if (p := _path(u))), "")
        authorize = authorize or next(
            (p for u in scheme.authorization_urls.values() if (p := _path(u))), ""
        )
    usual = Paths()
    token = token or usual.token
    beside = token.rstrip("/").rpartition("/")[0]
    return Paths(
        token=token,
        authorize=authorize if authorize and authorize != token else f"{beside}/authorize",
        revoke=f"{beside}/revoke",
        introspect=f"{beside}/introspect",
    )


def _path(address: str) -> str:
    try:
        path = urlsplit(address).path
    except ValueError:
        return ""
    return path if path not in ("", "/") else ""
