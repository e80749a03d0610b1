"""Who may ask the mock: credentials by scheme, the scopes they hold, and how strangers are told."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from verifier.mocking.refusal import Refusal
from verifier.model import Contract, Operation, Principal, SecretReference, SecurityScheme
from verifier.wire import Incoming

__all__ = ["Caller", "Gate"]

READING = ("read", "view", "list", "get", "readonly", "read_only")


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Somebody whom the mock knows: None scopes hold them all."""

    name: str
    tenant: str = ""
    scopes: frozenset[str] | None = None


@dataclass(slots=True)
class Gate:
    """
    Lets callers in.

    Args:
        principals: Whom the mock knows; None makes up ``full``, ``reader`` and ``other``.
    """

    contract: Contract
    seed: int = 0
    principals: tuple[Principal, ...] = ()
    secrets: dict[str, dict[str, str]] = field(default_factory=dict)
    _callers: dict[str, Caller] = field(default_factory=dict)

    @classmethod
    def open(cls, contract: Contract, principals: Sequence[Principal] | None, seed: int) -> Gate:
        """A gate for the given principals, with secrets of the mock's own."""
        gate = cls(contract=contract, seed=seed)
        for principal in principals or _made_up(contract):
            gate._admit(principal)
        return gate

    def admit(self, operation: Operation, incoming: Incoming) -> Caller | Refusal:
        """Who asks, or why they are refused; anonymous where the document asks for nothing."""
        if not operation.secured:
            return self._known(incoming) or Caller(name="")
        caller = self._known(incoming)
        if caller is None:
            shown = self._shown(incoming)
            code = "invalid_token" if shown else ""
            says = "The credential is not valid." if shown else "A credential is needed."
            return Refusal(
                status=401,
                code=code or "unauthorized",
                says=says,
                headers=(("WWW-Authenticate", self._challenge(code)),),
            )
        wanted = _wanted(operation)
        if caller.scopes is not None and not any(need <= caller.scopes for need in wanted):
            narrowest: frozenset[str] = min(wanted, key=lambda need: len(need))
            scope = " ".join(sorted(narrowest))
            challenge = self._challenge("insufficient_scope", scope)
            says = f"The credential lacks the scope {scope}."
            return Refusal(
                status=403,
                code="insufficient_scope",
                says=says,
                headers=(("WWW-Authenticate", challenge),),
            )
        return caller

    def anybody(self) -> Caller:
        """The first principal: whom a careless vendor takes everyone for."""
        return next(iter(self._callers.values()))

    def _admit(self, principal: Principal) -> None:
        secrets = {name: self._secret(principal.name, name) for name in _parts(principal)}
        references = {name: SecretReference("mock", f"{principal.name}.{name}") for name in secrets}
        caller = Caller(name=principal.name, tenant=principal.tenant, scopes=principal.scopes)
        if principal.kind.startswith("oauth2"):
            kind, secrets = "bearer", {"token": self._secret(principal.name, "token")}
            references = {"token": SecretReference("mock", f"{principal.name}.token")}
        else:
            kind = principal.kind
        self.secrets[principal.name] = secrets
        self._callers[_carried(kind, secrets)] = caller
        self.principals += (
            Principal(
                name=principal.name,
                kind=kind,
                secrets=references,
                location=principal.location,
                parameter=principal.parameter,
                scopes=principal.scopes,
                tenant=principal.tenant,
                headers=principal.headers,
            ),
        )

    def _secret(self, principal: str, name: str) -> str:
        digest = hashlib.sha256(f"{self.seed}:{principal}:{name}".encode()).hexdigest()
        return f"mock-{principal}-{digest[:24]}"

    def _known(self, incoming: Incoming) -> Caller | None:
        for shown in self._shown(incoming):
            if shown in self._callers:
                return self._callers[shown]
        return None

    def _shown(self, incoming: Incoming) -> list[str]:
        """Every credential that a request carries, in one spelling."""
        found = []
        word, _, value = (incoming.header("authorization") or "").partition(" ")
        if value:
            found.append(f"{word.lower()}:{value.strip()}")
        _, _, query = incoming.target.partition("?")
        pairs = dict(parse_qsl(query))
        cookies = dict(
            part.strip().partition("=")[::2]
            for part in (incoming.header("cookie") or "").split(";")
        )
        for scheme in self.contract.schemes.values():
            if scheme.type == "apiKey":
                places = {"query": pairs, "cookie": cookies}
                held = places.get(scheme.location, {}).get(scheme.parameter)
                given = incoming.header(scheme.parameter) if scheme.location == "header" else held
                if given:
                    found.append(f"key:{given}")
        return found

    def _challenge(self, error: str, scope: str = "") -> str:
        kinds = {_word(scheme) for scheme in self.contract.schemes.values()} or {"Bearer"}
        if "Bearer" not in kinds:
            return f'{sorted(kinds)[0]} realm="mock"'
        parts = ['Bearer realm="mock"']
        parts += [f'error="{error}"'] if error else []
        parts += [f'scope="{scope}"'] if scope else []
        return ", ".join(parts)


def _word(scheme: SecurityScheme) -> str:
    if scheme.type == "http" and scheme.http_scheme == "basic":
        return "Basic"
    return "ApiKey" if scheme.type == "apiKey" else "Bearer"


def _wanted(operation: Operation) -> list[frozenset[str]]:
    return [
        frozenset(scope for scopes in need.schemes.values() for scope in scopes)
        for need in operation.security
    ]


def _parts(principal: Principal) -> Mapping[str, object]:
    if principal.kind == "basic":
        return {"username": None, "password": None}
    return {"key": None} if principal.kind == "api-key" else {"token": None}


def _carried(kind: str, secrets: Mapping[str, str]) -> str:
    if kind == "basic":
        pair = f"{secrets['username']}:{secrets['password']}"
        return f"basic:{base64.b64encode(pair.encode()).decode()}"
    return f"key:{secrets['key']}" if kind == "api-key" else f"bearer:{secrets['token']}"


def _made_up(contract: Contract) -> tuple[Principal, ...]:
    scopes = {
        scope
        for operation in contract.operations
        for need in operation.security
        for named in need.schemes.values()
        for scope in named
    }
    reading = {s for s in scopes if any(word in s.lower() for word in READING)}
    kind, location, parameter = _usual(contract)
    return tuple(
        Principal(
            name=name,
            kind=kind,
            location=location,
            parameter=parameter,
            tenant=tenant,
            scopes=frozenset(held) if scopes else None,
        )
        for name, tenant, held in (
            ("full", "one", scopes),
            ("reader", "one", reading),
            ("other", "two", scopes),
        )
    )


def _usual(contract: Contract) -> tuple[str, str, str]:
    for scheme in contract.schemes.values():
        if scheme.type in ("oauth2", "openIdConnect") or scheme.http_scheme == "bearer":
            return "bearer", "header", ""
    for scheme in contract.schemes.values():
        if scheme.type == "apiKey":
            return "api-key", scheme.location, scheme.parameter
        if scheme.http_scheme == "basic":
            return "basic", "header", ""
    return "bearer", "header", ""
