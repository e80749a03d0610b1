"""How a mock vendor behaves where its document leaves it open, or says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

__all__ = [
    "HookDialect",
    "HookEndpoint",
    "KeyDialect",
    "LimitRule",
    "MockProfile",
    "OperationRule",
    "Seed",
]


class KeyDialect(Struct, frozen=True, kw_only=True):
    """
    A vendor's way with idempotency keys, along eight axes.

    Args:
        carrier: Where the key is: ``header``, ``query`` or ``body``; ``name`` is its name there.
        methods: Where the document declares no key: the methods that take one.
        required: Whether an operation that takes a key is refused without one (400).
        longest: How many characters a key may have; a longer one is refused (400). 0 is no bound.
        scope: Among whom and what a key is unique: any of ``tenant``, ``principal``, ``operation``.
        lifetime_seconds: How long a key is remembered; 0 is for ever.
        stored: Which first answers are given again: ``executed`` (whatever came of acting),
            ``success`` (2xx), ``not-429-5xx``, ``not-4xx``.
        mismatch: What another request under a known key gets: ``refuse`` or ``replay``.
        mismatch_status, mismatch_code: How it is refused.
        in_flight: What a request gets while the first is being dealt with: ``refuse`` or ``wait``.
        in_flight_status, in_flight_code: How it is refused.
        marker: Header and value on an answer that is given again, such as
            ``Idempotent-Replayed: true``; the value ``{key}`` is the key. Empty is none.
        marked: Which answers carry it: ``replays`` or ``all``.
        replay_status: Status of a repeated success; 0 is the first one's.
    """

    carrier: str = "header"
    name: str = "Idempotency-Key"
    methods: tuple[str, ...] = ("POST",)
    required: bool = False
    longest: int = 0
    scope: tuple[str, ...] = ("tenant", "operation")
    lifetime_seconds: float = 86_400.0
    stored: str = "executed"
    mismatch: str = "refuse"
    mismatch_status: int = 422
    mismatch_code: str = "idempotency_key_reused"
    in_flight: str = "refuse"
    in_flight_status: int = 409
    in_flight_code: str = "idempotency_key_in_use"
    marker: str = ""
    marked: str = "replays"
    replay_status: int = 0


class LimitRule(Struct, frozen=True, kw_only=True):
    """
    How many requests somebody may make.

    Args:
        name: Of the policy, as it is told.
        quota: Units; a request costs one unless ``costs`` says otherwise.
        window_seconds: In which they are given back.
        kind: ``window`` (all at once, when a window ends) or ``bucket`` (little by little).
        per: Whose they are: any of ``principal``, ``tenant``, ``operation``.
        costs: Operation key or id to what one request of it costs.
        operations: Keys or ids of what it counts; empty counts everything.
    """

    name: str = "default"
    quota: int = 1_000_000
    window_seconds: float = 3600.0
    kind: str = "window"
    per: tuple[str, ...] = ("principal",)
    costs: Mapping[str, int] = field(default_factory=dict)
    operations: tuple[str, ...] = ()


class HookDialect(Struct, frozen=True, kw_only=True):
    """
    A vendor's way with webhooks.

    Args:
        signature: How they are signed: name of a scheme, or ``none``; empty goes by the document.
        header: Name of the signature's header, for ``hmac``.
        secret: That they are signed with where a subscription has none of its own; empty makes
            one up.
        schedule_seconds: Of each attempt, counted from the one before.
        jitter: By how much of it a wait is lengthened at most, at random (seeded).
        timeout_seconds: How long the receiver may take.
        hosts: Whom they are sent to beside this machine; what is for others is kept, unsent.
    """

    signature: str = ""
    header: str = ""
    secret: str = ""
    schedule_seconds: tuple[float, ...] = (0.0, 5.0, 300.0, 1800.0, 7200.0, 18000.0, 36000.0)
    jitter: float = 0.0
    timeout_seconds: float = 15.0
    hosts: tuple[str, ...] = ()


class HookEndpoint(Struct, frozen=True, kw_only=True):
    """Where events are sent without a subscription; no ``events`` means all of them."""

    url: str
    events: tuple[str, ...] = ()
    secret: str = ""
    tenant: str = ""


class Seed(Struct, frozen=True, kw_only=True):
    """
    A thing that is there from the beginning.

    Args:
        resource: Name of the resource.
        value: Members of its representation; what is not said is made up.
        path: Values of the variables of its path, its own id aside.
        tenant: Whose it is; empty is everybody's.
        where: File and line.
    """

    resource: str
    value: Mapping[str, Any] = field(default_factory=dict)
    path: Mapping[str, str] = field(default_factory=dict)
    tenant: str = ""
    where: str = ""


class OperationRule(Struct, frozen=True, kw_only=True):
    """
    How one operation behaves, whatever the document says.

    Args:
        operation: Its key.
        status: What it answers valid requests with, and does nothing; 0 leaves it to the mock.
        headers: Of that answer.
        body: Of that answer, as JSON; ``has_body`` tells null from absent.
        takes_seconds: How long dealing with it takes.
    """

    operation: str
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    has_body: bool = False
    takes_seconds: float = 0.0


class MockProfile(Struct, frozen=True, kw_only=True):
    """
    What somebody wrote down of how their mock is to behave; mappings hold only what was said.

    Args:
        like: Name of a well-known vendor whose habits are taken over; empty goes by the document.
        idempotency: Fields of a KeyDialect.
        limits: Rules; empty goes by the document.
        known_limits: Whether the limits of the well-known vendor hold here.
    limit_headers: Names of the dialects in which limits are told.
        limited_status: Status of what is over a limit.
        webhooks: Fields of a HookDialect.
        endpoints: Where events are sent without a subscription.
        token_seconds: How long an OAuth 2 token is good.
        any_form: Whether GET and POST are taken for one another, and arguments in a query, a form
            or JSON, where the document has only one of them, and a credential that was shown is
            not asked for as a parameter, too: for clients of calls (``/users.info``), many of
            which do not tell them apart.
        seeds: What is there from the beginning.
        made_up: How many things are made up where nobody can make any.
        operations: Operations that behave otherwise than the document says.
    """

    like: str = ""
    idempotency: Mapping[str, Any] = field(default_factory=dict)
    limits: tuple[LimitRule, ...] = ()
    known_limits: bool = False
    limit_headers: tuple[str, ...] = ()
    limited_status: int = 0
    webhooks: Mapping[str, Any] = field(default_factory=dict)
    endpoints: tuple[HookEndpoint, ...] = ()
    token_seconds: float = 3600.0
    any_form: bool = False
    seeds: tuple[Seed, ...] = ()
    made_up: int = 3
    operations: tuple[OperationRule, ...] = ()
