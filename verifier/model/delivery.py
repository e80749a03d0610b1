"""What a vendor brought to us by itself: a webhook's delivery, with no secret left in it."""

from __future__ import annotations

from typing import Any

import orjson
from msgspec import Struct, field

from verifier.model.evidence import Headers

__all__ = ["Arrival", "Delivery", "Hook", "Reaction", "Signature"]


class Reaction(Struct, frozen=True, kw_only=True):
    """
    What a delivery is answered with.

    Args:
        status: 0 gives no answer at all, until the vendor gives up.
        wait_seconds: Before the answer.
    """

    status: int = 200
    headers: Headers = ()
    body: bytes = b""
    wait_seconds: float = 0.0


class Hook(Struct, frozen=True, kw_only=True):
    """
    An address of ours that a vendor delivers to.

    Args:
        id: Nobody can guess it; it is part of the address, unless the address is a fixed one.
        url: As the vendor reaches it.
    """

    id: str
    url: str


class Arrival(Struct, frozen=True, kw_only=True):
    """
    A delivery as it came, never stored as it is.

    Args:
        target: Path and query, relative to the receiver's own address.
        received: Seconds since the epoch at which its last byte had come.
    """

    method: str
    target: str
    headers: Headers = ()
    body: bytes = b""
    peer: str = ""
    received: float = 0.0

    def __repr__(self) -> str:
        return f"Arrival(method={self.method!r}, target={self.target!r})"


class Signature(Struct, frozen=True, kw_only=True):
    """
    How a delivery was signed, told from its raw bytes.

    Args:
        scheme: ``standard``, ``stripe``, ``github``, ``shopify``, ``hmac-sha256``, or ``none``.
        header: Name of the header that holds it.
        valid: Whether it fits the body under a secret that we know; None where we know none.
        age_seconds: From its timestamp to its arrival; None where it has no timestamp.
    """

    scheme: str = "none"
    header: str = ""
    valid: bool | None = None
    age_seconds: float | None = None


class Delivery(Struct, frozen=True, kw_only=True):
    """
    One request of the vendor's to a hook of ours.

    Args:
        id: ``d1``, ``d2`` ... in the order of their arrival.
        hook: Id of the hook; empty where that is the fixed address.
        target: Path and query below the hook's address.
        size_bytes: Of the whole body; more than ``body`` holds where it was cut.
        received: Seconds since the epoch.
        answered: The status that we gave; 0 for none.
        purpose: Id of the check that opened the hook.
    """

    id: str
    hook: str
    method: str
    target: str
    headers: Headers = ()
    body: bytes = b""
    size_bytes: int = -1
    peer: str = ""
    received: float = 0.0
    answered: int = 0
    signature: Signature = field(default_factory=Signature)
    purpose: str = ""

    def header(self, name: str) -> str | None:
        """The first value of a header, whatever its case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    @property
    def cut(self) -> bool:
        """Whether ``body`` is only the beginning."""
        return self.size_bytes > len(self.body)

    def json_or_none(self) -> Any:
        """The body parsed as JSON, or None where it does not parse."""
        try:
            return orjson.loads(self.body)
        except ValueError:
            return None
