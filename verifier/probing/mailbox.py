"""Deliveries to us: hooks are opened, what arrives is redacted, journalled and handed out."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from urllib.parse import urlsplit

from msgspec import Struct, field
from msgspec.structs import replace

from verifier.model import (
    Arrival,
    Clock,
    Delivery,
    Environment,
    Hook,
    Journal,
    Reaction,
    Receiver,
    Redactor,
    Response,
    Reveal,
    Vendor,
)
from verifier.probing.obstacles import NotTestable
from verifier.probing.signatures import signature_of

__all__ = ["Mailbox"]

MOST_DELIVERIES = 1_000
LONGEST_BODY_BYTES = 256 * 1024
LONGEST_TARGET = 2_048
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
SECRET_MEMBERS = frozenset({"secret", "signing_secret", "webhook_secret", "signingsecret"})
LONGEST_SECRET = 512
NOT_HERE = Reaction(status=404)
TOO_MANY = Reaction(status=429, headers=(("Retry-After", "3600"),))


class _Box(Struct):
    """A hook's deliveries: those that nobody has taken yet, and how to answer the next."""

    purpose: str
    reactions: Sequence[Reaction]
    waiting: list[Delivery] = field(default_factory=list)
    count: int = 0

    def reaction(self) -> Reaction:
        at = min(self.count, len(self.reactions) - 1)
        self.count += 1
        return self.reactions[at]


class Mailbox:
    """
    Where deliveries arrive. It listens only once somebody wants to hear.

    Args:
        receiver: How the vendor reaches this machine.
    """

    def __init__(
        self,
        vendor: Vendor,
        receiver: Receiver | None,
        journal: Journal,
        redactor: Redactor,
        reveal: Reveal,
        clock: Clock,
    ) -> None:
        self._vendor = vendor
        self._receiver = receiver
        self._journal = journal
        self._redactor = redactor
        self._reveal = reveal
        self._clock = clock
        self._boxes: dict[str, _Box] = {}
        self._known: list[str] = []
        self._address = ""
        self._serial = journal.deliveries_received()
        self._came = asyncio.Event()
        self._opening = asyncio.Lock()

    async def open(self, reactions: Sequence[Reaction], purpose: str) -> Hook:
        """A hook of its own; NotTestable where the vendor has no way to us."""
        address = await self._listening()
        id = "" if self._vendor.webhooks.registered else secrets.token_urlsafe(18)
        self._boxes[id] = _Box(purpose, tuple(reactions) or (Reaction(),))
        return Hook(id=id, url=f"{address}/{id}" if id else address)

    async def wait(self, hook: Hook, seconds: float, count: int) -> tuple[Delivery, ...]:
        """The next deliveries to a hook: as many as asked for, or those that came in time."""
        box = self._boxes[hook.id]
        ends = self._clock.monotonic() + seconds
        while len(box.waiting) < count and (left := ends - self._clock.monotonic()) > 0:
            self._came.clear()
            await self._either(left)
        taken, box.waiting = tuple(box.waiting[:count]), box.waiting[count:]
        return taken

    async def close(self) -> None:
        """Listen no more."""
        if self._receiver is not None and self._address:
            await self._receiver.close()

    def learn(self, response: Response) -> None:
        """Keep a signing secret that an answer tells, for the deliveries that it signs."""
        if not self._boxes or len(response.body) > LONGEST_BODY_BYTES:
            return
        for secret in _secrets_in(response.json_or_none()):
            if secret not in self._known:
                self._known.append(secret)
                self._redactor.learn("webhook-secret", secret)

    def take(self, arrival: Arrival) -> Reaction:
        """One delivery; strangers who know no hook's address leave no trace."""
        id, rest = self._split(arrival.target)
        box = self._boxes.get(id)
        if box is None:
            return NOT_HERE
        if self._serial >= MOST_DELIVERIES:
            return TOO_MANY
        reaction = box.reaction()
        delivery = self._kept(arrival, id, rest, box.purpose, reaction)
        self._journal.delivery(delivery)
        box.waiting.append(delivery)
        self._came.set()
        return reaction

    async def _listening(self) -> str:
        """The address that the vendor reaches us at."""
        settings = self._vendor.webhooks
        if self._receiver is None or not (settings.public_url or self._is_near(self._receiver)):
            raise NotTestable(
                "the vendor has no way to this machine",
                "--webhook-url URL --webhook-port PORT: a public address whose tunnel ends there",
            )
        async with self._opening:
            if not self._address:
                here = await self._receiver.open(self.take)
                self._address = (settings.public_url or here).rstrip("/")
                if settings.secret is not None:
                    secret = self._reveal(settings.secret)
                    self._redactor.learn("webhook-secret", secret)
                    self._known.append(secret)
        return self._address

    def _is_near(self, receiver: Receiver) -> bool:
        """Whether the vendor runs on this machine, so that it reaches whatever listens here."""
        host = urlsplit(self._vendor.base_url).hostname or ""
        mock = self._vendor.environment is Environment.MOCK
        return receiver.everywhere or mock or host in LOOPBACK

    def _split(self, target: str) -> tuple[str, str]:
        """The hook's id, and what follows it; a tunnel may or may not keep the public path."""
        path = target[:LONGEST_TARGET]
        if "" in self._boxes:
            return "", path
        public = urlsplit(self._vendor.webhooks.public_url).path.rstrip("/")
        if public and path.startswith(f"{public}/"):
            path = path[len(public) :]
        id, slash, rest = path.lstrip("/").partition("/")
        bare, question, query = id.partition("?")
        return bare, f"{slash}{rest}{question}{query}"

    def _kept(
        self, arrival: Arrival, id: str, rest: str, purpose: str, reaction: Reaction
    ) -> Delivery:
        clean = self._redactor.clean_text
        # A mock's deliveries come in the mock's time, whatever the socket's says.
        mock = self._vendor.environment is Environment.MOCK
        received = self._clock.now() if mock else arrival.received or self._clock.now()
        self._serial += 1
        return Delivery(
            id=f"d{self._serial}",
            hook=id,
            method=arrival.method,
            target=clean(rest),
            headers=tuple((name, clean(value)) for name, value in arrival.headers),
            body=self._redactor.clean(arrival.body[:LONGEST_BODY_BYTES]),
            size_bytes=len(arrival.body),
            peer=arrival.peer,
            received=received,
            answered=reaction.status,
            signature=signature_of(replace(arrival, received=received), self._known),
            purpose=purpose,
        )

    async def _either(self, seconds: float) -> None:
        """Until something comes, or so much time has passed."""
        passing = asyncio.ensure_future(self._clock.sleep(seconds))
        coming = asyncio.ensure_future(self._came.wait())
        try:
            await asyncio.wait((passing, coming), return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (passing, coming):
                task.cancel()
            await asyncio.gather(passing, coming, return_exceptions=True)


def _secrets_in(value: object, depth: int = 0) -> list[str]:
    """Members that are called a secret, two levels deep."""
    if not isinstance(value, dict) or depth > 1:
        return []
    found = []
    for name, held in value.items():
        if isinstance(held, str) and str(name).lower() in SECRET_MEMBERS and held:
            found += [held] if len(held) <= LONGEST_SECRET else []
        else:
            found += _secrets_in(held, depth + 1)
    return found
