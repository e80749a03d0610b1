"""Who wants to hear of what: rows of the resource that the document subscribes with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from verifier.mocking.english import words
from verifier.mocking.state import Row, State
from verifier.model import Contract, HookEndpoint

__all__ = ["Subscriber", "Subscriptions"]

ADDRESS = frozenset(
    (
        "url",
        "callbackurl",
        "endpoint",
        "endpointurl",
        "target",
        "targeturl",
        "webhookurl",
        "address",
    )
)
CHOICES = frozenset(
    ("events", "enabledevents", "eventtypes", "types", "topics", "subscriptions", "topic", "event")
)
SECRETS = frozenset(("secret", "signingsecret", "webhooksecret", "secretkey", "signingkey"))
OFF = frozenset(("disabled", "inactive", "paused", "deactivated"))


class Subscriber(Struct, frozen=True, kw_only=True):
    """
    An address and what it wants.

    Args:
        id: Of the subscription; empty for a fixed address.
        events: Names of events; empty or ``*`` wants all.
    """

    url: str
    events: tuple[str, ...] = ()
    secret: str = ""
    id: str = ""

    def wants(self, name: str) -> bool:
        """Whether an event is told."""
        if not self.events or "*" in self.events:
            return True
        plain = words(name)
        # GitHub subscribes to ``issues`` and is told ``issues-opened``.
        return any(words(wish) in (plain, plain[:-1]) for wish in self.events)


class Subscriptions:
    """Everybody who wants to hear something."""

    def __init__(
        self, contract: Contract, state: State, endpoints: tuple[HookEndpoint, ...]
    ) -> None:
        self._state = state
        self._endpoints = endpoints
        self.resources = tuple(
            str(convention.detail.get("resource"))
            for convention in contract.conventions_of("webhooks")
            if convention.style == "subscription"
        )

    @property
    def possible(self) -> bool:
        """Whether there may ever be anybody."""
        return bool(self._endpoints or self.resources)

    def of(self, tenant: str) -> Iterator[Subscriber]:
        """Those of a tenant."""
        for endpoint in self._endpoints:
            if endpoint.tenant in ("", tenant):
                yield Subscriber(url=endpoint.url, events=endpoint.events, secret=endpoint.secret)
        for resource in self.resources:
            for row in self._state.all(resource, tenant, {}):
                found = _subscriber(row)
                if found is not None:
                    yield found


def _subscriber(row: Row) -> Subscriber | None:
    flat = _flat(row.value)
    address = next((v for k, v in flat.items() if k in ADDRESS and isinstance(v, str)), "")
    if not address or _is_off(flat):
        return None
    wished = next((v for k, v in flat.items() if k in CHOICES), ())
    events = (wished,) if isinstance(wished, str) else tuple(map(str, wished or ()))
    secret = next((v for k, v in flat.items() if k in SECRETS and isinstance(v, str)), "")
    return Subscriber(url=address, events=events, secret=secret, id=row.id)


def _flat(value: Mapping[str, Any]) -> dict[str, Any]:
    """The members, those of ``config`` included, by their plain names."""
    inner = value.get("config")
    inside = inner.items() if isinstance(inner, Mapping) else ()
    return {"".join(words(str(k))): v for k, v in (*inside, *value.items())}


def _is_off(flat: Mapping[str, Any]) -> bool:
    if flat.get("active") is False or flat.get("enabled") is False or flat.get("disabled") is True:
        return True
    return str(flat.get("status", "")).lower() in OFF
