"""Takes credentials out of what is kept of other people's traffic: those that pass are learned."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, unquote

from verifier.model import Contract, Headers
from verifier.recording import Redaction

__all__ = ["Secrecy"]

CREDENTIALS = frozenset(
    {
        "authorization",
        "proxy-authorization",
        "cookie",
        "set-cookie",
        "x-api-key",
        "api-key",
        "x-auth-token",
        "x-access-token",
    }
)
IN_QUERY = frozenset(
    {"access_token", "api_key", "apikey", "key", "token", "auth_token", "client_secret", "sig"}
)
HIDDEN = "«credential»"
MOST_LEARNED = 1000
KEPT_BODY_BYTES = 256 * 1024
LONGEST_SECRET = 8 * 1024


class Secrecy:
    """
    Knows what is secret in an exchange.

    Args:
        contract: Whose security schemes name further headers, parameters and cookies.
    """

    def __init__(self, contract: Contract) -> None:
        schemes = [s for s in contract.schemes.values() if s.parameter]
        self._headers = CREDENTIALS | {
            s.parameter.lower() for s in schemes if s.location == "header"
        }
        self._query = IN_QUERY | {s.parameter.lower() for s in schemes if s.location == "query"}
        self._redaction = Redaction()
        self._learned: set[str] = set()

    def learn(self, target: str, *headers: Headers) -> None:
        """Take note of the credentials of a request, or of an answer."""
        _, _, query = target.partition("?")
        pairs = parse_qsl(query, keep_blank_values=True)
        self._keep(value for name, value in pairs if name.lower() in self._query)
        for name, value in (header for group in headers for header in group):
            if name.lower() in self._headers:
                self._keep(_spelled(name.lower(), value))

    def headers(self, headers: Headers) -> Headers:
        """Headers without their credentials."""
        return tuple(
            (name, HIDDEN if name.lower() in self._headers else self.text(value))
            for name, value in headers
        )

    def text(self, text: str) -> str:
        """A text without any credential that was seen."""
        return self._redaction.clean_text(text)

    def body(self, body: bytes) -> bytes:
        """The beginning of a body, without any credential that was seen or that looks like one."""
        # A credential that the cut would go through is still whole while they are taken out.
        return self._redaction.clean(body[: KEPT_BODY_BYTES + LONGEST_SECRET])[:KEPT_BODY_BYTES]

    def _keep(self, secrets: Iterable[str]) -> None:
        for secret in secrets:
            if secret and secret not in self._learned and len(self._learned) < MOST_LEARNED:
                self._learned.add(secret)
                self._redaction.learn("credential", secret)


def _spelled(name: str, value: str) -> Iterator[str]:
    """The secrets of a header's value."""
    if name in ("cookie", "set-cookie"):
        parts = value.split(";") if name == "cookie" else value.split(";")[:1]
        for part in parts:
            _, _, held = part.strip().partition("=")
            yield unquote(held)
        return
    word, _, rest = value.partition(" ")
    yield rest.strip() or word
    if word.lower() == "basic":
        try:
            pair = base64.b64decode(rest.strip(), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError, ValueError):
            return
        yield pair.partition(":")[2]
