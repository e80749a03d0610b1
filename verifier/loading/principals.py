"""Credentials as a user names them, in vendor.yaml or on the command line; never the secrets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from verifier.errors import ConfigError, UsageError, nearest
from verifier.loading.declaration import Secret
from verifier.loading.secrets import HOW_TO_REFER, read_reference
from verifier.loading.vendor_file import PRINCIPALS
from verifier.model import Contract, Principal, SecretReference

__all__ = ["parse_principal", "principal_of", "with_token_url"]

FORM = "NAME=KIND:REFERENCE, such as me=bearer:env:TOKEN"
SEPARATOR = re.compile(r":(?=env:|file:|keyring:|\$\{)")
SECRETS = {
    kind: tuple(
        name
        for name, member in record.members.items()
        if isinstance(member.kind, Secret) and member.required
    )
    for kind, record in PRINCIPALS.items()
}


def parse_principal(text: str, contract: Contract) -> Principal:
    """
    Read the command line's ``NAME=KIND:REFERENCE[:REFERENCE...]``.

    Args:
        text: ``me=bearer:env:TOKEN``, ``key=api-key:env:KEY``, ``me=basic:env:USER:env:PASS``,
            ``app=oauth2-client-credentials:https://auth.example.com/token:env:ID:env:SECRET``.
        contract: Says in which header or parameter an API key goes.

    Raises:
        UsageError: It is not of that form, or holds a secret instead of a reference.
    """
    name, equals, rest = text.partition("=")
    kind, *parts = SEPARATOR.split(rest)
    kind, _, address = kind.partition(":")
    # What the user typed is not repeated beyond the name: it may hold a secret.
    if not equals or not name or not re.fullmatch(r"[\w.@-]+", name):
        raise UsageError("--principal needs a name and a kind", mend=f"Write {FORM}.")
    if kind not in SECRETS:
        mend = nearest(kind, SECRETS, f"Known: {', '.join(SECRETS)}.")
        raise UsageError(f"principal '{name}' is of no known kind", mend=mend)
    wanted = SECRETS[kind]
    references = [read_reference(part) for part in parts]
    if len(parts) != len(wanted) or None in references or not _is_address(address):
        order = ":".join(f"<{secret}>" for secret in wanted)
        raise UsageError(
            f"principal '{name}' needs {_references(len(wanted))}: {name}={kind}:{order}",
            mend="The secret itself does not belong here. "
            + HOW_TO_REFER.replace("${VARIABLE}", "env:VARIABLE"),
        )
    given: dict[str, Any] = dict(zip(wanted, references, strict=True))
    return principal_of(name, {"kind": kind, "token_url": address, **given}, contract)


def _references(count: int) -> str:
    return f"{count} references to its secrets" if count > 1 else "a reference to its secret"


def principal_of(name: str, given: Mapping[str, Any], contract: Contract) -> Principal:
    """
    A principal from what was read; an API key's place is taken from the contract's scheme.

    Args:
        given: The members of one principal, as ``VENDOR`` reads them.

    Raises:
        ConfigError: The document does not say where an API key goes, and neither does the user.
    """
    kind = str(given["kind"])
    location, parameter = "header", ""
    if kind == "api-key":
        location, parameter = _place_of_key(name, given, contract)
    scopes = given.get("scopes")
    return Principal(
        name=name,
        kind=kind,
        secrets={k: v for k, v in given.items() if isinstance(v, SecretReference)},
        location=location,
        parameter=parameter,
        token_url=given.get("token_url", ""),
        scopes=None if scopes is None else frozenset(scopes),
        tenant=given.get("tenant", ""),
        headers=given.get("headers", {}),
    )


def with_token_url(principal: Principal, contract: Contract, base_url: str) -> str:
    """
    Where a principal's tokens come from; the document is believed only on the user's own host.

    Raises:
        ConfigError: Nobody has named an address that may be asked.
    """
    if principal.token_url or not principal.kind.startswith("oauth2-") or not base_url:
        return principal.token_url
    known = [url for s in contract.schemes.values() for url in s.token_urls.values()]
    for url in known:
        full = urljoin(base_url + "/", url)
        if urlsplit(full).netloc == urlsplit(base_url).netloc:
            return full
    raise ConfigError(
        f"principal '{principal.name}' needs the address that its tokens come from",
        mend=f"Give token_url in vendor.yaml (the document names {known[0]})."
        if known
        else "Give token_url in vendor.yaml.",
    )


def _is_address(text: str) -> bool:
    return not text or text.startswith(("https://", "http://"))


def _place_of_key(name: str, given: Mapping[str, Any], contract: Contract) -> tuple[str, str]:
    location, parameter = given.get("location", ""), given.get("parameter", "")
    for scheme in contract.schemes.values():
        fits = not location or scheme.location == location
        if scheme.type == "apiKey" and scheme.parameter and fits and not parameter:
            return scheme.location or "header", scheme.parameter
    if not parameter:
        kinds = sorted({s.principal_kind for s in contract.schemes.values()} - {"api-key", ""})
        asked = f"The document asks for {' or '.join(kinds)}; else give" if kinds else "Give"
        raise ConfigError(
            f"principal '{name}' is an API key, and the document does not say where it goes",
            mend=f"{asked} it 'location' and 'parameter' in vendor.yaml.",
        )
    return location or "header", parameter
