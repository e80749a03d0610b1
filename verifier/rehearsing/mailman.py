"""Brings events to a receiver in every way in which a vendor, or somebody else, would."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from msgspec.structs import replace

from verifier.mocking.english import singular, words
from verifier.mocking.webhooks import Message
from verifier.model import Headers, HookTarget
from verifier.rehearsing.asking import Reply, ask
from verifier.rehearsing.parcel import Parcel
from verifier.rehearsing.pulse import Patience
from verifier.rehearsing.scene import Scene
from verifier.rehearsing.words import filled

__all__ = ["Mailman", "greet"]

SETTLES_SECONDS = 2.5
MOST_LOOKS = 3
QUIET_SECONDS = 0.25
LOOK_SECONDS = 5.0
LOOKS_EVERY_SECONDS = 0.05
LARGEST_STATE_BYTES = 1 << 20


class Mailman:
    """Delivers to the receiver of a scene, and notes what comes of each delivery."""

    def __init__(self, scene: Scene) -> None:
        receiver = scene.theatre.integration.receiver
        assert receiver is not None  # noqa: S101  (the episode has looked)
        self._receiver: HookTarget = receiver
        self._scene = scene
        self._pulse = scene.theatre.pulse
        self._made = 0
        self._seen = ""

    def compose(self, *, thing: str = "", **changes: Any) -> tuple[Message, str]:
        """
        An event about a thing, and the thing's id; a new thing unless one is named.

        Args:
            changes: Members of the thing that are to be so.
        """
        mock, name = self._scene.mock, self._event()
        self._made += 1
        row = mock.seed(
            _resource(self._scene, name), [{"id": thing, **changes} if thing else changes]
        )
        value = {**row[0].value, **changes}
        message = mock.vendor.newsroom.compose(name, row[0].resource, value, mock.clock.now())
        return message, row[0].id

    def renamed(self, message: Message, thing: str, event: str) -> tuple[Message, str]:
        """The same event under another name, wherever it stands."""
        old, new = message.event.encode(), event.encode()
        headers = tuple((n, v.replace(message.event, event)) for n, v in message.headers)
        body = message.body.replace(old, new)
        return replace(message, event=event, headers=headers, body=body), thing

    def deliver(
        self,
        name: str,
        message: Message,
        thing: str,
        *,
        secret: str = "",
        moment: float | None = None,
        body: bytes | None = None,
        signed: bool = True,
        also: str = "",
        mark: str = "",
        quick: bool = False,
    ) -> Parcel:
        """
        Bring one event.

        Args:
            secret: It is signed with another than the agreed one.
            moment: It is signed at another time than now.
            body: It is sent with another body than was signed.
            also: It is signed with this secret first, and then with the agreed one.
            quick: Whether to move on without waiting for an effect.
        """
        now = self._scene.mock.clock.now() if moment is None else moment
        seal = self._scene.mock.vendor.seal
        own = replace(message, secret=secret or message.secret)
        headers = seal.sign(own, now)
        if also:
            headers = _both(seal.sign(replace(message, secret=also), now), headers)
        if not signed:
            headers = tuple(h for h in headers if "signature" not in h[0].lower())
        before = self.state()
        patience = self._pulse.patience(self._receiver.within_seconds)
        sent = message.body if body is None else body
        reply = self._post((*message.headers, *headers), sent, patience)
        took, starved = patience.took, patience.starved
        after = before if quick else self._settled(before, wanted=200 <= reply.status < 300)
        parcel = Parcel(
            name=name,
            thing=thing,
            status=reply.status,
            late=reply.late,
            seconds=took,
            starved=starved,
            before=before,
            after=after,
            mark=mark,
        )
        self._scene.parcels.append(parcel)
        return parcel

    def deliver_together(self, messages: Sequence[tuple[Message, str]]) -> str:
        """Bring many at once; gives the state afterwards."""

        def bring(pair: tuple[Message, str]) -> Parcel:
            return self.deliver("burst", *pair, quick=True)

        with ThreadPoolExecutor(16) as pool:
            list(pool.map(bring, messages))
        patience = self._pulse.patience(SETTLES_SECONDS * 2)
        state = self.state()
        while patience.left > 0 and not all(thing in state for _, thing in messages):
            time.sleep(LOOKS_EVERY_SECONDS)
            state = self.state()
        return state

    def sees(self, thing: str) -> bool:
        """Whether the receiver comes to show a thing."""
        patience = self._pulse.patience(SETTLES_SECONDS)
        while thing not in self.state():
            if patience.left <= 0:
                return False
            time.sleep(LOOKS_EVERY_SECONDS)
        return True

    def state(self) -> str:
        """What the receiver shows of its effects; empty where it shows nothing."""
        told = self._receiver.state
        if told.startswith("GET "):
            url = filled(told[4:], {"port": str(self._scene.port)}, "webhooks.state")
            self._seen = self._looked(url)
        elif told and (path := self._scene.folder / told).is_file():
            with path.open("rb") as file:
                self._seen = file.read(LARGEST_STATE_BYTES).decode("utf-8", "replace")
        return self._seen

    def _looked(self, url: str) -> str:
        """What an address shows; what it showed before, where it is too busy to answer."""
        for _ in range(MOST_LOOKS):
            reply = ask("GET", url, self._pulse.patience(LOOK_SECONDS))
            if reply.status:
                return reply.body.decode("utf-8", "replace")
        return self._seen

    def _settled(self, before: str, *, wanted: bool) -> str:
        """The state once it has changed, or has had the time to."""
        patience = self._pulse.patience(SETTLES_SECONDS if wanted else QUIET_SECONDS)
        state = self.state()
        while state == before and patience.left > 0 and self._receiver.state:
            time.sleep(LOOKS_EVERY_SECONDS)
            state = self.state()
        return state

    def _event(self) -> str:
        if self._receiver.events:
            return self._receiver.events[0]
        hooks = [w for w in self._scene.theatre.contract.webhooks if w.kind == "webhook"]
        if hooks:
            return hooks[0].key.split()[1]
        created = [r for r in self._scene.theatre.contract.resources if r.create]
        return f"{singular(created[0].name)}.created" if created else "thing.created"

    def _post(self, headers: Headers, body: bytes, patience: Patience) -> Reply:
        url = filled(self._receiver.url, {"port": str(self._scene.port)}, "webhooks.url")
        told = dict(headers) | {"Content-Type": "application/json"}
        return ask("POST", url, patience, headers=tuple(told.items()), body=body)


def greet(scene: Scene) -> None:
    """Bring one sound event, while all is well."""
    mailman = Mailman(scene)
    mailman.deliver("good", *mailman.compose())


def _resource(scene: Scene, event: str) -> str:
    """The resource that an event is about: the one that it is named after, else the first."""
    subject = [singular(word) for word in words(event)[:-1]]
    names = [resource.name for resource in scene.theatre.contract.resources]
    for name in names:
        if [singular(word) for word in words(name.rpartition(".")[2])] == subject:
            return name
    return names[0]


def _both(first: Headers, second: Headers) -> Headers:
    """Headers with both signatures, where the scheme allows for two."""
    other = dict(first)
    return tuple(_joined(name, value, other.get(name, "")) for name, value in second)


def _joined(name: str, value: str, other: str) -> tuple[str, str]:
    if name.lower().endswith("-signature") and value.startswith("v1,"):
        return name, f"{other} {value}"
    if name.lower() == "stripe-signature":
        return name, f"{other},{value.partition(',')[2]}"
    return name, value
