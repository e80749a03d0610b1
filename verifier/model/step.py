"""What a check may ask for; the driver alone carries it out."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Generator, Mapping
from typing import Any

from msgspec import Struct, field

from verifier.model.case import Case, Missing
from verifier.model.delivery import Hook, Reaction
from verifier.model.evidence import Exchange, Request
from verifier.model.story import Story
from verifier.model.tally import Tally

__all__ = [
    "Abandon",
    "Behave",
    "Burst",
    "Clean",
    "Create",
    "Created",
    "Draw",
    "Drawn",
    "Existing",
    "Fresh",
    "Inspect",
    "Item",
    "Listen",
    "Misbehave",
    "Once",
    "Pause",
    "Receive",
    "Send",
    "Shrink",
    "Step",
    "Sweep",
    "Tell",
    "TlsFacts",
    "TokenAct",
    "TokenCall",
]


LIMITED, UNAVAILABLE = 429, 503
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+s?(?![a-z])")


class Item(Struct, frozen=True, kw_only=True):
    """
    One existing thing at the vendor's.

    Args:
        resource: Name of its resource.
        id: Its id.
        path: Values for all path parameters of the resource's item path.
        names: What else it is known by, as its row says: ``{"id": 10000, "key": "PROJ"}``.
    """

    resource: str
    id: str
    path: Mapping[str, Any]
    names: Mapping[str, Any] = field(default_factory=dict)

    def called(self, reference: str) -> Any:
        """What a reference to it wants: a ``projectId`` the id of one whose address has its key."""
        words = WORD.findall(reference)
        last = words[-1].lower() if words else ""
        return self.names.get(last, self.names.get(last.removesuffix("s"), self.id))


class Send(Struct, frozen=True):
    """
    Send one request. Yielding a *tuple* of Sends sends them together. -> Exchange.

    Args:
        judged: Whether the flow judges whatever comes of it, silence and a refused credential
            included; otherwise those are obstacles, and no evidence against the vendor.
        tidying: Whether it cleans up: it is sent even when the budget is spent.
        timeout_seconds: How long to wait for the answer; 0 takes the vendor's limit.
    """

    request: Request
    judged: bool = False
    tidying: bool = False
    timeout_seconds: float = 0.0


class Abandon(Struct, frozen=True):
    """Send a request and cut the connection once it is on the wire. -> Exchange (a failure)."""

    request: Request


def _limited(exchange: Exchange) -> bool:
    return exchange.status in (LIMITED, UNAVAILABLE)


class Burst(Struct, frozen=True, kw_only=True):
    """
    Send a request again and again, faster than the pace allows. -> tuple of Exchanges.

    It ends with the first answer that ``stop_when`` holds for, with the first silence, or with the
    run's budget; answers that were under way by then are waited for and given too. At a real vendor
    it takes ``--allow-bursts``; without it the check ends as *not tested*.

    Args:
        most: The most requests; it is part of the check's ``price``.
        at_once: How many are under way at a time.
        stop_when: Whether an answer is the refusal that was looked for; 429 and 503 by themselves.
        at_limit: Whether it is sent although the vendor asked for a pause: it is to be refused.
    """

    request: Request
    most: int
    at_once: int = 1
    stop_when: Callable[[Exchange], bool] = _limited
    at_limit: bool = False


class Once(Struct, frozen=True, kw_only=True):
    """
    Play a part of a flow that several checks need, once for all of them. -> what it returns.

    Each of them is given what came of it the first time; one that asks a second time, to confirm
    what it found, has it played anew. What ended it as *not tested* ends each of them so.

    Args:
        name: Names the part: parts of one name give the same.
        part: Begins it.
    """

    name: str
    part: Callable[[], Generator[Any, Any, Any]]


class Listen(Struct, frozen=True, kw_only=True):
    """
    Open an address of ours that the vendor can deliver to. -> Hook.

    Where the vendor has no way to us, the check ends as *not tested* with what to supply.

    Args:
        reactions: What the first, the second ... delivery is answered with; the last goes on.
    """

    reactions: tuple[Reaction, ...] = ()


class Receive(Struct, frozen=True, kw_only=True):
    """
    Wait for deliveries to a hook (real, or the mock's virtual clock). -> tuple of Deliveries.

    Each is handed out once. There are fewer than asked for where the others did not come in time.
    """

    hook: Hook
    within_seconds: float
    count: int = 1


class Pause(Struct, frozen=True):
    """Let time pass (real, or the mock's virtual clock). -> None."""

    seconds: float


class Inspect(Struct, frozen=True):
    """Look at the vendor's TLS. -> TlsFacts (``secure`` is False for plain HTTP)."""


class TlsFacts(Struct, frozen=True, kw_only=True):
    """What a TLS handshake showed; ``days_left`` of the certificate."""

    secure: bool
    version: str = ""
    trusted: bool = False
    says: str = ""
    days_left: float = 0.0


class TokenAct(enum.Enum):
    """What is asked of an authorization server."""

    ISSUE = "issue"
    ISSUE_TO_STRANGER = "issue, with a client secret that is wrong"
    ISSUE_BY_UNKNOWN_GRANT = "issue, by a grant type that nobody knows"
    REVOKE = "revoke"
    METADATA = "metadata"


class TokenCall(Struct, frozen=True, kw_only=True):
    """
    Ask the authorization server that a principal's tokens come from. -> Exchange.

    A token that it gives out is sent by ``Form.ISSUED`` from then on; the check sees neither it nor
    the client's secret. Where the principal is no client, the check ends as *not tested*.

    Args:
        principal: Its name; empty is the first one.
        at: For ``REVOKE``: the address, which must be on the token endpoint's host.
    """

    act: TokenAct
    principal: str = ""
    at: str = ""


class Draw(Struct, frozen=True, kw_only=True):
    """
    Make one valid request for an operation, its needs filled from existing things. -> Drawn.

    Where none can be made, the check ends as *not tested* with what to supply.

    Args:
        operation: Key of the operation.
        path: Path parameter values to use (an ``Item.path``, say).
        body: Top-level body members to set.
        query: Query parameters to set.
        exact: Whether the body holds nothing but what is given.
        or_none: Whether None is given where no request can be made, and the check goes on.
    """

    operation: str
    path: Mapping[str, Any] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    exact: bool = False
    or_none: bool = False


class Drawn(Struct, frozen=True, kw_only=True):
    """A case ready to send: the values and the request made of them."""

    case: Case
    request: Request


class Sweep(Struct, frozen=True, kw_only=True):
    """
    Make many valid requests for an operation, the most telling first. -> tuple of Drawn.

    Where none can be made, the check ends as *not tested* with what to supply.

    Args:
        limit: How many at most.
        path, query, body: Values that all of them hold (of the body: top-level members).
    """

    operation: str
    limit: int
    path: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)


class Shrink(Struct, frozen=True):
    """
    Look for smaller requests that fail as one did. -> Generator of Drawn.

    It yields ever smaller ones, and is sent whether each still fails.
    """

    case: Case


class Existing(Struct, frozen=True, kw_only=True):
    """An item of a resource: a fixture, else the first listed, else a created one. -> Item."""

    resource: str


class Create(Struct, frozen=True, kw_only=True):
    """
    Create a fresh item; the ledger remembers it and the driver removes it at the end. -> Created.

    Where it cannot be created, the check ends as *not tested* with what to supply.

    Args:
        having: Top-level body members to set.
    """

    resource: str
    having: Mapping[str, Any] = field(default_factory=dict)


class Created(Struct, frozen=True, kw_only=True):
    """
    A fresh item.

    Args:
        sent: The body that was sent.
        returned: The representation in the answer, unwrapped from its envelope; None if none.
    """

    item: Item
    exchange: Exchange
    sent: Any
    returned: Any


class Misbehave(Struct, frozen=True):
    """
    Let the mock misbehave. -> Scripted, which says whether it has taken hold.

    A real vendor does not misbehave on request: there the check ends as *not tested*.

    Args:
        script: ``fault``, ``with`` (its options), ``operation``, ``times`` ...
    """

    script: Mapping[str, Any]


class Behave(Struct, frozen=True):
    """Take back a misbehaviour that was asked for. -> None."""

    scripted: Any


class Clean(Struct, frozen=True):
    """Remove what this flow created so far, as at the end of the run. -> None."""


class Tell(Struct, frozen=True):
    """Keep how it went so far with the outcome; a later one replaces it. -> None."""

    story: Story


class Fresh(Struct, frozen=True):
    """
    Make a text that nobody used before, as long as an idempotency key may be. -> str (a UUID).

    Args:
        longest: The most characters that the vendor takes.
    """

    longest: int = 36


# A Missing ends the flow as *not tested*, with what to supply: what it met allows no answer.
Step = (
    Send
    | tuple[Send, ...]
    | Abandon
    | Burst
    | Once
    | Listen
    | Receive
    | Pause
    | Inspect
    | TokenCall
    | Draw
    | Sweep
    | Shrink
    | Existing
    | Create
    | Fresh
    | Misbehave
    | Behave
    | Clean
    | Tally
    | Tell
    | Missing
)
