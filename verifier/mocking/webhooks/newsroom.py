"""Turns what was done into messages for those who want to hear of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from verifier.mocking.asked import Asked
from verifier.mocking.bodies import Bodies
from verifier.mocking.practice import Practices
from verifier.mocking.state import Change, Row, State
from verifier.mocking.webhooks.callbacks import Callbacks
from verifier.mocking.webhooks.events import Event, Events
from verifier.mocking.webhooks.message import Message
from verifier.mocking.webhooks.outbox import Outbox
from verifier.mocking.webhooks.payloads import Told, dumped, headers_of, payload, schema_of
from verifier.mocking.webhooks.seal import Seal
from verifier.mocking.webhooks.subscriptions import Subscriber, Subscriptions
from verifier.model import Contract, Operation, Resource
from verifier.wire import Answer

__all__ = ["Newsroom"]


@dataclass(slots=True)
class Newsroom:
    """Writes messages, and keeps the log of events where the document has one."""

    contract: Contract
    state: State
    practices: Practices
    bodies: Bodies
    outbox: Outbox
    seal: Seal
    subscriptions: Subscriptions
    seed: int
    _events: Events = field(init=False)
    _callbacks: Callbacks = field(init=False)
    _log: Resource | None = field(init=False)
    _told: int = 0

    def __post_init__(self) -> None:
        self._events = Events(self.contract)
        self._callbacks = Callbacks(self.contract)
        self._log = _log_of(self.contract)

    def announce(self, changes: Iterable[Change], now: float) -> None:
        """Tell of what was done."""
        if self._log is None and not self.subscriptions.possible:
            return
        silent = {*self.subscriptions.resources, self._log.name if self._log else ""}
        for change in changes:
            if change.resource in silent:
                continue
            subscribers = list(self.subscriptions.of(change.row.tenant))
            if not subscribers and self._log is None:
                continue
            for event in self._events.of(change):
                self._tell(event, change, subscribers, now)

    def call_back(self, asked: Asked, answer: Answer, now: float) -> None:
        """Tell whoever the request named."""
        if answer.status >= 300 or not self._callbacks.known:
            return
        for hook, url in self._callbacks.of(asked, answer):
            told = self._new(Event(name=hook.key.split()[1], hook=hook), "", dict(asked.body), now)
            self._send(told, hook, Subscriber(url=url))

    def compose(self, event: str, resource: str, value: Mapping[str, Any], now: float) -> Message:
        """
        An event as it would be told, with nobody to tell it to.

        Args:
            resource, value: The thing that it is about, as it is now.
        """
        hooks = [hook for hook in self.contract.webhooks if hook.key.split()[1:2] == [event]]
        told = self._new(Event(name=event, hook=next(iter(hooks), None)), resource, value, now)
        return self._message(told, told.event.hook, Subscriber(url=""))

    def _tell(
        self, event: Event, change: Change, subscribers: list[Subscriber], now: float
    ) -> None:
        told = self._new(event, change.resource, change.row.value, now)
        if self._log is not None:
            self._write_down(told, change.row, self._log)
        for subscriber in subscribers:
            if subscriber.id not in self.outbox.ended and subscriber.wants(event.name):
                self._send(told, event.hook, subscriber)

    def _new(self, event: Event, resource: str, value: Mapping[str, Any], now: float) -> Told:
        self._told += 1
        digest = hashlib.sha256(f"{self.seed}:event:{self._told}".encode()).hexdigest()
        return Told(
            event=event, id=f"evt_{digest[:24]}", resource=resource, value=value, moment=now
        )

    def _send(self, told: Told, hook: Operation | None, to: Subscriber) -> None:
        self.outbox.put(self._message(told, hook, to))

    def _message(self, told: Told, hook: Operation | None, to: Subscriber) -> Message:
        schema = schema_of(hook)
        if schema is None and self._log is not None:
            schema = self.practices.item(self._log)
        return Message(
            id=told.id,
            event=told.event.name,
            url=to.url,
            body=dumped(payload(self.bodies, schema, told)),
            headers=headers_of(hook, told),
            secret=to.secret or self.seal.secret,
            created=told.moment,
            subscription=to.id,
        )

    def _write_down(self, told: Told, row: Row, log: Resource) -> None:
        value = payload(self.bodies, self.practices.item(log), told)
        if isinstance(value, dict):
            id = str(value.get(log.id_field or "id", told.id))
            name = self.practices.kinds.of(log).name
            self.state.add(Row(resource=name, id=id, tenant=row.tenant, path={}, value=value))


def _log_of(contract: Contract) -> Resource | None:
    """The resource that events are kept in: one that is listed, and that nobody creates."""
    for convention in contract.conventions_of("events"):
        names = convention.detail.get("resources", ())
        for resource in contract.resources:
            if resource.name in names and not resource.create and "{" not in resource.collection:
                return resource
    return None
