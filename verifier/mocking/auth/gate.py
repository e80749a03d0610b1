"""Lets callers in, by what they show and what an operation asks for."""

from __future__ import annotations

import base64
import dataclasses
import math
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from verifier.mocking.auth.caller import Caller
from verifier.mocking.auth.challenges import challenge
from verifier.mocking.auth.made_up import made_up
from verifier.mocking.auth.presented import Presented, presented
from verifier.mocking.auth.vault import Client, Grant, Vault
from verifier.mocking.refusal import Refusal
from verifier.model import Contract, Operation, Principal, SecretReference, SecurityScheme
from verifier.wire import Incoming

__all__ = ["Gate"]

NOBODY = Caller(name="")
SPENT = ("expired", "revoked")
CLIENT = ("client_id", "client_secret")
TROUBLE = {
    "": "The credential is not known.",
    "expired": "The token has expired.",
    "revoked": "The token was revoked.",
    "rotated": "The token was replaced.",
}


class _Asks(Struct, frozen=True):
    """What an operation asks of whoever comes: one of the schemes, and one of the scopes."""

    secured: bool
    schemes: tuple[SecurityScheme, ...]
    scopes: tuple[frozenset[str], ...]

    def takes(self, way: Presented) -> bool:
        """Whether a credential was carried as one of the ways in asks."""
        return not self.schemes or any(_carries(scheme, way) for scheme in self.schemes)

    def allows(self, caller: Caller) -> bool:
        """Whether a caller holds enough."""
        held = caller.scopes
        return held is None or any(need <= held for need in self.scopes)


