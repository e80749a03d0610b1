"""The authorization endpoint: consent is given at once, to every known client."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

from verifier.mocking.auth.replies import Denied
from verifier.mocking.auth.tokens import narrowed
from verifier.mocking.auth.vault import Client, Code, Vault
from verifier.wire import Answer

__all__ = ["authorize"]

CODE_SECONDS = 60.0


def authorize(vault: Vault, asked: Mapping[str, str], now: float) -> Answer:
    """
    Send the browser back with a code, or with an error (RFC 6749, 4.1.2).

    Raises:
        Denied: The client or the address is not known, so that nobody is to be sent anywhere.
    """
    client = vault.clients.get(asked.get("client_id", ""))
    target = asked.get("redirect_uri", "")
    if client is None or not _usable(target):
        raise Denied(400, "invalid_request", "client_id or redirect_uri is not known.")
    try:
        told = {"code": _code(vault, client, asked, now)}
    except Denied as denied:
        told = {"error": denied.error}
    if "state" in asked:
        told["state"] = asked["state"]
    joint = "&" if urlsplit(target).query else "?"
    return Answer(status=302, headers=(("Location", f"{target}{joint}{urlencode(told)}"),))


def _usable(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.scheme and parts.netloc and not parts.fragment)


def _code(vault: Vault, client: Client, asked: Mapping[str, str], now: float) -> str:
    if asked.get("response_type") != "code":
        raise Denied(400, "unsupported_response_type", "Only code.")
    method = asked.get("code_challenge_method", "plain" if "code_challenge" in asked else "")
    if method not in ("", "S256"):
        raise Denied(400, "invalid_request", "Only S256.")
    code = vault.fresh("code")
    vault.codes[code] = Code(
        client=client.id,
        redirect_uri=asked["redirect_uri"],
        scopes=narrowed(client.caller.scopes, asked.get("scope")),
        challenge=asked.get("code_challenge", ""),
        method=method,
        expires=now + CODE_SECONDS,
        family=vault.fresh("family"),
    )
    return code
