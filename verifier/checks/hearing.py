"""What a vendor tells our addresses, and what it does when we refuse: found out once for all."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any

from msgspec import Struct

from verifier.checks.members import body_members
from verifier.checks.triggers import Trigger, pulled, shows, triggers
from verifier.model import (
    Contract,
    Create,
    Created,
    Delivery,
    Hook,
    Listen,
    Missing,
    Once,
    Pause,
    Reaction,
    Receive,
    Step,
    Vendor,
)

__all__ = ["PRICE", "Heard", "Look", "heard", "pushes"]

EVENTS = 2
PRICE = 14
# What the first attempt is answered with; none of it is success (Standard Webhooks 1.0.0).
REFUSALS = (
    Reaction(status=500),
    Reaction(status=429, headers=(("Retry-After", "2"),)),
    Reaction(status=302, headers=(("Location", "/elsewhere"),)),
)
SOON_SECONDS, LOOKS_AGAIN_SECONDS = 0.5, (1.0, 4.0)
USUAL_SECONDS, USUAL_RETRY_SECONDS = 60.0, 120.0
CHOICES = frozenset(
    ("events", "enabledevents", "eventtypes", "types", "topics", "subscriptions", "topic", "event")
)


class Look(Struct, frozen=True, kw_only=True):
    """
    What was there to be read once an event had told of it.

    Args:
        exchange: Id of the first read.
        at_once: Whether it was there at the first look.
        later: Whether it was there at a later one.
    """

    exchange: str
    at_once: bool
    later: bool


class Heard(Struct, frozen=True, kw_only=True):
    """
    What came of bringing events about.

    Args:
        caused: How many events were brought about at an address that takes them.
        causes: Ids of the exchanges that did.
        deliveries: What came there.
        looks: What could be read when each of them had come.
        refused: Status that we answered to the first attempt, to all attempts that came.
        waited_seconds, retried_seconds: How long was waited for a delivery, and for a second one.
        sure: Whether the user said how long that takes.
    """

    trigger: Trigger
    caused: int
    causes: tuple[str, ...]
    deliveries: tuple[Delivery, ...]
    looks: tuple[Look, ...]
    refused: Mapping[int, tuple[Delivery, ...]]
    waited_seconds: float
    retried_seconds: float
    sure: bool

    @property
    def first(self) -> tuple[Delivery, ...]:
        """All that came, the first attempts of those that we refused among it."""
        return (*self.deliveries, *(held[0] for held in self.refused.values() if held))


def heard(vendor: Vendor) -> Generator[Step, Any, Heard]:
    """Bring events about and hear of them, or be told what was heard."""
    told: Heard = yield Once(name="webhooks", part=lambda: _hear(vendor))
    return told


def pushes(vendor: Vendor) -> str:
    """Why there is nothing to hear; empty where there is."""
    contract = vendor.contract
    if not (contract.webhooks or contract.convention("webhooks")):
        return "the document declares no webhooks"
    return "" if next(triggers(contract), None) else "no operation brings an event about"


def _hear(vendor: Vendor) -> Generator[Step, Any, Heard]:
    trigger = next(triggers(vendor.contract))
    settings = vendor.webhooks
    patience = settings.delivery_seconds or USUAL_SECONDS
    hook = yield from _listening(vendor, trigger, ())
    created: list[Created] = []
    deliveries: list[Delivery] = []
    looks: list[Look] = []
    for _ in range(EVENTS):
        made = yield from pulled(trigger)
        created.append(made)
        came = yield from _received(hook, patience)
        deliveries += came
        if came:
            looks += yield from _looked(vendor.contract, trigger, made)
    refused: dict[int, tuple[Delivery, ...]] = {}
    if deliveries:
        refused, last = yield from _refused(vendor, trigger)
        created.append(last)
    return Heard(
        trigger=trigger,
        caused=EVENTS,
        causes=tuple(made.exchange.id for made in created),
        deliveries=tuple(deliveries),
        looks=tuple(looks),
        refused=refused,
        waited_seconds=patience,
        retried_seconds=settings.retry_seconds or USUAL_RETRY_SECONDS,
        sure=bool(settings.retry_seconds),
    )


def _refused(vendor: Vendor, trigger: Trigger) -> Generator[Step, Any, Any]:
    """Events whose first attempt we refuse: each kind of refusal at an address of its own."""
    kinds = REFUSALS[:1] if vendor.webhooks.registered else REFUSALS
    hooks: dict[int, Hook] = {}
    for reaction in kinds:
        hooks[reaction.status] = yield from _listening(vendor, trigger, (reaction, Reaction()))
    last = yield from pulled(trigger)
    patience = vendor.webhooks.retry_seconds or USUAL_RETRY_SECONDS
    found: dict[int, tuple[Delivery, ...]] = {}
    for status, hook in hooks.items():
        found[status] = yield Receive(hook=hook, within_seconds=patience, count=2)
    return found, last


def _received(hook: Hook, patience: float) -> Generator[Step, Any, tuple[Delivery, ...]]:
    """A delivery, looked for soon and then patiently."""
    came = yield Receive(hook=hook, within_seconds=SOON_SECONDS)
    if not came:
        came = yield Receive(hook=hook, within_seconds=patience)
    taken: tuple[Delivery, ...] = came
    return taken


def _looked(
    contract: Contract, trigger: Trigger, made: Created
) -> Generator[Step, Any, list[Look]]:
    first = yield from shows(contract, trigger, made)
    if first is None:
        return []
    read, there = first
    later = there
    for seconds in () if there else LOOKS_AGAIN_SECONDS:
        yield Pause(seconds)
        _, later = yield from shows(contract, trigger, made)
        if later:
            break
    return [Look(exchange=read.id, at_once=there, later=later)]


def _listening(
    vendor: Vendor, trigger: Trigger, reactions: tuple[Reaction, ...]
) -> Generator[Step, Any, Hook]:
    """An address of ours that the vendor was told to deliver the event to."""
    hook: Hook = yield Listen(reactions=reactions)
    if vendor.webhooks.registered:
        return hook
    for convention in vendor.contract.conventions_of("webhooks"):
        address = convention.detail.get("address")
        if convention.style == "subscription" and address:
            name = str(convention.detail["resource"])
            operation = vendor.contract.operation(vendor.contract.resource(name).create)
            wishes = _wishes(body_members(operation), trigger.event)
            yield Create(resource=name, having={str(address): hook.url, **wishes})
            return hook
    yield Missing(
        reason="no operation that registers an address for events was recognised",
        supply="webhooks: {public_url: URL, registered: true} in vendor.yaml, once it was "
        "registered by hand",
    )
    return hook


def _wishes(members: Mapping[str, Any], event: str) -> dict[str, Any]:
    """The member that says which events are wanted, where there is one."""
    for name, schema in members.items():
        if name.replace("_", "").lower() not in CHOICES or not isinstance(schema, Mapping):
            continue
        inner = schema.get("items")
        listed = inner.get("enum") if isinstance(inner, Mapping) else schema.get("enum")
        fitting = [v for v in listed or () if event in ("", v)] or list(listed or ())
        chosen = fitting or ([event] if event else [])
        if chosen:
            return {name: chosen if isinstance(inner, Mapping) else chosen[0]}
    return {}
