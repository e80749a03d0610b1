"""Credentials put on at the last moment: a check sees a name, the wire sees the secret."""

from __future__ import annotations

import asyncio
import base64
import math
from typing import Any
from urllib.parse import quote, urlencode

from msgspec import Struct

from verifier.errors import ConfigError, VendorUnreachable
from verifier.model import (
    UNKNOWN_CREDENTIAL,
    Clock,
    Form,
    Headers,
    Identity,
    Outgoing,
    Principal,
    Redactor,
    Response,
    Reveal,
    TokenAct,
    TokenCall,
    Transport,
    Vendor,
)
from verifier.probing.authorizing import Errand, errand, token_url_of
from verifier.probing.obstacles import NotTestable

__all__ = ["Credential", "Credentials"]

MALFORMED = "verifier !malformed!"
SPENT = frozenset({Form.EXPIRED, Form.REVOKED})
RENEW_BEFORE_SECONDS = 30.0
USUAL_LIFETIME_SECONDS = 3600.0
# Names, which the other side may tell everybody (RFC 6749, 2.2). Blacked out, a client that is
# called "client" would take the word out of every "client_credentials" that is shown.
NO_SECRETS = frozenset({"username", "client_id"})
# What a cookie's value may hold as it is (RFC 6265, 4.1.1).
COOKIE_OCTETS = "!#$%&'()*+-./:<=>?@[]^_`{|}~"


class Credential(Struct, frozen=True):
    """What a credential adds to a request, secrets included."""

    headers: Headers = ()
    query: str = ""
    cookie: str = ""
    secret: str = ""


class Credentials:
    """
    Turns identities into what is sent, and fetches OAuth 2 tokens (one fetch at a time).

    Args:
        send: The transport that tokens are fetched through.
    """

    def __init__(
        self, vendor: Vendor, transport: Transport, redactor: Redactor, reveal: Reveal, clock: Clock
    ) -> None:
        self._vendor = vendor
        self._transport = transport
        self._redactor = redactor
        self._reveal = reveal
        self._clock = clock
        self._secrets: dict[tuple[str, str], str] = {}
        self._tokens: dict[str, tuple[str, float]] = {}
        self._refresh: dict[str, str] = {}
        self._issued: dict[str, str] = {}
        self._replaced: dict[str, str] = {}
        self._on_trial: set[str] = set()
        self._lock = asyncio.Lock()

    async def of(self, identity: Identity) -> Credential:
        """
        What to add for an identity; nothing where we hold no credential.

        Raises:
            NotTestable: It takes a credential that has expired or was revoked, and none is known.
        """
        principal = self._vendor.principal(identity.principal)
        if principal is None:
            return Credential()
        fixed = tuple(principal.headers.items())
        if identity.form is Form.ABSENT:
            return Credential(headers=fixed)
        if identity.form is Form.ISSUED:
            secret = self._issued.get(principal.name, "")
        elif identity.form is Form.REPLACED:
            secret = self._replaced.get(principal.name, "")
        elif identity.form in SPENT:
            secret = self._spent(principal, identity.form)
        else:
            secret = await self._secret(principal)
        spoilt = _spoil(principal, secret, identity.form)
        if identity.form is Form.TRUNCATED:
            self._redactor.learn(principal.name, spoilt)
        return _carried(principal, spoilt, identity.form, fixed)

    def accepted(self, identity: Identity) -> None:
        """Take note that a credential was let in: its token may be renewed once more."""
        principal = self._vendor.principal(identity.principal)
        if principal is not None:
            self._on_trial.discard(principal.name)

    def renew(self, identity: Identity, refused: str) -> bool:
        """
        Forget a token that was refused; whether trying again is worth while.

        A token that was fetched because its forerunner was refused, and is refused itself, is not
        fetched again: then the vendor means the principal.

        Args:
            refused: The token that was sent; another request may have renewed it meanwhile.
        """
        principal = self._vendor.principal(identity.principal)
        if principal is None or not principal.kind.startswith("oauth2"):
            return False
        token, _ = self._tokens.get(principal.name, ("", 0.0))
        if token and token != refused:
            return True
        if principal.name in self._on_trial:
            return False
        self._on_trial.add(principal.name)
        self._tokens.pop(principal.name, None)
        return True

    def errand(self, call: TokenCall) -> Errand:
        """
        What to ask of a principal's authorization server.

        Raises:
            NotTestable: The principal is no client of one, or it must not be asked.
        """
        principal = self._vendor.principal(call.principal)
        if principal is None or not is_client(principal):
            raise NotTestable(
                "no client of a token endpoint is known",
                "a principal of kind oauth2-client-credentials in vendor.yaml",
            )
        password = self._read(principal, "client_secret")
        if call.act is TokenAct.ISSUE_TO_STRANGER:
            password = UNKNOWN_CREDENTIAL
        pair = f"{self._read(principal, 'client_id')}:{password}"
        issued = self._issued.get(principal.name, "")
        return errand(
            call, principal, self._vendor.base_url, self._encoded(principal, pair), issued
        )

    def issued(self, call: TokenCall, response: Response) -> None:
        """Keep a token that was given out, and let nobody see it."""
        principal = self._vendor.principal(call.principal)
        answer = response.json_or_none()
        if principal is None or not isinstance(answer, dict):
            return
        for name in ("access_token", "refresh_token", "id_token"):
            if isinstance(answer.get(name), str) and answer[name]:
                self._redactor.learn(principal.name, answer[name])
        if isinstance(answer.get("access_token"), str):
            self._replaced[principal.name] = self._issued.get(principal.name, "")
            self._issued[principal.name] = answer["access_token"]

    async def _secret(self, principal: Principal) -> str:
        if principal.kind == "basic":
            pair = f"{self._read(principal, 'username')}:{self._read(principal, 'password')}"
            return self._encoded(principal, pair)
        if principal.kind.startswith("oauth2"):
            return await self._token(principal)
        return self._read(principal, "key" if principal.kind == "api-key" else "token")

    def _spent(self, principal: Principal, form: Form) -> str:
        """A credential that used to be good."""
        name = form.value
        if name not in principal.secrets or principal.kind == "basic":
            raise NotTestable(
                f"no credential of '{principal.name}' that is {name} is known",
                f"principals: {{{principal.name}: {{{name}: ${{ENV_NAME}}}}}} in vendor.yaml",
            )
        return self._read(principal, name)

    def _read(self, principal: Principal, name: str) -> str:
        known = self._secrets.get((principal.name, name))
        if known is not None:
            return known
        if name not in principal.secrets:
            raise ConfigError(
                f"principal '{principal.name}' of kind {principal.kind} has no {name}",
                mend=f"Give it 'secrets: {{{name}: ${{ENV_NAME}}}}' in vendor.yaml.",
            )
        secret = self._reveal(principal.secrets[name])
        self._secrets[principal.name, name] = secret
        if name not in NO_SECRETS:
            self._redactor.learn(principal.name, secret)
        return secret

    def _encoded(self, principal: Principal, pair: str) -> str:
        encoded = base64.b64encode(pair.encode()).decode()
        self._redactor.learn(principal.name, encoded)
        return encoded

    async def _token(self, principal: Principal) -> str:
        async with self._lock:
            token, ends = self._tokens.get(principal.name, ("", 0.0))
            if token and self._clock.monotonic() < ends:
                return token
            token, lives = await self._fetch(principal)
            self._redactor.learn(principal.name, token)
            ends = self._clock.monotonic() + max(lives - RENEW_BEFORE_SECONDS, lives / 2)
            self._tokens[principal.name] = (token, ends)
            return token

    async def _fetch(self, principal: Principal) -> tuple[str, float]:
        form = {"grant_type": "client_credentials"}
        if principal.kind == "oauth2-refresh":
            held = self._refresh.get(principal.name) or self._read(principal, "refresh_token")
            form = {"grant_type": "refresh_token", "refresh_token": held}
        elif principal.scopes:
            form["scope"] = " ".join(sorted(principal.scopes))
        pair = f"{self._read(principal, 'client_id')}:{self._read(principal, 'client_secret')}"
        reply = await self._transport.send(
            Outgoing(
                method="POST",
                url=token_url_of(principal, self._vendor.base_url),
                headers=(
                    ("Authorization", f"Basic {self._encoded(principal, pair)}"),
                    ("Content-Type", "application/x-www-form-urlencoded"),
                    ("Accept", "application/json"),
                ),
                body=urlencode(form).encode(),
                timeout_seconds=self._vendor.limits.timeout_seconds,
            )
        )
        answer = reply.response.json_or_none() if reply.response else None
        if not isinstance(answer, dict) or "access_token" not in answer:
            status = reply.response.status if reply.response else "no answer"
            raise VendorUnreachable(
                f"no token for principal '{principal.name}' ({status})",
                where=principal.token_url,
                mend="Check its client id, secret and token_url in vendor.yaml.",
            )
        if answer.get("refresh_token"):
            self._refresh[principal.name] = str(answer["refresh_token"])
            self._redactor.learn(principal.name, str(answer["refresh_token"]))
        return str(answer["access_token"]), _lifetime(answer.get("expires_in"))


