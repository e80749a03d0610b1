"""The signature of a vendor's webhooks: which scheme, under which header, with which secret."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType, ModuleType

from msgspec import Struct

from verifier import walk
from verifier.errors import UsageError
from verifier.mocking.webhooks import signing
from verifier.mocking.webhooks.message import Message
from verifier.model import Contract, Headers, HookDialect

__all__ = ["Seal", "known"]

GROUP = "verifier.webhook_signatures"  # of entry points, for other people's
# Which scheme a documented header belongs to; the first that fits.
HEADERS = (
    ("webhook-signature", "standard"),
    ("svix-signature", "standard"),
    ("stripe-signature", "stripe"),
    ("x-hub-signature-256", "github"),
    ("x-shopify-hmac-sha256", "shopify"),
)


@cache
def known() -> Mapping[str, ModuleType]:
    """Name to module of every scheme: the file's name with dashes."""
    found = walk.modules(signing, group=GROUP)
    names = {module.__name__.rpartition(".")[2].replace("_", "-"): module for module in found}
    return MappingProxyType(names)


class Seal(Struct, frozen=True):
    """
    Signs attempts.

    Args:
        header: Name of the signature's header in the document; empty takes the scheme's own.
        secret: That is used where a subscription has none of its own.
    """

    scheme: str
    header: str
    secret: str
    _sign: Callable[[Message, float, str], Headers]
    _make: Callable[[bytes], str]
    _seed: int

    @classmethod
    def of(cls, contract: Contract, dialect: HookDialect, like: str, seed: int) -> Seal:
        """
        The seal of a vendor's.

        Raises:
            UsageError: The dialect names a scheme that is not known.
        """
        documented, header = _documented(contract)
        scheme = dialect.signature or documented
        module = _module(scheme) if scheme else None
        if not scheme:
            scheme, module = _usual(like)
        if module is None:
            raise UsageError(
                f"no webhook signature '{scheme}' is known", mend=f"Known: {', '.join(known())}."
            )
        secret = dialect.secret or module.secret(_digest(seed, "webhooks"))
        header = dialect.header or (header if scheme == documented else "")
        return cls(scheme, header, secret, module.sign, module.secret, seed)

    def sign(self, message: Message, now: float) -> Headers:
        """The headers of an attempt."""
        return self._sign(message, now, self.header)

    def new_secret(self, name: str) -> str:
        """A secret for a subscription that brings none."""
        return self._make(_digest(self._seed, name))


def _module(name: str) -> ModuleType | None:
    return walk.module_named(signing, name, group=GROUP)


def _usual(like: str) -> tuple[str, ModuleType | None]:
    """The scheme of a well-known vendor's own name; the standard one where it has none."""
    own = _module(like) if like else None
    return (like, own) if own is not None else ("standard", _module("standard"))


def _digest(seed: int, name: str) -> bytes:
    return hashlib.sha256(f"{seed}:{name}".encode()).digest()


def _documented(contract: Contract) -> tuple[str, str]:
    """The scheme that a documented header belongs to, and the header's name."""
    names = {
        p.name.lower(): p.name for hook in contract.webhooks for p in hook.parameters_in("header")
    }
    for name, scheme in HEADERS:
        if name in names:
            return scheme, names[name]
    plain = next((n for low, n in names.items() if "signature" in low or "hmac" in low), "")
    return ("hmac-sha256", plain) if plain else ("", "")
