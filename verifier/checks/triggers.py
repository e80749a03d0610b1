"""What brings an event about: told from its name, and from what the document says can be done."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from verifier.checks.members import body_members
from verifier.model import Contract, Create, Created, Draw, Operation, Resource, Send, Step

__all__ = ["Trigger", "pulled", "shows", "triggers"]

CREATED = frozenset({"created", "create", "new", "added", "opened", "placed"})
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


class Trigger(Struct, frozen=True, kw_only=True):
    """
    A way to bring an event about.

    Args:
        event: Its name, as subscribers say it; empty where the document names none.
        hook: Its documented webhook; None where there is none.
        resource: Of which an item is created.
        having: Members that the creation sets.
    """

    event: str
    resource: Resource
    hook: Operation | None = None
    having: Mapping[str, Any] = field(default_factory=dict)


def triggers(contract: Contract) -> Iterator[Trigger]:
    """
    The events that we know how to bring about, those of a creation first.

    ``item.created`` is brought about by creating an item; ``invoice.paid`` by creating one in that
    state, where a member of what is created lists it. Where no event is documented, every creation
    may be one.
    """
    hooks = [hook for hook in contract.webhooks if hook.kind == "webhook"]
    found = [t for hook in hooks for t in _of(contract, hook)]
    yield from sorted(found, key=lambda trigger: bool(trigger.having))
    if not hooks:
        subscriptions = _subscribing(contract)
        for resource in contract.resources:
            if resource.create and not resource.parent and resource.name not in subscriptions:
                yield Trigger(event="", resource=resource)


def pulled(trigger: Trigger) -> Generator[Step, Any, Created]:
    """Bring the event about, once."""
    created: Created = yield Create(resource=trigger.resource.name, having=trigger.having)
    return created


def shows(contract: Contract, trigger: Trigger, created: Created) -> Generator[Step, Any, Any]:
    """Read what the event tells of. -> the exchange and whether it was there; None if it cannot."""
    resource = trigger.resource
    if not resource.read:
        return None
    drawn = yield Draw(operation=resource.read, path=created.item.path)
    read = yield Send(drawn.request)
    row = resource.item_in(read.value) if read.succeeded else None
    there = row is not None and all(row.get(k) == v for k, v in trigger.having.items())
    return read, there


def _of(contract: Contract, hook: Operation) -> Iterator[Trigger]:
    name = hook.key.removeprefix("webhook ").rpartition(" ")[0].strip("/")
    parts = _words(name)
    if len(parts) < 2:
        return
    for resource in contract.resources:
        noun = tuple(_single(word) for word in _words(resource.name.rpartition(".")[2]))
        if not resource.create or tuple(map(_single, parts[:-1]))[-len(noun) :] != noun:
            continue
        if parts[-1] in CREATED:
            yield Trigger(event=name, hook=hook, resource=resource)
        else:
            having = _state(contract.operation(resource.create), parts[-1])
            if having:
                yield Trigger(event=name, hook=hook, resource=resource, having=having)


def _state(operation: Operation, word: str) -> dict[str, Any]:
    """The member of a creation that lists a state of this name."""
    for name, schema in body_members(operation).items():
        listed = schema.get("enum") if isinstance(schema, Mapping) else None
        for value in listed if isinstance(listed, list) else ():
            if isinstance(value, str) and value.lower() == word:
                return {name: value}
    return {}


def _subscribing(contract: Contract) -> frozenset[str]:
    return frozenset(
        str(convention.detail.get("resource"))
        for convention in contract.conventions_of("webhooks")
        if convention.style == "subscription"
    )


def _words(name: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in WORD.findall(name))


def _single(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