def is_client(principal: Principal) -> bool:
    """Whether it can ask a token endpoint for tokens of its own."""
    return bool(principal.token_url) and {"client_id", "client_secret"} <= set(principal.secrets)


def _lifetime(told: Any) -> float:
    """Seconds that a token lives; an hour where the answer does not say it in numbers."""
    try:
        seconds = float(told)
    except (TypeError, ValueError):
        return USUAL_LIFETIME_SECONDS
    return seconds if math.isfinite(seconds) and seconds > 0 else USUAL_LIFETIME_SECONDS


def _carried(principal: Principal, secret: str, form: Form, fixed: Headers) -> Credential:
    if form is Form.IN_ADDRESS:
        query = urlencode({principal.address_parameter: secret}, quote_via=quote)
        return Credential(headers=fixed, query=query, secret=secret)
    if principal.kind != "api-key":
        word = "Basic" if principal.kind == "basic" else "Bearer"
        value = MALFORMED if form is Form.MALFORMED else f"{word} {secret}"
        headers = (*fixed, ("Authorization", value.rstrip()))
        return Credential(headers=headers, secret=secret)
    name = principal.parameter or "X-API-Key"
    if principal.location == "query":
        query = urlencode({name: secret}, quote_via=quote)
        return Credential(headers=fixed, query=query, secret=secret)
    if principal.location == "cookie":
        cookie = f"{name}={quote(secret, safe=COOKIE_OCTETS)}"
        return Credential(headers=fixed, cookie=cookie, secret=secret)
    return Credential(headers=(*fixed, (name, secret)), secret=secret)


def _spoil(principal: Principal, secret: str, form: Form) -> str:
    match form:
        case Form.EMPTY:
            return ""
        case Form.MALFORMED:
            return MALFORMED
        case Form.UNKNOWN if principal.kind == "basic":
            return base64.b64encode(f"verifier:{UNKNOWN_CREDENTIAL}".encode()).decode()
        case Form.UNKNOWN:
            return UNKNOWN_CREDENTIAL
        case Form.TRUNCATED:
            return secret[: max(1, len(secret) // 2)]
        case _:
            return secret
