"""Credentials and tokens, whose they are, and until when they are good."""

from __future__ import annotations

import hashlib
import math
import secrets
from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from verifier.mocking.auth.caller import Caller

__all__ = ["Client", "Code", "Grant", "Vault"]

MOST_GRANTS = 20_000


class Grant(Struct, frozen=True, kw_only=True):
    """
    What a credential or token is good for.

    Args:
        kind: ``static`` (a key, a password, a token that does not come from an endpoint),
            ``access`` or ``refresh``.
        family: Names all tokens that came of one authorization; empty for static ones.
        expires: Seconds since the epoch.
        state: ``good``, ``revoked``, or ``rotated`` (a refresh token that was used).
    """

    caller: Caller
    kind: str = "static"
    client: str = ""
    family: str = ""
    issued: float = 0.0
    expires: float = math.inf
    state: str = "good"

    def trouble(self, now: float) -> str:
        """Why it is not good any more, in a word; empty where it is."""
        if self.state != "good":
            return self.state
        return "expired" if now >= self.expires else ""


class Client(Struct, frozen=True, kw_only=True):
    """An OAuth 2 client: each principal is one."""

    id: str
    secret: str
    caller: Caller


class Code(Struct, frozen=True, kw_only=True):
    """An authorization code (RFC 6749, 4.1.2); ``family`` is of the tokens that came of it."""

    client: str
    redirect_uri: str
    scopes: frozenset[str] | None
    challenge: str
    method: str
    expires: float
    family: str
    used: bool = False


class Vault(Struct):
    """
    All of them.

    Args:
        seed: Same seed and same requests, same tokens.
    """

    seed: int = 0
    clients: dict[str, Client] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    _grants: dict[str, Grant] = field(default_factory=dict)
    _issued: int = 0

    def secret(self, *parts: str) -> str:
        """A secret of the mock's own making."""
        told = ":".join((str(self.seed), *parts))
        return f"mock-{'-'.join(parts[:1])}-{hashlib.sha256(told.encode()).hexdigest()[:24]}"

    def fresh(self, kind: str) -> str:
        """A token that was not given out before."""
        self._issued += 1
        told = f"{self.seed}:{kind}:{self._issued}"
        return f"mock-{kind}-{hashlib.sha256(told.encode()).hexdigest()[:32]}"

    def keep(self, spelled: str, grant: Grant) -> None:
        """Know a credential by its spelling on the wire (``bearer:abc``, ``refresh:abc``)."""
        self._grants[spelled] = grant
        if len(self._grants) > MOST_GRANTS:
            oldest = next((k for k, g in self._grants.items() if g.kind != "static"), None)
            if oldest is not None:
                del self._grants[oldest]

    def find(self, spelled: str) -> Grant | None:
        """The grant of a credential."""
        return self._grants.get(spelled)

    def client(self, id: str, secret: str) -> Client | None:
        """The client of this id and secret."""
        known = self.clients.get(id)
        matches = known is not None and secrets.compare_digest(
            known.secret.encode(), secret.encode()
        )
        return known if matches else None

    def set_state(self, spelled: str, state: str) -> None:
        """Give one credential another state."""
        if spelled in self._grants:
            self._grants[spelled] = replace(self._grants[spelled], state=state)

    def revoke_family(self, family: str) -> None:
        """Revoke every token that came of one authorization."""
        for spelled, grant in self._grants.items():
            if family and grant.family == family:
                self._grants[spelled] = replace(grant, state="revoked")

    def revoke_before(self, token: str) -> None:
        """Revoke every other access token of the client that was given one."""
        last = self._grants[f"bearer:{token}"]
        for spelled, grant in self._grants.items():
            if grant.kind == "access" and grant.client == last.client and grant is not last:
                self._grants[spelled] = replace(grant, state="revoked")

    def revoke(self, name: str) -> None:
        """Revoke every credential of a principal's."""
        self._change(name, {"state": "revoked"})

    def expire(self, name: str, now: float) -> None:
        """Let every credential of a principal's expire now."""
        self._change(name, {"expires": now})

    def restore(self, name: str) -> None:
        """Make every static credential of a principal's good again."""
        self._change(name, {"state": "good", "expires": math.inf}, only="static")

    def _change(self, name: str, changes: Mapping[str, str | float], only: str = "") -> None:
        for spelled, grant in self._grants.items():
            if grant.caller.name == name and only in ("", grant.kind):
                self._grants[spelled] = replace(grant, **changes)
