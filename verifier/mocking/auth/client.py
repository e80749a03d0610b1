"""Which client asks an OAuth 2 endpoint (RFC 6749, 2.3.1)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from urllib.parse import unquote_plus

from verifier.mocking.auth.replies import Denied
from verifier.mocking.auth.vault import Client, Vault
from verifier.wire import Incoming

__all__ = ["identify"]

CHALLENGE = (("WWW-Authenticate", 'Basic realm="mock", charset="UTF-8"'),)


def identify(vault: Vault, incoming: Incoming, form: Mapping[str, str]) -> Client:
    """
    The client, by HTTP Basic or by the form, not by both.

    Raises:
        Denied: It is not known (401, with a challenge if it used the header), or used both ways.
    """
    field = incoming.header("authorization") or ""
    word, _, value = field.partition(" ")
    by_header = word.lower() == "basic"
    if by_header and "client_secret" in form:
        raise Denied(400, "invalid_request", "The client identified itself in two ways.")
    pair = _pair(value) if by_header else (form.get("client_id", ""), form.get("client_secret", ""))
    client = vault.client(*pair)
    if client is not None:
        return client
    says = "The client is not known."
    raise Denied(401, "invalid_client", says, headers=CHALLENGE)


def _pair(encoded: str) -> tuple[str, str]:
    try:
        plain = base64.b64decode(encoded.strip(), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return "", ""
    id, _, secret = plain.partition(":")
    return unquote_plus(id), unquote_plus(secret)
