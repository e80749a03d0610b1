"""How a credential is carried, whatever the document calls it."""

from __future__ import annotations

from verifier.model import Contract, SecurityScheme

__all__ = ["carried", "renamed"]


def renamed(old: Contract, new: Contract) -> dict[str, str]:
    """New name to old, for schemes that are carried alike: names never reach the vendor."""
    names = {}
    for name, scheme in new.schemes.items():
        if name not in old.schemes:
            alike = [
                n
                for n, s in old.schemes.items()
                if n not in new.schemes and carried(s) == carried(scheme)
            ]
            if len(alike) == 1:
                names[name] = alike[0]
    return names


def carried(scheme: SecurityScheme) -> tuple[str, ...]:
    """What reaches the vendor of how a credential is shown."""
    named = scheme.parameter
    if scheme.location == "header":
        named = named.lower()  # field names are case-insensitive (RFC 9110, 5.1)
    return scheme.type, scheme.location, named, scheme.http_scheme