@dataclasses.dataclass(slots=True)
class Gate:
    """
    Lets callers in.

    Args:
        principals: Whom the mock knows; their secrets are references into ``secrets``.
        secrets: Principal to the parts of its credential, all of the mock's own making.
        forgives: Whether a credential that is expired, revoked or rotated is taken for good.
        suffices: Whether a caller who lacks the scope may all the same.
        token_path: Of the token endpoint; empty where there is none.
    """

    contract: Contract
    vault: Vault
    principals: tuple[Principal, ...] = ()
    secrets: dict[str, dict[str, str]] = dataclasses.field(default_factory=dict)
    callers: dict[str, Caller] = dataclasses.field(default_factory=dict)
    forgives: Callable[[str, Grant, float], bool] = lambda trouble, grant, now: False
    suffices: Callable[[Operation, Caller], bool] = lambda operation, caller: False
    token_path: str = ""
    _keys: tuple[SecurityScheme, ...] = dataclasses.field(init=False)
    _asked: dict[str, _Asks] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        self._keys = tuple(s for s in self.contract.schemes.values() if s.type == "apiKey")

    @classmethod
    def open(
        cls,
        contract: Contract,
        principals: Sequence[Principal] | None,
        seed: int,
        token_path: str = "",
    ) -> Gate:
        """A gate for the given principals; None makes some up."""
        gate = cls(contract=contract, vault=Vault(seed), token_path=token_path)
        for principal in principals or made_up(contract):
            gate._know(principal)
        return gate

    def admit(self, operation: Operation, incoming: Incoming, now: float) -> Caller | Refusal:
        """Who asks, or why they are refused; anonymous where the document asks for nothing."""
        shown = presented(incoming, self._keys)
        good, trouble = self._good(shown, now) if shown else ([], "")
        asks = self._asks(operation)
        if not asks.secured:
            return good[0][1].caller if good else NOBODY
        if len(shown) > 1 and len({p.place for p in shown if _is_bearer(p)}) > 1:
            says = "The token was sent in more than one way."
            return self._refused(operation, 400, "invalid_request", says)
        fitting = [grant for way, grant in good if asks.takes(way)]
        if not fitting:
            return self._stranger(operation, shown, trouble)
        for grant in fitting:
            if asks.allows(grant.caller) or self.suffices(operation, grant.caller):
                return grant.caller
        return self._lacking(operation)

    def anybody(self) -> Caller:
        """The first principal: whom a careless vendor takes everyone for."""
        return next(iter(self.callers.values()))

    def _good(
        self, shown: Sequence[Presented], now: float
    ) -> tuple[list[tuple[Presented, Grant]], str]:
        """The credentials that are good, and what is wrong with the last that is not."""
        good, trouble = [], ""
        for way in shown:
            grant = self.vault.find(way.spelled)
            if grant is None:
                continue
            wrong = grant.trouble(now)
            wrong = "" if wrong and self.forgives(wrong, grant, now) else wrong
            trouble = wrong or trouble
            if not wrong:
                good.append((way, grant))
        return good, trouble

    def _asks(self, operation: Operation) -> _Asks:
        """What an operation asks for, worked out when it is first asked."""
        known = self._asked.get(operation.key)
        if known is None:
            schemes = self.contract.schemes
            named = {name for need in operation.security for name in need.schemes}
            wanted = tuple(schemes[name] for name in named if name in schemes)
            scopes = tuple(_wanted(operation))
            known = self._asked[operation.key] = _Asks(operation.secured, wanted, scopes)
        return known

    def _stranger(self, operation: Operation, shown: Sequence[Presented], trouble: str) -> Refusal:
        if not shown:
            headers = challenge(operation, self.contract.schemes)
            says = "A credential is needed."
            return Refusal(status=401, code="unauthorized", says=says, headers=headers)
        return self._refused(operation, 401, "invalid_token", TROUBLE[trouble])

    def _lacking(self, operation: Operation) -> Refusal:
        narrowest = min(_wanted(operation), key=len)
        scope = " ".join(sorted(narrowest))
        says = f"The credential lacks the scope {scope}."
        return self._refused(operation, 403, "insufficient_scope", says, scope)

    def _refused(
        self, operation: Operation, status: int, code: str, says: str, scope: str = ""
    ) -> Refusal:
        headers = challenge(operation, self.contract.schemes, error=code, says=says, scope=scope)
        return Refusal(status=status, code=code, says=says, headers=headers)

    def _know(self, principal: Principal) -> None:
        caller = Caller(name=principal.name, tenant=principal.tenant, scopes=principal.scopes)
        self.callers[principal.name] = caller
        # A token of an OAuth 2 principal is handed out at once; the endpoints give further ones.
        kind = "bearer" if principal.kind.startswith("oauth2") else principal.kind
        secrets: dict[str, str] = {}
        # Beside its own kind, a credential for every other way in that the document knows.
        for way in dict.fromkeys((kind, *_kinds(self.contract))):
            secrets |= {name: self.vault.secret(principal.name, name) for name in _parts(way)}
            self.vault.keep(_spelled(way, secrets), Grant(caller=caller))
        self.secrets[principal.name] = secrets
        if kind != "basic":
            secrets |= self._spent(principal.name, kind, caller)
        client = Client(
            id=f"mock-client-{principal.name}",
            secret=self.vault.secret(principal.name, "client_secret"),
            caller=caller,
        )
        self.vault.clients[client.id] = client
        if self.token_path and kind == "bearer":
            secrets |= {"client_id": client.id, "client_secret": client.secret}
        references = {
            name: SecretReference("mock", f"{principal.name}.{name}")
            for name in (*_parts(kind), *SPENT, *CLIENT)
            if name in secrets
        }
        self.principals += (
            Principal(
                name=principal.name,
                kind=kind,
                secrets=references,
                location=principal.location,
                parameter=principal.parameter,
                token_url=self.token_path if kind == "bearer" else "",
                scopes=principal.scopes,
                tenant=principal.tenant,
                headers=principal.headers,
            ),
        )

    def _spent(self, name: str, kind: str, caller: Caller) -> dict[str, str]:
        """A credential that has expired, and one that was revoked."""
        spent = {state: self.vault.secret(name, state) for state in SPENT}
        for state, secret in spent.items():
            grant = Grant(caller=caller, expires=0.0 if state == "expired" else math.inf)
            held = replace(grant, state="revoked" if state == "revoked" else "good")
            self.vault.keep(_spelled(kind, {_parts(kind)[0]: secret}), held)
        return spent


def _carries(scheme: SecurityScheme, way: Presented) -> bool:
    if scheme.type == "apiKey":
        return way.scheme == scheme.name
    # A token in an address is seen, and not taken (RFC 9700, 4.3.2).
    word = "basic:" if scheme.type == "http" and scheme.http_scheme == "basic" else "bearer:"
    return way.place == "header" and way.spelled.startswith(word)


def _is_bearer(shown: Presented) -> bool:
    return shown.spelled.startswith("bearer:")


def _wanted(operation: Operation) -> list[frozenset[str]]:
    return [
        frozenset(scope for scopes in need.schemes.values() for scope in scopes)
        for need in operation.security
    ]


def _kinds(contract: Contract) -> list[str]:
    """The kinds of credential that a document's schemes take."""
    return [
        "api-key"
        if scheme.type == "apiKey"
        else ("basic" if scheme.http_scheme == "basic" else "bearer")
        for scheme in contract.schemes.values()
    ]


def _parts(kind: str) -> tuple[str, ...]:
    if kind == "basic":
        return ("username", "password")
    return ("key",) if kind == "api-key" else ("token",)


def _spelled(kind: str, secrets: Mapping[str, str]) -> str:
    if kind == "basic":
        pair = f"{secrets['username']}:{secrets['password']}"
        return f"basic:{base64.b64encode(pair.encode()).decode()}"
    return f"key:{secrets['key']}" if kind == "api-key" else f"bearer:{secrets['token']}"
