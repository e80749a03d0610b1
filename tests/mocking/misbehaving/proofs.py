"""What a proof is, and what it has at hand: a mock of the sample vendor, asked over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from tests.mocking.directing import NEW, START, client_of
from verifier.mocking import Mock, MovableClock
from verifier.model import LimitRule, MockProfile

PLAIN = MockProfile()
THREE_A_MINUTE = MockProfile(
    limits=(LimitRule(quota=3, window_seconds=60.0),), limit_headers=("x-ratelimit-delta",)
)


@dataclass(frozen=True)
class Proof:
    """A question to a mock whose answer is yes only where the misbehaviour is."""

    name: str
    shows: Callable[[Visit], bool]
    profile: MockProfile = PLAIN


@dataclass
class Visit:
    """A visit to a mock whose clock stands still, as one of its principals."""

    mock: Mock
    made: int = 0
    clients: dict[str, httpx.Client] = field(default_factory=dict)

    def as_(self, principal: str) -> httpx.Client:
        if principal not in self.clients:
            door = self.mock.transport(instant=True)
            self.clients[principal] = client_of(self.mock, principal, transport=door)
        return self.clients[principal]

    @property
    def client(self) -> httpx.Client:
        return self.as_("full")

    def create(self, key: str = "", **more) -> httpx.Response:
        headers = {"Idempotency-Key": key} if key else {}
        return self.client.post("/customers", json={**NEW, **more}, headers=headers)

    def customer(self, **more) -> str:
        """The path of a new customer."""
        self.made += 1
        return f"/customers/{self.create(name=f'n{self.made}', **more).json()['id']}"

    def invoice(self) -> dict:
        """The body of an invoice of a new customer."""
        id = self.customer().rpartition("/")[2]
        return {"customer_id": id, "total": {"amount": "1.00", "currency": "EUR"}, "note": "n"}

    def page(self, **query) -> dict:
        return self.client.get("/customers", params=query).json()

    def walk(self, meanwhile=None, **query) -> list[str]:
        """The ids that walking the pages gives, of at most ten pages."""
        seen, cursor = [], {}
        for _ in range(10):
            page = self.page(**query, **cursor)
            seen += [item["id"] for item in page["data"]]
            if not page["next_cursor"]:
                return seen
            cursor = {"cursor": page["next_cursor"]}
            if meanwhile is not None:
                meanwhile()
        return [*seen, "and so on"]

    def count(self) -> int:
        return len(self.page(limit=100)["data"])


def visit(contract, profile, *misbehaviours) -> Visit:
    clock = MovableClock(START, frozen=True)
    mock = Mock(contract, misbehaviours=misbehaviours, profile=profile, clock=clock, strict=False)
    return Visit(mock)


def shows(name, profile=PLAIN):
    """Make a proof of a function."""
    return lambda function: Proof(name, function, profile)
