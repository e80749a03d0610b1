"""The smallest authorization server that gives tokens out and takes them back, beside its items."""

from __future__ import annotations

import base64
from collections.abc import Generator
from typing import Any
from urllib.parse import parse_qsl

from verifier.checks.specimens import Shelf
from verifier.model import (
    Exchange,
    Form,
    Missing,
    Request,
    Response,
    Send,
    Step,
    TokenAct,
    TokenCall,
    Vendor,
)

__all__ = ["Bureau", "clients", "needs_client", "taken_back"]

# The address that principals of specimens get their tokens at, and what they show there.
PATHS = {"token": "/oauth/token", "revoke": "/oauth/revoke"}
METADATA = "/.well-known/oauth-authorization-server"
SECRET = "secret"  # noqa: S105  (of a specimen)
NO_STORE = ("Cache-Control", "no-store")


def clients(vendor: Vendor) -> tuple[str, ...]:
    """Names of the principals that can ask a token endpoint for tokens of their own."""
    wanted = {"client_id", "client_secret"}
    return tuple(p.name for p in vendor.principals if p.token_url and wanted <= set(p.secrets))


def needs_client(vendor: Vendor) -> Missing | None:
    """What to supply where none of them can."""
    if clients(vendor):
        return None
    return Missing(
        reason="no client of a token endpoint is known",
        supply="a principal of kind oauth2-client-credentials in vendor.yaml",
    )


def taken_back(vendor: Vendor, request: Request) -> Generator[Step, Any, tuple[Exchange, ...]]:
    """A token that worked and was taken back; empty where that cannot be brought about."""
    for name in clients(vendor)[:1]:
        issued = yield TokenCall(act=TokenAct.ISSUE, principal=name)
        described = yield TokenCall(act=TokenAct.METADATA, principal=name)
        told = described.value if isinstance(described.value, dict) else {}
        at = told.get("revocation_endpoint") if described.succeeded else None
        if not issued.succeeded or not isinstance(at, str):
            return ()
        used = yield Send(request.as_(name).with_credential(Form.ISSUED), judged=True)
        gone = yield TokenCall(act=TokenAct.REVOKE, principal=name, at=at)
        return (used, gone) if used.succeeded and gone.succeeded else ()
    return ()


class Bureau(Shelf):
    """Gives tokens out to whoever shows its client's secret, and takes them back."""

    def __init__(self) -> None:
        super().__init__()
        self.tokens: dict[str, str] = {}
        self.serial = 0

    def admits(self, request: Request) -> bool:
        """The usual token, or one that was given out."""
        shown = (request.header("authorization") or "").removeprefix("Bearer ")
        return super().admits(request) or self.tokens.get(shown) == "good"

    def answer(self, request: Request) -> Response:
        """The endpoints before everything else."""
        served = {
            PATHS["token"]: self.issue,
            PATHS["revoke"]: self.revoke,
            METADATA: self.metadata,
        }
        endpoint = served.get(request.path)
        return endpoint(request) if endpoint else super().answer(request)

    def issue(self, request: Request) -> Response:
        """A token, or the error that RFC 6749, 5.2 names."""
        if not self.knows(request):
            return self.stranger()
        if dict(parse_qsl(request.body.decode())).get("grant_type") != "client_credentials":
            return self.told(400, {"error": "unsupported_grant_type"})
        self.serial += 1
        token = f"issued-{self.serial}"
        self.tokens[token] = "good"
        return self.told(200, {"access_token": token, "token_type": "Bearer", "expires_in": 3600})

    def revoke(self, request: Request) -> Response:
        """Nothing is good about it any more."""
        if not self.knows(request):
            return self.stranger()
        self.tokens.pop(dict(parse_qsl(request.body.decode())).get("token", ""), None)
        return self.told(200, {})

    def metadata(self, request: Request) -> Response:
        """Where everything is (RFC 8414)."""
        base = "http://specimen.test"
        return self.json(
            200,
            {
                "issuer": base,
                "token_endpoint": base + PATHS["token"],
                "revocation_endpoint": base + PATHS["revoke"],
            },
        )

    def knows(self, request: Request) -> bool:
        """Whether the client's secret is the right one."""
        shown = (request.header("authorization") or "").removeprefix("Basic ")
        return base64.b64decode(shown).decode().partition(":")[2] == SECRET

    def stranger(self) -> Response:
        """What somebody else is told."""
        headers = (("WWW-Authenticate", 'Basic realm="tokens"'),)
        return self.told(401, {"error": "invalid_client"}, headers)

    def told(
        self, status: int, value: dict[str, Any], headers: tuple[tuple[str, str], ...] = ()
    ) -> Response:
        """JSON that no cache may keep."""
        done = self.json(status, value)
        return Response(status=status, headers=(*done.headers, NO_STORE, *headers), body=done.body)
