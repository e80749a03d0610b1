"""Principals for a mock whose user named none."""

from __future__ import annotations

from verifier.model import Contract, Principal

__all__ = ["made_up", "reading", "scopes_of"]

READING = ("read", "view", "list", "get", "readonly", "read_only")


def made_up(contract: Contract) -> tuple[Principal, ...]:
    """``full`` holds every scope, ``reader`` those that read, ``other`` is of another tenant."""
    scopes = scopes_of(contract)
    kind, location, parameter = _usual(contract)
    return tuple(
        Principal(
            name=name,
            kind=kind,
            location=location,
            parameter=parameter,
            tenant=tenant,
            scopes=held if scopes else None,
        )
        for name, tenant, held in (
            ("full", "one", scopes),
            ("reader", "one", reading(scopes)),
            ("other", "two", scopes),
        )
    )


def scopes_of(contract: Contract) -> frozenset[str]:
    """Every scope that an operation names."""
    return frozenset(
        scope
        for operation in contract.operations
        for need in operation.security
        for named in need.schemes.values()
        for scope in named
    )


def reading(scopes: frozenset[str]) -> frozenset[str]:
    """The scopes whose names say that they read."""
    return frozenset(s for s in scopes if any(word in s.lower() for word in READING))


def _usual(contract: Contract) -> tuple[str, str, str]:
    """The kind of credential that most operations take."""
    counts: dict[str, int] = {}
    for operation in contract.operations:
        for name in {name for need in operation.security for name in need.schemes}:
            counts[name] = counts.get(name, 0) + 1
    ordered = sorted(contract.schemes.values(), key=lambda s: -counts.get(s.name, 0))
    for scheme in ordered:
        if scheme.type in ("oauth2", "openIdConnect") or scheme.http_scheme == "bearer":
            return "bearer", "header", ""
        if scheme.type == "apiKey":
            return "api-key", scheme.location, scheme.parameter
        if scheme.http_scheme == "basic":
            return "basic", "header", ""
    return "bearer", "header", ""
