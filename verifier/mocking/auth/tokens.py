"""Tokens given out, exchanged, revoked and looked at."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from verifier.mocking.auth.caller import Caller
from verifier.mocking.auth.replies import Denied
from verifier.mocking.auth.vault import Client, Code, Grant, Vault

__all__ = ["Issuer", "introspected", "revoked"]

SHORTEST_VERIFIER, LONGEST_VERIFIER = 43, 128
LONGEST_SHOWN = 60


class Issuer(Struct, frozen=True):
    """The token endpoint, at one moment."""

    vault: Vault
    lifetime_seconds: float
    now: float

    def issue(self, form: Mapping[str, str], client: Client) -> dict[str, Any]:
        """
        Tokens for a grant.

        Raises:
            Denied: With the error code of RFC 6749, 5.2.
        """
        ways: Mapping[str, Callable[[Mapping[str, str], Client], dict[str, Any]]] = {
            "client_credentials": self._client_credentials,
            "refresh_token": self._refresh,
            "authorization_code": self._code,
        }
        wanted = form.get("grant_type", "")
        if not wanted:
            raise Denied(400, "invalid_request", "grant_type is missing.")
        if wanted not in ways:
            raise Denied(400, "unsupported_grant_type", _no_grant(wanted, ways))
        return ways[wanted](form, client)

    def _client_credentials(self, form: Mapping[str, str], client: Client) -> dict[str, Any]:
        scopes = narrowed(client.caller.scopes, form.get("scope"))
        return self._tokens(client, scopes, self.vault.fresh("family"), refresh=False)

    def _refresh(self, form: Mapping[str, str], client: Client) -> dict[str, Any]:
        spelled = f"refresh:{form.get('refresh_token', '')}"
        grant = self.vault.find(spelled)
        if grant is None or grant.client != client.id:
            raise Denied(400, "invalid_grant", "The refresh token is not known.")
        if grant.state == "rotated":
            # Somebody has a copy: nobody keeps anything (RFC 9700, 2.2.2).
            self.vault.revoke_family(grant.family)
        if grant.trouble(self.now):
            raise Denied(400, "invalid_grant", f"The refresh token is {grant.trouble(self.now)}.")
        scopes = narrowed(grant.caller.scopes, form.get("scope"))
        self.vault.set_state(spelled, "rotated")
        told = self._tokens(client, scopes, grant.family, refresh=True, held=grant.caller.scopes)
        return told

    def _code(self, form: Mapping[str, str], client: Client) -> dict[str, Any]:
        given = form.get("code", "")
        code = self.vault.codes.get(given)
        if code is None or code.client != client.id or self.now >= code.expires:
            raise Denied(400, "invalid_grant", "The code is not known.")
        if code.used:
            self.vault.revoke_family(code.family)
            raise Denied(400, "invalid_grant", "The code was used.")
        if form.get("redirect_uri", code.redirect_uri) != code.redirect_uri:
            raise Denied(400, "invalid_grant", "It was not for this redirect_uri.")
        if not _proves(code, form.get("code_verifier", "")):
            raise Denied(400, "invalid_grant", "The code_verifier does not fit.")
        self.vault.codes[given] = replace(code, used=True)
        return self._tokens(client, code.scopes, code.family, refresh=True)

    def _tokens(
        self,
        client: Client,
        scopes: frozenset[str] | None,
        family: str,
        *,
        refresh: bool,
        held: frozenset[str] | None = None,
    ) -> dict[str, Any]:
        caller = replace(client.caller, scopes=scopes)
        access = self.vault.fresh("token")
        self.vault.keep(
            f"bearer:{access}",
            Grant(
                caller=caller,
                kind="access",
                client=client.id,
                family=family,
                issued=self.now,
                expires=self.now + self.lifetime_seconds,
            ),
        )
        told: dict[str, Any] = {
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": int(self.lifetime_seconds),
        }
        if scopes is not None:
            told["scope"] = " ".join(sorted(scopes))
        if refresh:
            told["refresh_token"] = self._refresh_token(client, held or scopes, family)
        return told

    def _refresh_token(self, client: Client, scopes: frozenset[str] | None, family: str) -> str:
        token = self.vault.fresh("refresh")
        caller: Caller = replace(client.caller, scopes=scopes)
        grant = Grant(
            caller=caller, kind="refresh", client=client.id, family=family, issued=self.now
        )
        self.vault.keep(f"refresh:{token}", grant)
        return token


def narrowed(held: frozenset[str] | None, asked: str | None) -> frozenset[str] | None:
    """
    The scopes that are granted: those asked for, or all that are held.

    Raises:
        Denied: More is asked for than is held.
    """
    wanted = frozenset((asked or "").split())
    if not wanted:
        return held
    if held is not None and not wanted <= held:
        lacking = " ".join(sorted(wanted - held))
        raise Denied(400, "invalid_scope", f"It does not hold {lacking}.")
    return wanted


def revoked(vault: Vault, form: Mapping[str, str], client: Client) -> None:
    """
    Revoke a token of a client's; an unknown one is no error (RFC 7009, 2.2).

    A refresh token takes with it what came of it.
    """
    token = form.get("token", "")
    if not token:
        raise Denied(400, "invalid_request", "token is missing.")
    for spelled in (f"refresh:{token}", f"bearer:{token}"):
        grant = vault.find(spelled)
        if grant is None or grant.caller.name != client.caller.name:
            continue
        if grant.kind == "refresh":
            vault.revoke_family(grant.family)
        vault.set_state(spelled, "revoked")


def introspected(vault: Vault, form: Mapping[str, str], now: float) -> dict[str, Any]:
    """What is known of a token; nothing but that it is not active where it is not (RFC 7662)."""
    token = form.get("token", "")
    if not token:
        raise Denied(400, "invalid_request", "token is missing.")
    grant = vault.find(f"bearer:{token}") or vault.find(f"refresh:{token}")
    if grant is None or grant.trouble(now):
        return {"active": False}
    told: dict[str, Any] = {
        "active": True,
        "sub": grant.caller.name,
        "client_id": grant.client or f"mock-client-{grant.caller.name}",
        "token_type": "refresh_token" if grant.kind == "refresh" else "Bearer",
        "iat": int(grant.issued),
    }
    if grant.kind == "access":
        told["exp"] = int(grant.expires)
    if grant.caller.scopes is not None:
        told["scope"] = " ".join(sorted(grant.caller.scopes))
    return told


def _proves(code: Code, verifier: str) -> bool:
    """Whether a verifier is the one of a code's challenge (RFC 7636, 4.6)."""
    if not code.challenge:
        # A verifier without a challenge is a downgrade (RFC 9700, 2.1.1).
        return not verifier
    if not SHORTEST_VERIFIER <= len(verifier) <= LONGEST_VERIFIER:
        return False
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == code.challenge


def _no_grant(wanted: str, ways: Iterable[str]) -> str:
    return f"There is no grant '{wanted[:LONGEST_SHOWN]}'; there are {', '.join(sorted(ways))}."
