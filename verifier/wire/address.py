"""Where a request goes: the parts of an absolute address, taken as they stand."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from verifier.errors import UsageError

__all__ = ["Origin", "split"]

ABSOLUTE = re.compile(r"(https?)://([^/?#]*)([^#]*)", re.IGNORECASE)
AUTHORITY = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^:@\[\]\s]+)(?::(\d{0,5}))?")
PORTS = {"http": 80, "https": 443}
HIGHEST_PORT = 65535


class Origin(NamedTuple):
    """
    Scheme, host and port: what connections may be shared within (RFC 9110, 4.3.1).

    Args:
        authority: The value for a Host header.
    """

    scheme: str
    host: str
    port: int
    authority: str

    @property
    def secure(self) -> bool:
        """Whether TLS is spoken there."""
        return self.scheme == "https"


def split(url: str) -> tuple[Origin, str]:
    """
    The origin and the request target of an address; the target is not touched.

    Raises:
        UsageError: The address is relative, not HTTP, or holds credentials.
    """
    found = ABSOLUTE.match(url)
    if found is None:
        raise UsageError(
            f"'{url}' is no address of an API", mend="Give one such as https://api.example.com."
        )
    scheme, authority, target = found.groups()
    if not target.startswith("/"):
        target = f"/{target}"
    return _origin(scheme.lower(), authority), target


@lru_cache(maxsize=256)
def _origin(scheme: str, authority: str) -> Origin:
    if "@" in authority:
        raise UsageError(
            "an address holds a user name or a password", mend="Give credentials as a principal."
        )
    found = AUTHORITY.fullmatch(authority)
    port = int(found[2]) if found and found[2] else PORTS[scheme]
    host = _ascii(found[1]) if found else ""
    if not found or not host or not 0 < port <= HIGHEST_PORT:
        raise UsageError(f"'{scheme}://{authority}' names no host and port that could exist")
    shown = f"{host}:{found[2]}" if found[2] else host
    return Origin(scheme=scheme, host=host.strip("[]"), port=port, authority=shown)


def _ascii(host: str) -> str:
    """The host as names are looked up and sent: an internationalised name in its ASCII form."""
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
